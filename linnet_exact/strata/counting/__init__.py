"""How many strata, without listing them."""

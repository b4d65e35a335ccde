"""The theorems of the papers as claims: each with its statement, its source and a check."""

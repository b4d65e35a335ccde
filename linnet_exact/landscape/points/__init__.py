"""Critical points: their kinds, the strata that carry them, and how to make them."""

"""The theorems of the papers as claims: each with its statement, its source and a check.

In reading order: `dimensions` and `flow` (tangent spaces and bases), `orbits` and `walks` (one
stratum), `closure` and `listings` (all of them), `finite_fields`, `landscape`; `library` has all.
"""

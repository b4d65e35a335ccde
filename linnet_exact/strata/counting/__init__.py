"""How many strata there are, without listing them.

In the order in which one would read them: `counts` of one fiber; `by_codimension`;
`by_first_choices`, to split a listing into parts of known size; `box`, all fibers of a box.
"""

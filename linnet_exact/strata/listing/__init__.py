"""Every stratum of a fiber, or of many fibers together, as rows of multiplicities.

In the order in which one would read them: `expansion` makes the rows; `listing` gives them out in
blocks; `bar_sets` and `ranks` say what the rows decide; `components` lists maximal strata only, and
`few_components` does so without NumPy; `local_dimension` at one stratum; `stratum_numbers` and
`covers`, the edges; `table`, everything in columns; `look_up`, columns as texts, and `text`, lines.
"""

"""Reading an atlas and asking it.

In the order in which one would read them: `reading` and `summary`; `sql` and `query`; `rows` and
`exporting`; `checking`.
"""

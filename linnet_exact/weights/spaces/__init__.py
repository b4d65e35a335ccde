"""The spaces at a point: subspaces of the layers, and of weight space.

In the order in which one would read them: `subspaces`, the flow subspaces A, B, a and b; `theorem`,
the Fundamental Theorem of Linear Neural Networks as a report; `slots`, `tangent` and
`decomposition`, weight space by kinds of moves.
"""

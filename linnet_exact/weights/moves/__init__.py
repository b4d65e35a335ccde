"""Moves: one matrix changed, or two neighbours; how bases change with them, and degenerations.

In the order in which one would read them: `checks`, `one_matrix`, `two_matrix`, `basis_change`,
`degeneration`.
"""

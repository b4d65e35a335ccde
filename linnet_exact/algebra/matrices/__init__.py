"""Linear algebra, and the two classes that users meet.

In reading order: `arithmetic`, `echelon`, `matrix`, `subspace`; `norms`, `triangular`,
`short_null_basis`.
"""

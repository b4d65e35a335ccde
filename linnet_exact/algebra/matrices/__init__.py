"""Linear algebra, and the two classes that users meet.

In reading order: `arithmetic`, `echelon`, `matrix`, `span`, `subspace`; `norms`, `triangular`,
`short_null_basis`.
"""

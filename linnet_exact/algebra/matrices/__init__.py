"""Linear algebra, and the two classes that users meet.

In reading order: `arithmetic`, `echelon`, `matrix`, `subspace`; `triangular`, `short_null_basis`.
"""

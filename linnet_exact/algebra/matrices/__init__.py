"""Linear algebra, and the two classes that users meet.

In reading order: `echelon`, `matrix`, `subspace`; `triangular`, `short_null_basis`.
"""

"""Exact numbers, matrices and subspaces; knows no network.

Rooms, in reading order: `numbers` (rationals, expressions, real algebraic numbers), `fields` (Q and
Q(a)), `arrays` (integer matrices that stand for matrices over a field), `ranks` (certified ranks),
`matrices` (`Matrix` and `Subspace`).
"""

from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.field import QQ, Field, RationalField
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.algebra.fields.reader import field_from_jsonable
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.matrices.subspace import Subspace

__all__ = [
    "QQ",
    "Field",
    "FieldElement",
    "Matrix",
    "NumberField",
    "RationalField",
    "Subspace",
    "field_from_jsonable",
]

"""Exact numbers, matrices and subspaces; knows no network."""

from linnet_exact.algebra.field import QQ, Field, RationalField
from linnet_exact.algebra.field_element import FieldElement
from linnet_exact.algebra.field_json import field_from_jsonable
from linnet_exact.algebra.matrix import Matrix
from linnet_exact.algebra.number_field import NumberField
from linnet_exact.algebra.subspace import Subspace

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

"""Exact numbers, matrices and subspaces; knows no network.

Rooms, in reading order: `numbers` (rationals, expressions, real algebraic numbers), `fields` (Q and
Q(a)), `arrays` (integer matrices that stand for matrices over a field), `ranks` (certified ranks),
`matrices` (`Matrix` and `Subspace`). What proves a rank is had by `rank_with_evidence` and
`chain_evidence`, and checked again by `check_rank_evidence` and `check_chain_evidence`.
"""

from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.field import QQ, Field, RationalField
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.algebra.fields.reader import field_from_jsonable
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.matrices.subspace import Subspace
from linnet_exact.algebra.ranks.certified import rank_with_evidence
from linnet_exact.algebra.ranks.chain import chain_evidence
from linnet_exact.algebra.ranks.checking import check_chain_evidence, check_rank_evidence

__all__ = [
    "QQ",
    "Field",
    "FieldElement",
    "Matrix",
    "NumberField",
    "RationalField",
    "Subspace",
    "chain_evidence",
    "check_chain_evidence",
    "check_rank_evidence",
    "field_from_jsonable",
    "rank_with_evidence",
]

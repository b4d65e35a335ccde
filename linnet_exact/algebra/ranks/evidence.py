"""Evidence for ranks: what proves that a rank is no smaller, and no larger, than it is said to be.

Nothing here computes; `certified` and `chain` find evidence, and `checking` checks it again.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from linnet_exact.algebra.ranks.residue_maps import Place

__all__ = ["Factor", "LowerBound", "Minor", "RankEvidence", "Residues", "Shape", "UpperBound"]


@dataclass(frozen=True)
class Minor:
    """A lower bound: the minor of these rows and columns is not 0 modulo p, where a is the root.

    Over Q the root is 0. The minor is one of the integer coefficients; the denominator of the
    matrix plays no part.
    """

    prime: int
    root: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Shape:
    """An upper bound: a rank is at most the number of rows, and of columns."""


@dataclass(frozen=True)
class Residues:
    """An upper bound: the minors that border the nonzero one vanish modulo enough primes.

    The minors are those of `primitive_part`, with one row and one column more than the nonzero
    one (Kronecker: when all of these are 0, so are all larger ones).

    Attributes
    ----------
    places : tuple of Place
        The minors are 0 modulo each prime^exponent when a is replaced by each root; the product
        over all primes and roots of prime^exponent exceeds `bordered_norm_bound`.
    exponent : int
        1; or over Q, with one prime that does not divide the nonzero minor, any.
    """

    places: tuple[Place, ...]
    exponent: int = 1


@dataclass(frozen=True)
class Factor:
    """A bound by another product W_{k~i}, for products of a chain of matrices only.

    A rank is at most that of a product of some of the factors, and at least that of a longer
    product.
    """

    k: int
    i: int


LowerBound: TypeAlias = Minor | Factor
UpperBound: TypeAlias = Shape | Residues | Factor


class RankEvidence(NamedTuple):
    """A rank, with proofs from below and from above."""

    rank: int
    lower: LowerBound
    upper: UpperBound

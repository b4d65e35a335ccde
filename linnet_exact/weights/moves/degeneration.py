"""Families θ(ε) that are on one stratum for every ε ≠ 0 and on a lower one at ε = 0.

A rising move with a free parameter is such a family, of degree 1, and the lower point may be any
(Shewchuk and Bhattacharya, arXiv 2404.14855, on closures of strata).
"""

from dataclasses import dataclass

from linnet_exact.algebra import QQ, Field, Matrix
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata import Barcode, Move, RankList
from linnet_exact.strata.order.moves import apply_move, rising_moves
from linnet_exact.weights.canonical import canonical_weights
from linnet_exact.weights.moves.one_matrix import OneMatrixMove, rising_move
from linnet_exact.weights.weight_vector import WeightVector
from linnet_exact.weights.weights import Weights

__all__ = ["Degeneration", "degeneration", "degeneration_through", "rank_list_off_zero"]


@dataclass(frozen=True)
class Degeneration:
    """The family θ(ε) = θ_0 + ε X within one fiber; X changes one matrix, by a matrix of rank one.

    Attributes
    ----------
    start : Weights
        θ_0, on the lower stratum.
    rise : OneMatrixMove
        The move from θ(0) to θ(1).

    Examples
    --------
    >>> family = degeneration(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-1,2-2"))
    >>> family.at(0).matrices, family.at("1/7").matrices
    ((Matrix([[0]]), Matrix([[0]])), (Matrix([['1/7']]), Matrix([[0]])))
    >>> str(family.lower), str(family.upper), str(family.move)
    ('0-0,1-1,2-2', '0-1,2-2', 'connect 0-0,1-1')
    >>> family.coefficients[1]
    (Matrix([[1]]), Matrix([[0]]))
    """

    start: Weights
    rise: OneMatrixMove

    @property
    def lower(self) -> Barcode:
        """The barcode at ε = 0."""
        return self.rise.before

    @property
    def upper(self) -> Barcode:
        """The barcode at every ε ≠ 0."""
        return self.rise.after

    @property
    def move(self) -> Move:
        """The connecting or swapping move that the family makes."""
        return Move(self.rise.source, self.rise.target)

    @property
    def coefficients(self) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...]]:
        """The coefficients of 1 and of ε, each as (W_1, …, W_L)."""
        return self.start.matrices, tuple(
            self.rise.change if j == self.rise.layer else Matrix.zero(*matrix.shape, matrix.field)
            for j, matrix in enumerate(self.start.matrices, start=1)
        )

    def at(self, epsilon: object) -> Weights:
        """Return θ(ε).

        Raises
        ------
        InputError
            If ε is not in the field of the weights.

        Examples
        --------
        >>> family = degeneration(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-0,1-2"))
        >>> family.at("-2/3").matrices
        (Matrix([[0]]), Matrix([['-2/3']]))
        """
        return self.rise.moved(self.start, self.start.field(epsilon))

    def check(self) -> None:
        """Check the barcodes and the product for all ε at once, by ranks of fixed matrices.

        Raises
        ------
        CertificateError
            If the family is not what it says.

        Examples
        --------
        >>> degeneration(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-1,2-2")).check()
        """
        if self.start.barcode != self.lower:
            raise CertificateError(f"the family is on {self.start.barcode}, not {self.lower}, at 0")
        found = rank_list_off_zero(self.start, self.rise).barcode
        if found != self.upper:
            raise CertificateError(f"the family is on {found}, not {self.upper}, off 0")


def degeneration(
    lower: Barcode | str, upper: Barcode | str, field: Field | str = QQ
) -> Degeneration:
    """Return a family from the canonical weights of `lower` to weights with barcode `upper`.

    Raises
    ------
    InputError
        If no single rising move leads from `lower` to `upper`; every edge of the stratum DAG is
        such a move.

    Examples
    --------
    >>> family = degeneration(Barcode.parse("0-1,1-2,3-3"), Barcode.parse("0-2,1-1,3-3"))
    >>> str(family.move), family.rise.layer
    ('swap 0-1,1-2', 1)
    """
    lower, upper = Barcode.of(lower, "lower"), Barcode.of(upper, "upper")
    return degeneration_through(canonical_weights(lower, field), upper)


def degeneration_through(theta: Weights, upper: Barcode | str) -> Degeneration:
    """Return a family that is θ at ε = 0 and has barcode `upper` for every ε ≠ 0.

    Raises
    ------
    InputError
        If no single rising move leads from the barcode of θ to `upper`; every edge of the stratum
        DAG is such a move.

    Examples
    --------
    >>> theta = Weights([[[1, 2], [2, 4]], [[1, 0], [2, 0]]])
    >>> family = degeneration_through(theta, Barcode.parse("0-1,0-2,2-2"))
    >>> family.at(0) == theta, str(family.at(10**6).barcode), str(family.at("1e-6").barcode)
    (True, '0-1,0-2,2-2', '0-1,0-2,2-2')
    """
    theta, upper = Weights.of(theta), Barcode.of(upper, "upper")
    flow = theta.flow()
    for move in rising_moves(flow.barcode):
        if apply_move(flow.barcode, move) == upper:
            return Degeneration(theta, rising_move(flow, move))
    raise InputError(
        f"no connecting or swapping move leads from barcode {flow.barcode} to {upper}; go along "
        f"the edges of the stratum DAG one by one"
    )


def rank_list_off_zero(theta: WeightVector, move: OneMatrixMove) -> RankList:
    """Return the rank list that θ + ε u vᵀ has for every ε ≠ 0, whatever the move claims.

    A subsequence matrix becomes A + ε p qᵀ. Its rank is rk A + 1 for every ε ≠ 0 if p is not in
    col A and q not in row A; rk A for every ε if just one of them is; and if both are, it is rk A
    except at ε = −1 / (qᵀ A⁺ p), where it is less. The rank of the bordered matrix [A p; qᵀ 0]
    says whether qᵀ A⁺ p is 0.

    Raises
    ------
    CertificateError
        If the product is not the same for all ε, or a rank is not the same for all ε ≠ 0.

    Examples
    --------
    >>> family = degeneration(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-1,2-2"))
    >>> str(rank_list_off_zero(family.start, family.rise).barcode)
    '0-1,2-2'
    """
    j, depth = move.layer, theta.depth
    ranks = dict(theta.rank_list.items())
    for k in range(j, depth + 1):
        p = theta.product(k, j) @ move.column
        for i in range(j):
            q = move.row @ theta.product(j - 1, i)
            if p.is_zero() or q.is_zero():
                continue
            if (k, i) == (depth, 0):
                raise CertificateError(f"the product depends on the parameter of a move at W_{j}")
            ranks[k, i] += _gained_rank(theta.product(k, i), ranks[k, i], p, q)
    return RankList(ranks)


def _gained_rank(matrix: Matrix, rank: int, p: Matrix, q: Matrix) -> int:
    """Return rk (A + ε p q) − rk A for every ε ≠ 0."""
    leaves_columns = Matrix.hstack([matrix, p]).rank() > rank
    leaves_rows = Matrix.vstack([matrix, q]).rank() > rank
    if not leaves_columns and not leaves_rows:
        corner = Matrix.zero(1, 1, matrix.field)
        bordered = Matrix.vstack([Matrix.hstack([matrix, p]), Matrix.hstack([q, corner])])
        if bordered.rank() > rank:
            raise CertificateError("a rank drops at one nonzero value of the parameter of a move")
    return int(leaves_columns and leaves_rows)

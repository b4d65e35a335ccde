"""Exact critical points on a chosen stratum, with a chosen set S of eigenvalues."""

from collections.abc import Sequence
from random import Random
from typing import Literal

from linnet_exact.algebra import Field, Matrix, Subspace
from linnet_exact.arguments import as_integer, as_text, is_listing, shown, wrong_type
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.landscape.loss.data import Data
from linnet_exact.landscape.loss.derivatives import gradient
from linnet_exact.landscape.points.critical_strata import (
    Ends,
    can_be_critical,
    loose_matching,
    match,
)
from linnet_exact.landscape.points.products import critical_product
from linnet_exact.strata import Barcode
from linnet_exact.weights import Weights, act, canonical_weights
from linnet_exact.weights.strands import strands

__all__ = ["critical_point"]

Pairs = Literal["any", "tight", "loose"]


def critical_point(
    barcode: Barcode | str,
    data: Data,
    selected: Sequence[int],
    seed: int | str = 0,
    pairs: Pairs = "any",
) -> Weights:
    """Return a pseudo-random critical point of the loss on the stratum of a barcode.

    Parameters
    ----------
    selected : sequence of int
        The set S of r eigenvalues of Γ Σ⁻¹ Γᵀ, 1 for the largest: W = P_S Γ Σ⁻¹. The weights are
        over the field that P_S needs.
    seed : int or str
        The same seed gives the same weights.
    pairs : {"any", "tight", "loose"}
        Whether all pivots shall be tightened, or one shall not.

    Raises
    ------
    ShapeError
        If the data does not fit the widths.
    InputError
        If the stratum has no such critical point, S has not as many numbers as the rank of the
        barcode, Σ is singular or an eigenvalue is repeated.
    TooLargeError
        If the eigenvectors need a field of too large a degree.

    Examples
    --------
    >>> data = Data.from_target(Matrix([[2, 0], [0, 1]]))
    >>> theta = critical_point(Barcode.parse("0-0,0-2,1-1,2-2"), data, [2])
    >>> theta.product(), str(theta.barcode)
    (Matrix([[0, 0], [0, 1]]), '0-0,0-2,1-1,2-2')
    """
    barcode, data = Barcode.of(barcode), Data.of(data)
    if not is_listing(selected):
        raise wrong_type("selected", "the numbers of eigenvalues, in a list", selected)
    selected = [as_integer(number, "a number in selected", least=1) for number in selected]
    if isinstance(seed, bool) or not isinstance(seed, int | str):
        raise wrong_type("seed", "an integer or a text", seed)
    if as_text(pairs, "pairs", "any") not in ("any", "tight", "loose"):
        raise InputError(f"pairs must be any, tight or loose, not {shown(pairs)}")
    data.require_fits(barcode.network)
    if len(selected) != barcode.rank:
        raise InputError(
            f"S has {len(selected)} numbers, but weights with barcode {barcode} have products of "
            f"rank {barcode.rank}; take as many"
        )
    if not can_be_critical(barcode, data.rank):
        raise InputError(
            f"no point with barcode {barcode} is critical: Gamma has rank {data.rank}, and r_L~j "
            f"- r <= (d_L - r) - max(0, r_j-1~0 - r - (d_0 - {data.rank})) fails for some j; "
            f"`landscape` lists the strata that carry critical points"
        )
    W = critical_product(data, selected)
    random = Random(f"{seed}:{barcode}")
    ends = Ends.of(barcode)
    size = data.rank - barcode.rank
    if pairs == "loose":
        matching = loose_matching(ends, size, random)
    else:
        allowed = ends.is_tight if pairs == "tight" else ends.is_apart
        matching = match(ends, size, allowed, random)
    if matching is None:
        raise InputError(f"no critical point with barcode {barcode} has {pairs} pivots")
    first, last = _outer_bases(ends, W, W @ data.sigma - data.gamma, matching, random)
    hidden = [_unimodular(width, W.field, random) for width in barcode.widths[1:-1]]
    theta = act([first, *hidden, last], canonical_weights(barcode, W.field))
    if theta.product() != W or any(not part.is_zero() for part in gradient(theta, data)):
        raise CertificateError(f"the point made with barcode {barcode} is not critical; report it")
    return theta


def _outer_bases(
    ends: Ends, W: Matrix, G: Matrix, matching: Sequence[tuple[int, int]], random: Random
) -> tuple[Matrix, Matrix]:
    """Return bases of the input and the output layer in which G matches strands as told.

    Returns
    -------
    first, last
        J_0 and J_L, with a column for each strand in the order of `strands`.
    """
    left, right = G.T.null_space(), G.null_space()
    U_free = _shuffled(W.column_space().complement(left), random)
    Z_free = _shuffled(W.row_space().complement(right), random)
    U, Z = _complement_with_noise(left, random), _complement_with_noise(right, random)
    mixing = _unimodular(len(matching), G.field, random)
    Z = Z @ mixing
    U = U @ (U.T @ G @ Z).inverse().T
    through = W.row_space().basis
    inputs = _assigned(len(ends.inputs), {x: k for k, (x, _) in enumerate(matching)}, Z, Z_free)
    outputs = _assigned(len(ends.outputs), {y: k for k, (_, y) in enumerate(matching)}, U, U_free)
    depth = ends.barcode.depth
    # The strands at layer 0 are bars [0, q−1] by q and then [0, L], at L [0, L] and then [p, L].
    assert [bar.end + 1 for bar, _ in strands(ends.barcode)[0]] == [
        *ends.inputs,
        *(depth + 1 for _ in range(through.nrows)),
    ]
    first = Matrix.vstack([inputs.T, through]).inverse()
    passed = W @ first[:, len(ends.inputs) :]
    return first, Matrix.hstack([passed, outputs])


def _assigned(count: int, place: dict[int, int], matched: Matrix, free: Matrix) -> Matrix:
    """Return columns: the matched ones where they belong, the free ones in the other places."""
    both = Matrix.hstack([matched, free])
    others = iter(range(matched.ncols, both.ncols))
    return both[:, [place[at] if at in place else next(others) for at in range(count)]]


def _complement_with_noise(space: Subspace, random: Random) -> Matrix:
    """Return a basis of a complement, in columns, at a pseudo-random slope to the space."""
    columns = space.complement().basis.T
    noise = [[random.randint(-1, 1) for _ in range(columns.ncols)] for _ in range(space.dimension)]
    return columns + space.basis.T @ Matrix(noise, shape=(space.dimension, columns.ncols))


def _shuffled(space: Subspace, random: Random) -> Matrix:
    """Return a basis in columns, mixed."""
    return space.basis.T @ _unimodular(space.dimension, space.field, random)


def _unimodular(size: int, field: Field, random: Random) -> Matrix:
    """Return a pseudo-random integer matrix of determinant 1: lower times upper triangular."""
    lower, upper = (
        Matrix(
            [[random.randint(-1, 1) if j < i else int(i == j) for j in range(size)]
             for i in range(size)],
            field,
            (size, size),
        )
        for _ in range(2)
    )  # fmt: skip
    return lower @ upper.T

"""Bases of the tangent and the normal space of a stratum, of an orbit and of the fiber.

In flow coordinates the vectors are unit slots, their differences and their sums; a flow basis
carries them to θ: X_j ↦ J_j X_j J_{j−1}^{-1} for tangent vectors, N_j ↦ J_j^{−T} N_j J_{j−1}ᵀ for
normal ones (Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import cast

from flint import fmpz_mat

from linnet_exact.algebra import QQ, Matrix
from linnet_exact.algebra.ranks.certified import rank_is_at_least
from linnet_exact.arguments import as_text, shown
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.jacobian import (
    differential,
    orbit_differential,
    orbit_pairing,
    orbit_with_condition,
    stabilizer_condition_ends,
)
from linnet_exact.weights.spaces.slots import BLOCKED, SlotVector, Space, slot_vectors
from linnet_exact.weights.strands import strands
from linnet_exact.weights.weights import Weights

__all__ = [
    "MAX_BYTES",
    "TangentBasis",
    "carried",
    "carries",
    "require_room",
    "tangent_basis",
]

MAX_BYTES = 2**28
"""Most memory that the entries of a basis of weight space may take."""


@dataclass(frozen=True, repr=False)
class TangentBasis:
    """A basis of weight space at θ: tangent vectors of a space, then normal ones, all labelled.

    Attributes
    ----------
    weights : Weights
        θ.
    space : str
        ``"stratum"``, ``"orbit"``, or ``"fiber"`` for null dμ(θ).
    tangent, normal : Matrix
        The basis vectors are the ROWS, each of length d_θ: the entries of X_1, then X_2, …, each
        by rows. Every row of `tangent` is orthogonal to every row of `normal`: the sum of products
        with complex conjugates is 0, where the field has no real embedding.
    tangent_labels, normal_labels : tuple of SlotVector
        What each row is in flow coordinates.

    Examples
    --------
    >>> basis = tangent_basis(Weights([[[1]], [[0]]]))
    >>> basis.tangent, basis.normal, basis.check()
    (Matrix([[1, 0]]), Matrix([[0, 1]]), True)
    >>> basis.dimension, basis.normal_dimension
    (1, 1)
    """

    weights: Weights
    space: Space
    tangent: Matrix
    normal: Matrix
    tangent_labels: tuple[SlotVector, ...]
    normal_labels: tuple[SlotVector, ...]

    @property
    def dimension(self) -> int:
        """The number of tangent vectors."""
        return self.tangent.nrows

    @property
    def normal_dimension(self) -> int:
        """The number of normal vectors."""
        return self.normal.nrows

    def check(self) -> bool:
        """Return whether these are bases of the spaces that the Jacobians at θ give.

        No flow and no formula is used. With m tangent vectors T, n normal vectors N and
        m + n = d_θ, it is enough that T and N are each independent, that T is orthogonal to N,
        that the space S of the Jacobian is orthogonal to N, and that dim S ≥ m: then S and the
        span of T are both the orthogonal complement of N.

        Examples
        --------
        >>> tangent_basis(Weights([[[1, 2]], [[3], [4]]]), "fiber").check()
        True
        """
        dimension, whole = self.dimension, self.weights.network.weight_dimension
        conjugate = self.normal.conjugate()
        # What vanishes on them does not ask for their common denominator.
        conjugate = Matrix.from_coefficients(conjugate.field, conjugate.coefficients, 1)
        return (
            dimension + self.normal_dimension == whole
            and self.tangent.rank() == dimension
            and self.normal.rank() == self.normal_dimension
            and (self.tangent @ conjugate.T).is_zero()
            and _jacobian_has_complement(self.weights, self.space, conjugate)
        )

    def __repr__(self) -> str:
        return (
            f"TangentBasis({self.weights.network}, {self.space!r}, dimension={self.dimension}, "
            f"normal_dimension={self.normal_dimension})"
        )


def tangent_basis(theta: Weights, space: Space | str = "stratum") -> TangentBasis:
    """Return bases of the tangent and the normal space at θ, from a flow basis.

    Parameters
    ----------
    space : "stratum", "orbit" or "fiber"
        Of what: the stratum of the fiber, the orbit in weight space, or null dμ(θ), the Zariski
        tangent space of the fiber.

    Raises
    ------
    InputError
        If `space` is something else, or the field has neither a real embedding nor complex
        conjugation.
    TooLargeError
        If the bases would take more than `MAX_BYTES` of memory.

    Examples
    --------
    >>> theta = Weights([[[1, 0], [0, 0]], [[0, 1]]])
    >>> basis = tangent_basis(theta)
    >>> basis.dimension, basis.normal_dimension
    (4, 2)
    >>> {label.kind for label in basis.normal_labels}
    {'normal'}
    """
    theta = Weights.of(theta)
    space = cast(Space, as_text(space, "space", "stratum"))
    if space not in BLOCKED:
        raise InputError(f"space must be one of {', '.join(BLOCKED)}, not {shown(space)}")
    require_room(theta.network.weight_dimension, 64)
    flow = theta.flow()
    require_room(theta.network.weight_dimension, flow.height_bits())
    labels = tuple(slot_vectors(flow.barcode, space))
    tangents = tuple(label for label in labels if label.kind != "normal")
    normals = labels[len(tangents) :]
    carry, carry_normal = carries(flow)
    return TangentBasis(
        theta,
        space,
        carried(flow, tangents, carry),
        carried(flow, normals, carry_normal).conjugate(),
        tangents,
        normals,
    )


def require_room(weights: int, bits: int) -> None:
    """Raise a `TooLargeError` if a basis of weight space would take more than `MAX_BYTES`.

    Examples
    --------
    >>> require_room(100, 64)
    """
    size = weights**2 * bits // 8
    if size > MAX_BYTES:
        raise TooLargeError(
            f"bases of the space of {weights} weights would take {size >> 20} MB; at most "
            f"{MAX_BYTES >> 20} MB are used"
        )


def carries(flow: Flow) -> tuple[list[Matrix], list[Matrix]]:
    """Return what carries the coordinates of W_1, …, W_L from the canonical point to θ.

    The first list is for tangent vectors, X_j ↦ J_j X_j J_{j−1}^{-1}, the second for linear forms,
    N_j ↦ J_j^{−T} N_j J_{j−1}ᵀ. By rows, the matrix of X ↦ A X B is A ⊗ Bᵀ.

    Examples
    --------
    >>> carries(Weights([[[2]]]).flow())
    ([Matrix([[2]])], [Matrix([['1/2']])])
    """
    bases, inverses = flow.bases, flow.inverses
    layers = range(1, len(bases))
    return (
        [bases[j].kronecker(inverses[j - 1].T) for j in layers],
        [inverses[j].T.kronecker(bases[j - 1]) for j in layers],
    )


def carried(flow: Flow, labels: Sequence[SlotVector], carry: Sequence[Matrix]) -> Matrix:
    """Return the labelled vectors as rows, after each layer's coordinates were carried to θ.

    Examples
    --------
    >>> flow = Weights([[[2]]]).flow()
    >>> carried(flow, list(slot_vectors(flow.barcode)), carries(flow)[0])
    Matrix([[2]])
    """
    coordinates = _coordinates(flow, labels)
    ends = [0, *accumulate(matrix.ncols for matrix in carry)]
    return Matrix.hstack(
        coordinates[:, start:stop] @ matrix.T
        for (start, stop), matrix in zip(pairwise(ends), carry, strict=True)
    )


def _coordinates(flow: Flow, labels: Sequence[SlotVector]) -> Matrix:
    """Return the labelled vectors at the canonical point, as rows."""
    widths = flow.barcode.widths
    place = [{strand: at for at, strand in enumerate(layer)} for layer in strands(flow.barcode)]
    starts = [0, 0, *accumulate(a * b for a, b in pairwise(widths))]  # W_j begins at starts[j]
    length = starts[-1]
    flat = [0] * (len(labels) * length)
    for row, label in enumerate(labels):
        source, target = label[2:4], label[4:6]
        for j, sign in zip(label.layers, label.signs, strict=True):
            column = place[j][target] * widths[j - 1] + place[j - 1][source]
            flat[row * length + starts[j] + column] = sign
    return Matrix.from_coefficients(QQ, (fmpz_mat(len(labels), length, flat),), 1)


def _jacobian_has_complement(theta: Weights, space: Space, normal: Matrix) -> bool:
    """Return whether the space of the Jacobian is what n independent rows vanish on.

    It lies there, and the rank of the Jacobian is large enough.
    """
    dimension = theta.network.weight_dimension - normal.nrows
    if space == "fiber":  # null dμ is orthogonal to N if the rows of dμ span those of N
        jacobian = differential(theta)
        rank = normal.nrows
        return rank_is_at_least(jacobian, rank) and Matrix.vstack([jacobian, normal]).rank() == rank
    paired = orbit_pairing(theta, normal)
    if space == "orbit":
        vanishes = all(block.is_zero() for block in paired)
        return vanishes and rank_is_at_least(orbit_differential(theta), dimension)
    # The stratum has the image of null C; N D vanishes there if the rows of C span those of N D.
    # Both have no other columns than those for H_0 and H_L.
    if not all(block.is_zero() for block in paired[1:-1]):
        return False
    condition = stabilizer_condition_ends(theta)
    rank = Matrix.vstack([condition, Matrix.hstack([paired[0], paired[-1]])]).rank()
    return rank_is_at_least(condition, rank) and rank_is_at_least(
        orbit_with_condition(theta), rank + dimension
    )

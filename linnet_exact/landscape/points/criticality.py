"""Is a point critical, and of which kind: the theorem of Achour, Malgouyres and Gerchinovitz.

At a critical point W = P Γ Σ⁻¹ with the orthogonal projection P onto r = rk W eigenvectors of
Γ Σ⁻¹ Γᵀ. If its nonzero eigenvalues λ_1 > … > λ_ρ are distinct, these are a set S (Baldi and
Hornik 1989), and the loss is ½ (tr Y Yᵀ − Σ_{s in S} λ_s). If S is not {1, …, r} the point is a
strict saddle; if it is and r = min(min d, ρ) it is a global minimum; otherwise it is a strict
saddle unless all pivots are tightened (arXiv 2107.13289). What the theorem says is compared with
the exact inertia of the Hessian wherever that is made.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Literal, TypeAlias

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import CertificateError
from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, cut_between, eigenvalues
from linnet_exact.landscape.inertia.escape import falling_direction
from linnet_exact.landscape.inertia.inertia import Inertia, inertia
from linnet_exact.landscape.inertia.signs import require_real
from linnet_exact.landscape.loss.data import Data, trace
from linnet_exact.landscape.loss.derivatives import (
    MAX_HESSIAN,
    gradient,
    hessian,
    loss,
    residual,
    second_derivative,
    to_direction,
)
from linnet_exact.weights import Weights
from linnet_exact.weights.jacobian import differential

__all__ = ["Criticality", "Escape", "Hypotheses", "Kind", "Pivot", "criticality"]

Kind: TypeAlias = Literal[
    "global minimum", "strict saddle", "non-strict saddle", "undecided", "not critical"
]


@dataclass(frozen=True)
class Hypotheses:
    """What the theorem asks of the data.

    Attributes
    ----------
    sigma_invertible : bool
        Whether the samples span the inputs.
    distinct_eigenvalues : bool or None
        Whether no nonzero eigenvalue of Γ Σ⁻¹ Γᵀ is repeated; None if Σ is singular.
    gamma_rank : int
        ρ = rk Γ. The theorem holds for every rank.
    gamma_full_rank : bool
        Whether ρ is as large as the shape of Γ allows.
    """

    sigma_invertible: bool
    distinct_eigenvalues: bool | None
    gamma_rank: int
    gamma_full_rank: bool

    @property
    def failure(self) -> str | None:
        """Which of them fails, in words; None if the theorem applies."""
        if not self.sigma_invertible:
            return "Sigma is singular: the samples do not span the inputs"
        if not self.distinct_eigenvalues:
            return "Gamma Sigma^-1 Gamma^T has a repeated nonzero eigenvalue"
        return None


@dataclass(frozen=True)
class Pivot:
    """Layers i < j with the ranks of the complementary blocks W_{j−1~i} and W_{i−1~0} Γᵀ W_{L~j}.

    Attributes
    ----------
    tightened : bool
        Whether one of the blocks has the rank of W.
    """

    i: int
    j: int
    between_rank: int
    around_rank: int
    tightened: bool


@dataclass(frozen=True)
class Escape:
    """A direction (X_1, …, X_L), and the second derivative of the loss in it, which is negative."""

    direction: tuple[Matrix, ...]
    second_derivative: Scalar


@dataclass(frozen=True)
class Criticality:
    """A point of weight space seen from the square loss; what is costly is found when asked for.

    Examples
    --------
    >>> data = Data.from_target(Matrix([[2, 0], [0, 1]]))
    >>> zero = Criticality(Weights([[[0, 0], [0, 0]], [[0, 0], [0, 0]]]), data)
    >>> zero.is_critical, zero.kind, zero.selected, zero.inertia.negative
    (True, 'strict saddle', (), 4)
    >>> zero.loss, zero.rank, zero.gradient_norm_squared, zero.escape is None, zero.proved
    (Fraction(5, 2), 0, Fraction(0, 1), False, 'strict saddle')
    >>> [m.is_zero() for m in zero.gradient], zero.hessian.shape, len(zero.eigenvalues)
    ([True, True], (8, 8), 2)
    >>> zero.hypotheses.sigma_invertible, [(pivot.i, pivot.j) for pivot in zero.pivots]
    (True, [(1, 2)])
    """

    weights: Weights
    data: Data

    @cached_property
    def gradient(self) -> tuple[Matrix, ...]:
        """The gradient in W_1, …, W_L."""
        return gradient(self.weights, self.data)

    @cached_property
    def gradient_norm_squared(self) -> Scalar:
        """The sum of the squares of the gradient's entries."""
        return sum((trace(part @ part.T) for part in self.gradient), self.weights.field(0))

    @property
    def is_critical(self) -> bool:
        """Whether the gradient is exactly 0."""
        return all(part.is_zero() for part in self.gradient)

    @cached_property
    def loss(self) -> Scalar:
        """The square loss."""
        return loss(self.weights, self.data)

    @property
    def rank(self) -> int:
        """The rank r of W = μ(θ)."""
        return self.weights.rank_list.rank

    @cached_property
    def eigenvalues(self) -> tuple[Eigenvalue, ...] | None:
        """The different nonzero eigenvalues of Γ Σ⁻¹ Γᵀ, descending; None if Σ is singular."""
        if not self.data.is_invertible:
            return None
        return tuple(e for e in eigenvalues(self.data.explained) if not e.is_zero)

    @cached_property
    def hypotheses(self) -> Hypotheses:
        """What the theorem asks of the data, and whether it holds."""
        found = self.eigenvalues
        rho = self.data.rank
        return Hypotheses(
            sigma_invertible=self.data.is_invertible,
            distinct_eigenvalues=None if found is None else len(found) == rho,
            gamma_rank=rho,
            gamma_full_rank=rho == min(self.data.gamma.shape),
        )

    @cached_property
    def selected(self) -> tuple[int, ...] | None:
        """The set S, numbered from 1 for the largest eigenvalue.

        None if the point is not critical or the hypotheses fail.
        """
        if not self.is_critical or self.hypotheses.failure is not None:
            return None
        assert self.eigenvalues is not None
        # On the columns of W, which T maps to themselves, T has the eigenvalues of S.
        T, U = self.data.explained, self.weights.product().column_space().basis.T
        cuts = [cut_between(smaller, larger) for larger, smaller in pairwise(self.eigenvalues)]
        form, gram = U.T @ T @ U, U.T @ U
        above = [0, *(inertia(form - cut * gram).positive for cut in cuts), self.rank]
        return tuple(s for s, (before, to) in enumerate(pairwise(above), start=1) if to > before)

    @cached_property
    def pivots(self) -> tuple[Pivot, ...]:
        """All pivots (i, j), in order."""
        theta, rank = self.weights, self.rank
        found = []
        for i, j in combinations(range(1, theta.depth + 1), 2):
            between = theta.rank_list.r(j - 1, i)
            block = theta.product(i - 1, 0) @ self.data.gamma.T @ theta.product(theta.depth, j)
            around = block.rank()
            found.append(Pivot(i, j, between, around, rank in (between, around)))
        return tuple(found)

    @cached_property
    def hessian(self) -> Matrix | None:
        """The Hessian, d_θ × d_θ; None if there are more than `MAX_HESSIAN` weights."""
        if self.weights.network.weight_dimension > MAX_HESSIAN:
            return None
        return hessian(self.weights, self.data)

    @cached_property
    def inertia(self) -> Inertia | None:
        """The exact inertia of the Hessian; None if it is not made.

        Where the residual G is 0 the second derivative is tr(D Σ Dᵀ), and its rank that of dμ.
        """
        size = self.weights.network.weight_dimension
        if self.data.is_invertible and residual(self.weights, self.data).is_zero():
            rank = differential(self.weights).rank()
            return Inertia(rank, size - rank, 0)
        return None if self.hessian is None else inertia(self.hessian)

    @cached_property
    def kind(self) -> Kind:
        """Which kind of point this is, by the theorem and in agreement with the Hessian."""
        if not self.is_critical:
            return "not critical"
        if self.hypotheses.failure is not None:
            return "undecided"
        kind = self.kind_by_theorem()
        if self.inertia is not None and (self.inertia.negative > 0) != (kind == "strict saddle"):
            raise CertificateError(
                f"the theorem says {kind}, but the Hessian has {self.inertia.negative} negative "
                f"eigenvalues; please report these weights and data"
            )
        return kind

    def kind_by_theorem(self) -> Kind:
        """Return what the theorem says of a critical point, without a look at the Hessian.

        Examples
        --------
        >>> from linnet_exact.algebra import Matrix
        >>> criticality(Weights([[[2]]]), Data.from_target(Matrix([[2]]))).kind_by_theorem()
        'global minimum'
        """
        rank = self.rank
        if self.selected != tuple(range(1, rank + 1)):
            return "strict saddle"
        if rank == min(self.weights.network.min_width, self.data.rank):
            return "global minimum"
        tight = all(pivot.tightened for pivot in self.pivots)
        return "non-strict saddle" if tight else "strict saddle"

    @cached_property
    def proved(self) -> Kind | None:
        """What is known of a critical point although the theorem does not apply.

        A negative eigenvalue makes a strict saddle, and a residual G = 0 a global minimum.
        """
        if self.kind != "undecided":
            return self.kind
        if self.inertia is not None and self.inertia.negative > 0:
            return "strict saddle"
        if residual(self.weights, self.data).is_zero():
            return "global minimum"
        return None

    @cached_property
    def escape(self) -> Escape | None:
        """A direction of negative second derivative at a critical point, if there is one."""
        if not self.is_critical or self.inertia is None or self.inertia.negative == 0:
            return None
        assert self.hessian is not None
        column = falling_direction(self.hessian)
        assert column is not None
        direction = to_direction(self.weights, column)
        return Escape(direction, second_derivative(self.weights, self.data, direction))


def criticality(theta: Weights, data: Data) -> Criticality:
    """Return what the square loss of the data looks like at θ.

    Raises
    ------
    ShapeError
        If the data does not fit the network.
    InputError
        If the weights and the data are over two different number fields, or one that is not real.

    Examples
    --------
    >>> criticality(Weights([[[1]]]), Data.from_target(Matrix([[2]]))).kind
    'not critical'
    """
    theta, data = Weights.of(theta), Data.of(data)
    data.require_fits(theta.network)
    for matrix, name in ((theta.matrices[0], "the weights"), (data.gamma, "the data")):
        require_real(matrix.field, name)
    return Criticality(theta, data)

"""`Weights`: a linear network with exact weights, and which stratum they lie on."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from linnet_exact.algebra import Field, Matrix, Subspace
from linnet_exact.algebra.fields.field import common_field
from linnet_exact.algebra.ranks.chain import chain_ranks
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.strata import Barcode, Fiber, Network, RankList, Stratum

if TYPE_CHECKING:
    from linnet_exact.weights.flow import Flow
    from linnet_exact.weights.moves import OneMatrixMove
    from linnet_exact.weights.two_matrix_moves import TwoMatrixMove

__all__ = ["Weights"]


@dataclass(frozen=True, init=False, repr=False)
class Weights:
    """A weight vector θ = (W_1, …, W_L) with exact entries; W_j has shape d_j × d_{j−1}.

    Parameters
    ----------
    matrices : iterable of Matrix or of anything that `Matrix` reads
        W_1, …, W_L, input side first. Matrices over different fields are moved to the one that
        holds them all.
    field : Field, optional
        The field of all entries; found from the entries when left out.

    Raises
    ------
    ShapeError
        If there is no matrix, one is empty, or neighbours do not compose; it says which.
    InputError
        If an entry is not exact; it says in which matrix.

    Examples
    --------
    >>> theta = Weights([[[1, 0], [0, 0]], [[0, 1]]])
    >>> theta.network, str(theta.barcode)
    (Network(2, 2, 1), '0-0,0-1,1-2')
    >>> theta.stratum.dimension, theta.product().is_zero()
    (4, True)
    """

    matrices: tuple[Matrix, ...]

    def __init__(self, matrices: Iterable[Any], field: Field | None = None) -> None:
        read = [_read(j, rows, field) for j, rows in enumerate(matrices, start=1)]
        if not read:
            raise ShapeError("a network needs at least one weight matrix")
        for j, (before, after) in enumerate(pairwise(read), start=1):
            if after.ncols != before.nrows:
                raise ShapeError(
                    f"W_{j + 1} is {after.nrows}x{after.ncols} but W_{j} is "
                    f"{before.nrows}x{before.ncols}: W_{j + 1} must have {before.nrows} columns, "
                    f"one for each row of W_{j} (matrices go from input to output)"
                )
        shared = common_field([matrix.field for matrix in read])
        lifted = tuple(matrix.change_field(shared) for matrix in read)
        object.__setattr__(self, "matrices", lifted)

    @classmethod
    def from_modules(cls, modules: Any) -> "Weights":
        """Return the weights of the linear layers of a PyTorch model, each float exactly.

        Parameters
        ----------
        modules : torch.nn.Module or list of them
            `torch.nn.Linear` layers without bias, in `torch.nn.Sequential` or lists, nested as you
            like, from input to output; `torch.nn.Identity` is passed over.

        Raises
        ------
        MissingExtraError
            If PyTorch is not installed. Arrays need no PyTorch: ``Weights([W1, W2])``.
        InputError
            If a layer has a bias or is not linear; the message gives its name.

        Examples
        --------
        >>> from torch import nn                                        # doctest: +SKIP
        >>> layers = [nn.Linear(4, 3, bias=False), nn.Linear(3, 2, bias=False)]  # doctest: +SKIP
        >>> Weights.from_modules(nn.Sequential(*layers)).network        # doctest: +SKIP
        Network(4, 3, 2)
        """
        from linnet_exact.weights.modules import weights_from_modules

        return weights_from_modules(modules)

    @property
    def field(self) -> Field:
        """The field of the entries."""
        return self.matrices[0].field

    @property
    def depth(self) -> int:
        """The number L of matrices."""
        return len(self.matrices)

    @cached_property
    def network(self) -> Network:
        """The network, from the shapes."""
        return Network(self.matrices[0].ncols, *(matrix.nrows for matrix in self.matrices))

    def product(self, k: int | None = None, i: int = 0) -> Matrix:
        """Return the subsequence matrix W_{k~i} = W_k ⋯ W_{i+1}, of shape d_k × d_i.

        Without arguments it is μ(θ) = W_L ⋯ W_1; W_{j~j} is the identity.

        Raises
        ------
        InputError
            Unless L ≥ k ≥ i ≥ 0.

        Examples
        --------
        >>> theta = Weights([[[1, 2]], [[3], [4]]])
        >>> theta.product(), theta.product(1, 1)
        (Matrix([[3, 6], [4, 8]]), Matrix([[1]]))
        """
        k = self.depth if k is None else k
        if not 0 <= i <= k <= self.depth:
            raise InputError(f"W_{k}~{i} needs {self.depth} >= k >= i >= 0")
        return self._products[i][k - i]

    @cached_property
    def _products(self) -> list[list[Matrix]]:
        """Row i holds W_{i~i}, W_{i+1~i}, …, W_{L~i}."""
        table = []
        for i, width in enumerate(self.network.widths):
            row = [Matrix.identity(width, self.field)]
            for matrix in self.matrices[i:]:
                row.append(matrix @ row[-1] if len(row) > 1 else matrix)
            table.append(row)
        return table

    @cached_property
    def rank_list(self) -> RankList:
        """The certified ranks r_{k~i} of all subsequence matrices."""
        widths = {(j, j): width for j, width in enumerate(self.network.widths)}
        return RankList(widths | chain_ranks(self.matrices))

    def probable_rank_list(
        self, primes: int = 2, seed: int | None = None
    ) -> tuple[RankList, Fraction]:
        """Return ranks modulo random primes, and a bound on the probability that one is wrong.

        They are not certified: each is a lower bound, and with that probability at most, over the
        choice of the primes, some rank is larger. See `probable_chain_ranks`.

        Raises
        ------
        InputError
            If there are no primes to draw, or (as unlikely) the ranks are those of no weights.

        Examples
        --------
        >>> ranks, bound = Weights([[[1, 2]], [[3], [4]]]).probable_rank_list()
        >>> ranks.r(2, 0), bound < Fraction(1, 2**100)
        (1, True)
        """
        from linnet_exact.algebra.ranks.probable import probable_chain_ranks

        found = probable_chain_ranks(self.matrices, primes, seed)
        widths = {(j, j): width for j, width in enumerate(self.network.widths)}
        return RankList(widths | found.ranks), found.error_bound

    @property
    def barcode(self) -> Barcode:
        """The multiset of bars: θ is equivalent to the canonical weights of this barcode."""
        return self.rank_list.barcode

    @property
    def fiber(self) -> Fiber:
        """The fiber μ⁻¹(W) of W = μ(θ), known by its network and the rank of W."""
        return self.barcode.fiber

    @property
    def stratum(self) -> Stratum:
        """The stratum of the fiber that θ lies on."""
        return self.barcode.stratum

    def transpose(self) -> "Weights":
        """Return (W_Lᵀ, …, W_1ᵀ), the weights of the transposed network.

        Examples
        --------
        >>> theta = Weights([[[1, 0]], [[2]]])
        >>> theta.transpose().barcode == theta.barcode.reversed()
        True
        """
        return Weights([matrix.T for matrix in reversed(self.matrices)])

    def flow(self) -> "Flow":
        """Return a flow basis: bases of all layers in which each strand is passed on or ends.

        Examples
        --------
        >>> Weights([[[1, 2]]]).flow().bases
        (Matrix([[-2, 1], [1, 0]]), Matrix([[1]]))
        """
        return self._flow

    @cached_property
    def _flow(self) -> "Flow":
        from linnet_exact.weights.flow import flow_of

        return flow_of(self)

    def apply(self, move: "OneMatrixMove | TwoMatrixMove") -> "Weights":
        """Return the weights after a move; their product and barcode are checked.

        Raises
        ------
        InputError
            If the move was made for other weights.

        Examples
        --------
        >>> from linnet_exact.weights import TwoMatrixMove
        >>> theta = Weights([[[1]], [[1]]])
        >>> theta.apply(TwoMatrixMove(1, Matrix([[1]]), 1, theta.barcode)).matrices
        (Matrix([[2]]), Matrix([['1/2']]))
        """
        return move.apply(self)

    def tangent_space(self) -> Subspace:
        """Return the tangent space of the stratum at θ, found from Jacobians alone.

        It lies in weight space: the entries of X_1, then X_2, …, each by rows.

        Examples
        --------
        >>> Weights([[[1]], [[0]]]).tangent_space().basis
        Matrix([[1, 0]])
        """
        from linnet_exact.weights.jacobian import stratum_tangent_space

        return stratum_tangent_space(self)

    def normal_space(self) -> Subspace:
        """Return the normal space of the stratum at θ, found from Jacobians alone.

        It is the orthogonal complement of the tangent space, without conjugation.

        Examples
        --------
        >>> Weights([[[1]], [[0]]]).normal_space().basis
        Matrix([[0, 1]])
        """
        return self.tangent_space().orthogonal_complement()

    def __repr__(self) -> str:
        return f"Weights({self.network}, field={self.field!r})"


def _read(j: int, rows: Any, field: Field | None) -> Matrix:
    try:
        matrix = Matrix(rows, field)
    except InputError as error:
        raise type(error)(f"W_{j}: {error}") from None
    if 0 in matrix.shape:
        raise ShapeError(
            f"W_{j} must have at least one row and one column; its shape is {matrix.shape}"
        )
    return matrix

"""`Weights`: a linear network with exact weights, and which stratum they lie on."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from linnet_exact.algebra import Subspace
from linnet_exact.weights.weight_vector import WeightVector

if TYPE_CHECKING:
    from linnet_exact.weights.flow import Flow
    from linnet_exact.weights.moves.one_matrix import OneMatrixMove
    from linnet_exact.weights.moves.two_matrix import TwoMatrixMove

__all__ = ["Weights"]


@dataclass(frozen=True, init=False, repr=False)
class Weights(WeightVector):
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
        from linnet_exact.weights.modules import arrays_of_modules

        return cls(arrays_of_modules(modules))

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
        >>> from linnet_exact.algebra import Matrix
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

        It is the orthogonal complement of the tangent space; over a field without real embeddings,
        with complex conjugation.

        Examples
        --------
        >>> Weights([[[1]], [[0]]]).normal_space().basis
        Matrix([[0, 1]])
        """
        return self.tangent_space().orthogonal_complement()

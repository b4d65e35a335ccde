"""`Weights`: a linear network with exact weights, and which stratum they lie on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from linnet_exact.above import above
from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.arguments import wrong_type
from linnet_exact.weights.state_dict import arrays_of_state_dict
from linnet_exact.weights.weight_vector import WeightVector

if TYPE_CHECKING:
    import os

    from linnet_exact.draw import FlowDiagram
    from linnet_exact.numeric import Crosscheck, Snap
    from linnet_exact.strata import Barcode
    from linnet_exact.weights.flow import Flow
    from linnet_exact.weights.moves.one_matrix import OneMatrixMove
    from linnet_exact.weights.moves.two_matrix import TwoMatrixMove
    from linnet_exact.weights.spaces.tangent import TangentBasis

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
    >>> theta.depth, theta.field, theta.fiber.dimension, theta.rank_list[1, 0]
    (2, QQ, 4, 1)
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

    @classmethod
    def from_arrays(cls, *arrays: Any) -> "Weights":
        """Return the weights with these matrices, each float taken as the dyadic that it is.

        They are given one by one or in one sequence, input side first: arrays of NumPy or of what
        has ``__array__``, lists of rows, or matrices.

        Raises
        ------
        InputError
            If they are no matrices, or do not compose.

        Examples
        --------
        >>> import numpy as np
        >>> Weights.from_arrays(np.eye(2), np.ones((1, 2))).network
        Network(2, 2, 1)
        """
        if len(arrays) == 1 and getattr(arrays[0], "ndim", None) != 2:
            only = arrays[0]
            is_rows = isinstance(only, list | tuple) and only and _is_row(only[0])
            return cls.of([only] if is_rows else only, "arrays")
        return cls.of(arrays, "arrays")

    @classmethod
    def from_state_dict(cls, mapping: Mapping[str, Any], pattern: str | None = None) -> "Weights":
        r"""Return the weights of the layers in a mapping from names to arrays or PyTorch tensors.

        Parameters
        ----------
        mapping : mapping
            Such as ``model.state_dict()``, or a dict of arrays. The layers are taken in the order
            of their names, 2 before 10, from input to output.
        pattern : str, optional
            A regular expression that the whole name of a layer matches; without it, all are taken.

        Raises
        ------
        InputError
            If no name matches, one is a bias, or the matrices do not compose.

        Examples
        --------
        >>> layers = {"0.weight": [[1, 2]], "1.weight": [[3]], "norm": [5]}
        >>> Weights.from_state_dict(layers, r"\d+\.weight").network
        Network(2, 1, 1)
        """
        return cls.of(arrays_of_state_dict(mapping, pattern), "mapping")

    @classmethod
    def load(cls, path: "str | os.PathLike[str]", layers: Any = ()) -> "Weights":
        """Return the weights in a file; see `linnet_exact.read_weights`.

        Raises
        ------
        FileError
            If the file is not there, is damaged, or does not hold these weights.

        Examples
        --------
        >>> import tempfile, pathlib
        >>> file = pathlib.Path(tempfile.mkdtemp(), "theta.npz")
        >>> Weights([[[1, 2]], [[3]]]).save(file)
        >>> Weights.load(file, layers=["W1"]).network
        Network(2, 1)
        """
        loaded: Weights = above("read_weights")(path, layers)
        return loaded

    def save(self, path: "str | os.PathLike[str]", rounded: bool = False) -> None:
        """Write the weights to ``.json``, exactly, or to ``.npz`` or ``.safetensors``.

        The latter hold float64; entries that are none are refused, unless `rounded` allows it. See
        `linnet_exact.write_weights`.

        Examples
        --------
        >>> import tempfile, pathlib
        >>> file = pathlib.Path(tempfile.mkdtemp(), "theta.json")
        >>> Weights([[["1/3"]]]).save(file)
        >>> Weights.load(file) == Weights([[["1/3"]]])
        True
        """
        above("write_weights")(self, path, rounded)

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
        if not hasattr(move, "apply") or not hasattr(move, "reverse"):
            raise wrong_type("move", "a OneMatrixMove or a TwoMatrixMove", move)
        return move.apply(self)

    def diagram(self) -> "FlowDiagram":
        """Return the basis flow diagram: a picture in notebooks, lines of text in `print`.

        Examples
        --------
        >>> Weights([[[2]]]).diagram()
        diagram(Barcode.parse('0-1'))
        """
        found: FlowDiagram = above("diagram")(self)
        return found

    def tangent_basis(self, space: str = "stratum") -> "TangentBasis":
        """Return bases of the tangent and the normal space at θ, a label for each vector.

        `space` is ``"stratum"``, ``"orbit"`` or ``"fiber"``; see `linnet_exact.tangent_basis`.

        Examples
        --------
        >>> Weights([[[1]], [[0]]]).tangent_basis()
        TangentBasis(1,1,1, 'stratum', dimension=1, normal_dimension=1)
        """
        found: TangentBasis = above("tangent_basis")(self, space)
        return found

    def normal_basis(self, space: str = "stratum") -> Matrix:
        """Return a basis of the normal space at θ, as the rows of a matrix.

        The entries are those of X_1, then X_2, …, each by rows; labels are in `tangent_basis()`.

        Examples
        --------
        >>> Weights([[[1]], [[0]]]).normal_basis()
        Matrix([[0, 1]])
        """
        return self.tangent_basis(space).normal

    def crosscheck(self, rtol: float | None = None) -> "Crosscheck":
        """Compare the exact rank list with ranks by SVD; see `linnet_exact.crosscheck`.

        Examples
        --------
        >>> Weights([[[1, 0], [0, 2.0**-30]]]).crosscheck().agree
        False
        """
        found: Crosscheck = above("crosscheck")(self, rtol)
        return found

    def snap(
        self,
        tolerance: float | None = None,
        barcode: "Barcode | str | None" = None,
        height: int | None = None,
    ) -> "Snap":
        """Return exact weights near θ on a lower stratum; see `linnet_exact.snap`.

        Examples
        --------
        >>> Weights([[[1.0, 2.0], [2.0, 4.001]]]).snap(barcode="0-0,0-1,1-1").weights.barcode.rank
        1
        """
        found: Snap = above("snap")(self, tolerance, barcode, height)
        return found

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


def _is_row(value: Any) -> bool:
    """Whether this is a row of numbers, rather than a matrix."""
    return isinstance(value, list | tuple) and not any(
        isinstance(entry, list | tuple) for entry in value
    )

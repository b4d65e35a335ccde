"""A weight vector θ = (W_1, …, W_L): its matrices, their products, ranks and barcode."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, Self, overload

from linnet_exact.algebra import Field, Matrix
from linnet_exact.algebra.fields.field import common_field
from linnet_exact.algebra.ranks.chain import chain_ranks
from linnet_exact.arguments import as_integer, is_listing, wrong_type
from linnet_exact.errors import InputError, OutOfRangeError, ShapeError, WrongTypeError
from linnet_exact.strata import Barcode, Fiber, Network, RankList, Stratum
from linnet_exact.weights.forms import as_field
from linnet_exact.weights.shown import weights_html, weights_latex, weights_text

__all__ = ["WeightVector"]


@dataclass(frozen=True, init=False, repr=False)
class WeightVector:
    """The value behind `Weights`: its matrices, their products and ranks, and the barcode.

    Algorithms take one; `Weights` is what users make.

    Examples
    --------
    >>> WeightVector([[[1, 0], [0, 0]], [[0, 1]]]).barcode
    Barcode.parse('0-0,0-1,1-2')
    """

    matrices: tuple[Matrix, ...]

    # NumPy's operators leave it alone, rather than take it for an array of matrices.
    __array_ufunc__ = None

    def __init__(self, matrices: Iterable[Any], field: Field | str | None = None) -> None:
        if not is_listing(matrices):
            forms = "the matrices W_1, …, W_L, input side first, in a list"
            raise wrong_type("matrices", forms, matrices)
        field = None if field is None else as_field(field)
        read = [_read(j, rows, field) for j, rows in enumerate(matrices, start=1)]
        if not read:
            raise ShapeError("a network needs at least one weight matrix")
        for j, (before, after) in enumerate(pairwise(read), start=1):
            if after.ncols != before.nrows:
                raise ShapeError(
                    f"W_{j + 1} is {after.nrows}x{after.ncols} but W_{j} is "
                    f"{before.nrows}x{before.ncols}: W_{j + 1} must have {before.nrows} columns, "
                    f"one for each row of W_{j} (matrices go from input to output)",
                    expected=before.nrows,
                    found=after.ncols,
                )
        shared = common_field([matrix.field for matrix in read])
        lifted = tuple(matrix.change_field(shared) for matrix in read)
        object.__setattr__(self, "matrices", lifted)

    @classmethod
    def of(cls, value: Any, name: str = "theta") -> Self:
        """Return the weights that `value` is, or those of the matrices that it lists.

        Raises
        ------
        InputError
            If it is neither; `name` is that of the argument, for the message.

        Examples
        --------
        >>> WeightVector.of([[[1, 2]], [[3]]]).network
        Network(2, 1, 1)
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, WeightVector):
            return cls(value.matrices)
        try:
            return cls(value)
        except WrongTypeError:
            raise wrong_type(name, "Weights, or a list of their matrices", value) from None
        except InputError as error:
            raise type(error)(f"{name}: {error}") from None

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
        >>> theta = WeightVector([[[1, 2]], [[3], [4]]])
        >>> theta.product(), theta.product(1, 1)
        (Matrix([[3, 6], [4, 8]]), Matrix([[1]]))
        """
        k, i = self.depth if k is None else as_integer(k, "k"), as_integer(i, "i")
        if not 0 <= i <= k <= self.depth:
            raise InputError(f"W_{k}~{i} needs {self.depth} >= k >= i >= 0")
        if i not in self._products:
            row = [Matrix.identity(self.network.widths[i], self.field), *self.matrices[i : i + 1]]
            for matrix in self.matrices[i + 1 :]:
                row.append(matrix @ row[-1])
            self._products[i] = row
        return self._products[i][k - i]

    @cached_property
    def _products(self) -> dict[int, list[Matrix]]:
        """Row i, once it was asked for, holds W_{i~i}, W_{i+1~i}, …, W_{L~i}."""
        return {}

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
        >>> ranks, bound = WeightVector([[[1, 2]], [[3], [4]]]).probable_rank_list()
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

    def transpose(self) -> Self:
        """Return (W_Lᵀ, …, W_1ᵀ), the weights of the transposed network.

        Examples
        --------
        >>> theta = WeightVector([[[1, 0]], [[2]]])
        >>> theta.transpose().barcode == theta.barcode.reversed()
        True
        """
        return type(self)([matrix.T for matrix in reversed(self.matrices)])

    def __len__(self) -> int:
        return self.depth

    def __iter__(self) -> Iterator[Matrix]:
        return iter(self.matrices)

    @overload
    def __getitem__(self, index: int) -> Matrix: ...

    @overload
    def __getitem__(self, index: slice) -> Self: ...

    def __getitem__(self, index: int | slice) -> Matrix | Self:
        """Return one matrix (``theta[0]`` is W_1), or the network of neighbouring ones.

        Raises
        ------
        OutOfRangeError
            If there is no such matrix, or a slice has none.
        WrongTypeError
            If the index is neither an integer nor a slice.

        Examples
        --------
        >>> theta = WeightVector([[[1, 2]], [[3], [4]], [[5, 6]]])
        >>> theta[0], theta[1:].network
        (Matrix([[1, 2]]), Network(1, 2, 1))
        """
        if isinstance(index, slice):
            try:
                places = range(self.depth)[index]
            except TypeError:
                raise wrong_type("a slice of weights", "of integers", index) from None
            if places.step != 1 or not places:
                raise OutOfRangeError(
                    f"a slice of weights is a run of one or more of the {self.depth} matrices"
                )
            return type(self)(self.matrices[places.start : places.stop])
        at = as_integer(index, "the index of a matrix (or a slice)")
        if not -self.depth <= at < self.depth:
            raise OutOfRangeError(
                f"there is no matrix {at}: the {self.depth} are 0 to {self.depth - 1}, input first"
            )
        return self.matrices[at]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        raise WrongTypeError("weights are not one array; to_numpy() gives one for each matrix")

    def to_numpy(self, dtype: Any = float) -> list[Any]:
        """Return W_1, …, W_L as NumPy arrays: of float64, another float, or object, which is exact.

        Raises
        ------
        InputError
            If an entry is larger than any number of the type, or it is another type.

        Examples
        --------
        >>> theta = WeightVector([[["1/2", 2]]])
        >>> theta.to_numpy()[0].tolist(), theta.to_numpy(object)[0].tolist()
        ([[0.5, 2.0]], [[Fraction(1, 2), Fraction(2, 1)]])
        """
        import numpy as np

        try:
            wanted = np.dtype(dtype)
        except (TypeError, ValueError):
            wanted = None
        if wanted is None or wanted.kind not in "fO":
            raise wrong_type("dtype", "a NumPy type of floats, or object", dtype)
        return [matrix.__array__(wanted) for matrix in self.matrices]

    def text(self, side: int | None = None) -> str:
        """Return the matrices as aligned rows, as `print` shows them, cut above `side`.

        Examples
        --------
        >>> print(WeightVector([[[1, "1/2"]]]).text())
        weights of widths 2,1, barcode 0-0,0-1
        W_1 (1×2)
          1  1/2
        """
        return weights_text(self, side)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return weights_html(self)

    def _repr_latex_(self) -> str:
        return weights_latex(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.network}, field={self.field!r})"


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

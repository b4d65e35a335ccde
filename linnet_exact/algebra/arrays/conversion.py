"""Exact arrays for other libraries, and for people."""

import re
from typing import TYPE_CHECKING, Any, cast

from flint import fmpq_mat

from linnet_exact.algebra.arrays.array import ExactArray
from linnet_exact.algebra.arrays.display import (
    MAX_COLUMNS,
    MAX_ROWS,
    aligned,
    html_table,
    latex_table,
)
from linnet_exact.algebra.arrays.packing import nearest_dyadic_doubles
from linnet_exact.algebra.fields.field import QQ, Scalar
from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError, WrongTypeError

if TYPE_CHECKING:
    import numpy as np
    import sympy

__all__ = ["ConvertibleArray"]

MAX_REPR = 1500
"""Characters up to which `repr` is an expression that makes the matrix."""


class ConvertibleArray(ExactArray):
    """An exact array that turns into text, lists and the arrays of other libraries."""

    __slots__ = ()

    def __repr__(self) -> str:
        m, n = self.shape
        size = sum(
            max(len(part.entries()), 1) + sum(int(x).bit_length() for x in part.entries()) // 4
            for part in (self.coefficients if 2 * m * n <= MAX_REPR else ())
        )
        short = f"<Matrix {m}x{n} over {self.field!r}; print() shows it, rows() lists its entries>"
        if 2 * m * n > MAX_REPR or size > 2 * MAX_REPR:
            return short
        texts = [[self.field.format(x) for x in row] for row in self.rows()]
        rows = [[int(t) if re.fullmatch(r"-?\d{1,18}", t) else t for t in row] for row in texts]
        shape = "" if m and n else f", shape={self.shape}"
        field = "" if self.field.degree == 1 else f", field={self.field!r}"
        text = f"Matrix({rows}{field}{shape})"
        return text if len(text) <= MAX_REPR else short

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, rows: int = MAX_ROWS, columns: int = MAX_COLUMNS) -> str:
        """Return aligned rows of at most so many rows and columns; ``...`` for what is left out.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> print(Matrix([[1, "-1/2"], [10, 0]]))
        [  1  -1/2 ]
        [ 10     0 ]
        >>> print(Matrix.identity(9).to_text(rows=3, columns=3))
        [   1  ...    0 ]
        [ ...  ...  ... ]
        [   0  ...    1 ]
        """
        limits = as_integer(rows, "rows", least=1), as_integer(columns, "columns", least=1)
        return aligned(self.shape, self._texts, *limits)

    def _repr_html_(self) -> str:
        return html_table(self.shape, self._texts)

    def _repr_latex_(self) -> str:
        return latex_table(
            self.shape,
            lambda rows, columns: [
                list(map(self.field.latex, row)) for row in self[rows, columns].rows()
            ],
        )

    def _texts(self, rows: list[int], columns: list[int]) -> list[list[str]]:
        return [list(map(self.field.format, row)) for row in self[rows, columns].rows()]

    def tolist(self) -> list[list[Scalar]]:
        """Return the entries as a list of rows, as NumPy calls it.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).tolist()
        [[Fraction(1, 1), Fraction(1, 2)]]
        """
        return self.rows()

    def to_flint(self) -> fmpq_mat:
        """Return a copy as a FLINT `fmpq_mat`.

        Raises
        ------
        InputError
            If some entry is not rational.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).to_flint().ncols()
        2
        """
        return fmpq_mat(self.change_field(QQ).coefficients[0]) / self.denominator

    def to_sympy(self) -> "sympy.Matrix":
        """Return an exact SymPy matrix.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).to_sympy()
        Matrix([[1, 1/2]])
        """
        import sympy

        flat = [self.field.to_sympy(x) for row in self.rows() for x in row]
        return sympy.Matrix(*self.shape, flat)

    def to_numpy(self) -> "np.ndarray[Any, Any]":
        """Return the nearest float64 entries: the one conversion that rounds.

        Raises
        ------
        InputError
            If some entry is larger than any float64.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).to_numpy().tolist()
        [[1.0, 0.5]]
        """
        import numpy as np

        if self.field.degree == 1:
            floats = nearest_dyadic_doubles(self.coefficients[0], self.denominator)
            if floats is not None:
                return floats
        try:
            if self.field.degree == 1:  # Python rounds a quotient of integers correctly
                denominator = int(self.denominator)
                flat = [int(x) / denominator for x in self.coefficients[0].entries()]
            else:
                flat = [float(cast(Any, x)) for row in self.rows() for x in row]
        except OverflowError:
            raise InputError("some entry is larger than any float64; use to_sympy()") from None
        return np.array(flat, dtype=np.float64).reshape(self.shape)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> "np.ndarray[Any, Any]":
        """Return a NumPy array with two axes: of exact numbers, or of the floats asked for.

        Raises
        ------
        InputError
            If another type is asked for, or an array that shares memory.

        Examples
        --------
        >>> import numpy as np
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> np.asarray(Matrix([[1, "1/2"]])).tolist()
        [[Fraction(1, 1), Fraction(1, 2)]]
        >>> np.asarray(Matrix([[1, "1/2"]]), float)
        array([[1. , 0.5]])
        """
        import numpy as np

        if copy is False:
            raise InputError("a Matrix has no memory to share with NumPy; leave copy out")
        wanted = np.dtype(object if dtype is None else dtype)
        if wanted.kind == "f":
            return self.to_numpy().astype(wanted)
        if wanted.kind != "O":
            raise InputError(f"expected dtype object (exact) or a float type, not {wanted}")
        array = np.empty(self.shape, dtype=object)
        for i, row in enumerate(self.rows()):
            for j, entry in enumerate(row):
                array[i, j] = entry
        return array

    def __array_function__(
        self, function: Any, types: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Let NumPy's functions work on exact entries, but none of those that would round.

        Raises
        ------
        WrongTypeError
            For all of `numpy.linalg`.

        Examples
        --------
        >>> import numpy as np
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> np.trace(Matrix([[1, 2], [3, "1/2"]]))
        Fraction(3, 2)
        >>> np.linalg.matrix_rank(Matrix([[1, 2], [2, 4]]))  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        linnet_exact.errors.WrongTypeError: numpy.linalg.matrix_rank rounds: ...
        """
        if getattr(function, "__module__", "") == "numpy.linalg":
            raise WrongTypeError(
                f"numpy.linalg.{function.__name__} rounds: use methods of Matrix, such as rank(), "
                f"det() and inverse(), or round first, with to_numpy()"
            )
        exact = {name: _as_numpy(value) for name, value in kwargs.items()}
        return function(*map(_as_numpy, args), **exact)


def _as_numpy(value: Any) -> Any:
    """Exact arrays, alone or in lists, as arrays of objects."""
    if isinstance(value, ConvertibleArray):
        return value.__array__()
    if type(value) in (list, tuple):
        return type(value)(map(_as_numpy, value))
    return value

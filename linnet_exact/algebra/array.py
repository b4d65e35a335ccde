"""The container under `Matrix`: storage, indexing, stacking, equality and conversion."""

import re
from collections.abc import Iterable, Sequence
from math import lcm
from typing import TYPE_CHECKING, Any, Self, cast, overload

from flint import fmpq_mat, fmpz, fmpz_mat

from linnet_exact.algebra.entries import Coefficients, lowest_terms, read_entries
from linnet_exact.algebra.field import QQ, Field, Scalar, common_field
from linnet_exact.errors import InputError, ShapeError

if TYPE_CHECKING:
    import numpy as np
    import sympy

__all__ = ["ExactArray"]

Index = slice | Sequence[int]


class ExactArray:
    """An immutable rectangular array of exact numbers; `Matrix` adds the algebra.

    Attributes
    ----------
    field : Field
        Q, or a number field Q(a) of degree e.
    coefficients : tuple of e fmpz_mat
        Integer matrices N_0, ..., N_{e-1}; they must not be changed.
    denominator : fmpz
        A positive integer d, coprime to the entries of the N's taken together. The array is
        (N_0 + N_1 a + ... + N_{e-1} a^(e-1)) / d, so equal arrays have equal parts.
    """

    __slots__ = ("coefficients", "denominator", "field")

    field: Field
    coefficients: Coefficients
    denominator: fmpz

    def __new__(
        cls, rows: Any, field: Field | None = None, shape: tuple[int, int] | None = None
    ) -> Self:
        """Read the entries; see `Matrix`."""
        if isinstance(rows, cls):
            return rows if field is None else rows.change_field(field)
        found, coefficients, denominator = read_entries(rows, field, shape)
        array = cls.from_coefficients(found, coefficients, denominator)
        return array if field is None else array.change_field(field)

    @classmethod
    def from_coefficients(
        cls, field: Field, coefficients: Coefficients, denominator: int | fmpz
    ) -> Self:
        """Return (N_0 + N_1 a + ...) / denominator from integer matrices, which it takes over.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix.from_coefficients(QQ, (fmpz_mat([[2, 4]]),), 6)
        Matrix([['1/3', '2/3']])
        """
        array = object.__new__(cls)
        parts, common = lowest_terms(coefficients, denominator)
        object.__setattr__(array, "field", field)
        object.__setattr__(array, "coefficients", parts)
        object.__setattr__(array, "denominator", common)
        return array

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Matrix cannot be changed; build a new one")

    @classmethod
    def zero(cls, nrows: int, ncols: int, field: Field = QQ) -> Self:
        """Return the zero matrix of the given shape.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix.zero(1, 2)
        Matrix([[0, 0]])
        """
        parts = tuple(fmpz_mat(nrows, ncols) for _ in range(field.degree))
        return cls.from_coefficients(field, parts, 1)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and the number of columns.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix([], shape=(0, 3)).shape
        (0, 3)
        """
        return self.nrows, self.ncols

    @property
    def nrows(self) -> int:
        """The number of rows."""
        return self.coefficients[0].nrows()

    @property
    def ncols(self) -> int:
        """The number of columns."""
        return self.coefficients[0].ncols()

    def is_zero(self) -> bool:
        """Return whether every entry is zero (true when there is no entry)."""
        return all(part.is_zero() for part in self.coefficients)

    @overload
    def __getitem__(self, index: tuple[int, int]) -> Scalar: ...

    @overload
    def __getitem__(self, index: tuple[int | Index, Index] | tuple[Index, int]) -> Self: ...

    def __getitem__(self, index: tuple[int | Index, int | Index]) -> Scalar | Self:
        """Return the entry at two integers, or the submatrix at two slices or lists of integers.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> A = Matrix([[1, 2], [3, 4]])
        >>> A[0, 1], A[:, 1:], A[[1, 0], :]
        (Fraction(2, 1), Matrix([[2], [4]]), Matrix([[3, 4], [1, 2]]))
        """
        rows, columns = (
            at if isinstance(at, int) else list(range(size)[at]) if isinstance(at, slice) else at
            for at, size in zip(index, self.shape, strict=True)
        )
        if isinstance(rows, int) and isinstance(columns, int):
            m, n = self.shape
            if not (-m <= rows < m and -n <= columns < n):
                raise InputError(f"entry ({rows}, {columns}) lies outside a {m}x{n} matrix")
            numbers = [int(part[rows % m, columns % n]) for part in self.coefficients]
            return self.field.element(numbers, int(self.denominator))
        picked = [rows] if isinstance(rows, int) else rows
        chosen = [columns] if isinstance(columns, int) else columns
        parts = []
        for part in self.coefficients:
            table = part.table()
            flat = [row[j] for row in (table[i] for i in picked) for j in chosen]
            parts.append(fmpz_mat(len(picked), len(chosen), flat))
        return self.from_coefficients(self.field, tuple(parts), self.denominator)

    def rows(self) -> list[list[Scalar]]:
        """Return the entries as a list of rows.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).rows()
        [[Fraction(1, 1), Fraction(1, 2)]]
        """
        tables = [part.table() for part in self.coefficients]
        element, denominator = self.field.element, int(self.denominator)
        return [
            [element([int(c) for c in numbers], denominator) for numbers in zip(*row, strict=True)]
            for row in zip(*tables, strict=True)
        ]

    def change_field(self, field: Field) -> Self:
        """Return the same matrix over another field that holds its entries.

        Raises
        ------
        InputError
            If some entry is not in that field.
        """
        if field == self.field:
            return self
        if self.field.degree == 1:
            rest = (fmpz_mat(*self.shape) for _ in range(field.degree - 1))
            parts = (self.coefficients[0], *rest)
            return self.from_coefficients(field, parts, self.denominator)
        return type(self)(self.rows(), field=field, shape=self.shape)

    @classmethod
    def hstack(cls, blocks: Iterable[Self]) -> Self:
        """Join matrices side by side.

        Raises
        ------
        ShapeError
            If there is no matrix, or they do not have equally many rows.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix.hstack([Matrix([[1], [2]]), Matrix([[3], [4]])])
        Matrix([[1, 3], [2, 4]])
        """
        arrays = list(blocks)
        if len({array.nrows for array in arrays}) != 1:
            raise ShapeError(f"cannot join shapes {[a.shape for a in arrays]} side by side")
        return cls._join(arrays, side_by_side=True)

    @classmethod
    def vstack(cls, blocks: Iterable[Self]) -> Self:
        """Join matrices one above the other.

        Raises
        ------
        ShapeError
            If there is no matrix, or they do not have equally many columns.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix.vstack([Matrix([[1, 2]]), Matrix([[3, 4]])])
        Matrix([[1, 2], [3, 4]])
        """
        arrays = list(blocks)
        if len({array.ncols for array in arrays}) != 1:
            raise ShapeError(f"cannot join shapes {[a.shape for a in arrays]} above each other")
        return cls._join(arrays, side_by_side=False)

    @classmethod
    def _join(cls, arrays: Sequence[Self], side_by_side: bool) -> Self:
        field = common_field([array.field for array in arrays])
        lifted = [array.change_field(field) for array in arrays]
        denominator = fmpz(lcm(*(int(array.denominator) for array in lifted)))
        if side_by_side:
            shape = lifted[0].nrows, sum(array.ncols for array in lifted)
        else:
            shape = sum(array.nrows for array in lifted), lifted[0].ncols
        parts = []
        for power in range(field.degree):
            scaled = (
                array.coefficients[power] * (denominator // array.denominator) for array in lifted
            )
            if side_by_side:
                tables = (matrix.table() for matrix in scaled)
                flat = [x for rows in zip(*tables, strict=True) for row in rows for x in row]
            else:
                flat = [x for matrix in scaled for x in matrix.entries()]
            parts.append(fmpz_mat(*shape, flat))
        return cls.from_coefficients(field, tuple(parts), denominator)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExactArray):
            return NotImplemented
        if self.field != other.field and (self._is_irrational() or other._is_irrational()):
            return False
        same = zip(self.coefficients, other.coefficients, strict=False)
        return self.denominator == other.denominator and all(a == b for a, b in same)

    def __hash__(self) -> int:
        # A rational matrix over a number field equals, and so hashes like, the one over Q.
        parts = self.coefficients if self._is_irrational() else self.coefficients[:1]
        entries = tuple(tuple(part.entries()) for part in parts)
        return hash((self.shape, self.denominator, entries))

    def _is_irrational(self) -> bool:
        return not all(part.is_zero() for part in self.coefficients[1:])

    def __reduce__(self) -> tuple[Any, ...]:
        parts = [[int(x) for x in part.entries()] for part in self.coefficients]
        return _unpickle, (type(self), self.field, self.shape, parts, int(self.denominator))

    def __repr__(self) -> str:
        format_entry = self.field.format
        texts = [[format_entry(x) for x in row] for row in self.rows()]
        rows = [[int(t) if re.fullmatch(r"-?\d{1,18}", t) else t for t in row] for row in texts]
        shape = "" if self.nrows and self.ncols else f", shape={self.shape}"
        field = "" if self.field.degree == 1 else f", field={self.field!r}"
        return f"Matrix({rows}{field}{shape})"

    def to_flint(self) -> fmpq_mat:
        """Return a copy as a FLINT `fmpq_mat`.

        Raises
        ------
        InputError
            If some entry is not rational.
        """
        return fmpq_mat(self.change_field(QQ).coefficients[0]) / self.denominator

    def to_sympy(self) -> "sympy.Matrix":
        """Return an exact SymPy matrix.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).to_sympy()
        Matrix([[1, 1/2]])
        """
        import sympy

        flat = [self.field.to_sympy(x) for row in self.rows() for x in row]
        return sympy.Matrix(*self.shape, flat)

    def to_numpy(self) -> "np.ndarray[Any, Any]":
        """Return the nearest float64 entries: the one conversion that rounds.

        Examples
        --------
        >>> from linnet_exact.algebra.matrix import Matrix
        >>> Matrix([[1, "1/2"]]).to_numpy().tolist()
        [[1.0, 0.5]]
        """
        import numpy as np

        flat = [float(cast(Any, x)) for row in self.rows() for x in row]
        return np.array(flat, dtype=np.float64).reshape(self.shape)

    def _repr_latex_(self) -> str:
        body = r" \\ ".join(" & ".join(map(self.field.latex, row)) for row in self.rows())
        return rf"$\begin{{pmatrix}} {body} \end{{pmatrix}}$"


def _unpickle(
    cls: type[ExactArray], field: Field, shape: tuple[int, int], parts: Any, denominator: int
) -> ExactArray:
    coefficients = tuple(fmpz_mat(*shape, part) for part in parts)
    return cls.from_coefficients(field, coefficients, denominator)

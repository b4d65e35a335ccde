"""The container under `Matrix`: storage, indexing, stacking and equality."""

from collections.abc import Iterator
from numbers import Integral
from operator import itemgetter
from typing import Any, Self, overload

from flint import fmpq_mat, fmpz, fmpz_mat

from linnet_exact.algebra.arrays.entries import (
    Coefficients,
    in_rows,
    lowest_terms,
    read_entries,
    require_shape,
)
from linnet_exact.algebra.arrays.indexing import Index, positions
from linnet_exact.algebra.arrays.products import power_means
from linnet_exact.algebra.fields.field import QQ, Field, Scalar, require_field
from linnet_exact.errors import InputError, ShapeError, WrongTypeError
from linnet_exact.frozen import Frozen

__all__ = ["ExactArray"]


class ExactArray(Frozen):
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
    __array_ufunc__ = None  # NumPy scalars and arrays leave their operators to us

    field: Field
    coefficients: Coefficients
    denominator: fmpz

    def __new__(cls, rows: Any, field: Any = None, shape: Any = None) -> Self:
        """Read the entries; see `Matrix`."""
        if isinstance(rows, Integral) and isinstance(field, Integral):
            rows, field, shape = in_rows(int(rows), int(field), shape), None, (rows, field)
        if not (field is None or isinstance(field, Field)):
            raise WrongTypeError(
                f"field must be QQ or a NumberField, not {type(field).__name__}; rows of numbers "
                "are one argument: Matrix([[1, 2], [3, 4]])"
            )
        if shape is not None and not (isinstance(shape, tuple | list) and len(shape) == 2):
            raise WrongTypeError(f"shape must be two integers, not {type(shape).__name__}")
        if shape is not None:
            require_shape(*shape)
        if isinstance(rows, cls):
            array = rows
        else:
            array = cls.from_coefficients(
                *read_entries(rows, field, None if shape is None else (shape[0], shape[1]))
            )
        if shape is not None and array.shape != tuple(shape):
            m, n = shape
            raise ShapeError(
                f"expected a {m}x{n} matrix, not {array.nrows}x{array.ncols}",
                expected=(m, n),
                found=(array.nrows, array.ncols),
            )
        return array if field is None else array.change_field(field)

    @classmethod
    def from_coefficients(
        cls, field: Field, coefficients: Coefficients, denominator: int | fmpz
    ) -> Self:
        """Return (N_0 + N_1 a + ...) / denominator from integer matrices, which it takes over.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix.from_coefficients(QQ, (fmpz_mat([[2, 4]]),), 6)
        Matrix([['1/3', '2/3']])
        """
        array = object.__new__(cls)
        parts, common = lowest_terms(coefficients, denominator)
        object.__setattr__(array, "field", field)
        object.__setattr__(array, "coefficients", parts)
        object.__setattr__(array, "denominator", common)
        return array

    @classmethod
    def zero(cls, nrows: int, ncols: int, field: Field = QQ) -> Self:
        """Return the zero matrix of the given shape.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix.zero(1, 2)
        Matrix([[0, 0]])
        """
        require_shape(nrows, ncols)
        require_field(field)
        parts = tuple(fmpz_mat(nrows, ncols) for _ in range(field.degree))
        return cls.from_coefficients(field, parts, 1)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and the number of columns.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
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
        """Return whether every entry is zero (true when there is no entry).

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[0, 0]]).is_zero()
        True
        """
        return all(part.is_zero() for part in self.coefficients)

    @overload
    def __getitem__(self, index: int) -> tuple[Scalar, ...]: ...

    @overload
    def __getitem__(self, index: tuple[int, int]) -> Scalar: ...

    @overload
    def __getitem__(
        self,
        index: slice | list[int] | list[bool] | tuple[int | Index, Index] | tuple[Index, int],
    ) -> Self: ...

    def __getitem__(
        self, index: int | Index | tuple[int | Index, int | Index]
    ) -> "Scalar | tuple[Scalar, ...] | Self":
        """Return the entry at two integers, or the submatrix at two slices or lists of integers.

        One index alone is for rows: an integer gives the tuple of the entries of a row. Negative
        integers count from the end.

        Raises
        ------
        OutOfRangeError
            If an integer lies outside the matrix.
        InputError
            If there are more than two indices, or one has another type.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> A = Matrix([[1, 2], [3, 4]])
        >>> A[0, 1], A[:, 1:], A[[1, 0], :]
        (Fraction(2, 1), Matrix([[2], [4]]), Matrix([[3, 4], [1, 2]]))
        >>> A[1], A[1:]
        ((Fraction(3, 1), Fraction(4, 1)), Matrix([[3, 4]]))
        """
        if not isinstance(index, tuple):
            chosen_rows = self[index, :]
            return tuple(chosen_rows.rows()[0]) if isinstance(index, Integral) else chosen_rows
        if len(index) != 2:
            raise InputError(
                f"a matrix takes one or two indices, such as M[i], M[i, j], M[i, :] or M[:, j], "
                f"not {len(index)}"
            )
        picked = positions(index[0], self.nrows, "row")
        chosen = positions(index[1], self.ncols, "column")
        if isinstance(index[0], Integral) and isinstance(index[1], Integral):
            numbers = [int(part[picked[0], chosen[0]]) for part in self.coefficients]
            return self.field.element(numbers, int(self.denominator))
        parts = []
        for part in self.coefficients:
            table = part.table()
            if len(chosen) > 1:  # all of a row at once
                pick = itemgetter(*chosen)
                flat = [x for i in picked for x in pick(table[i])]
            else:
                flat = [table[i][j] for i in picked for j in chosen]
            parts.append(fmpz_mat(len(picked), len(chosen), flat))
        return self.from_coefficients(self.field, tuple(parts), self.denominator)

    def __iter__(self) -> Iterator[tuple[Scalar, ...]]:
        """Iterate over the rows, as tuples of entries."""
        return iter([tuple(row) for row in self.rows()])

    def __contains__(self, value: object) -> bool:
        """Return whether an entry is this number or, for a list or tuple, a row is this one."""
        if isinstance(value, list | tuple):
            return list(value) in self.rows()
        return any(value in row for row in self.rows())

    def __len__(self) -> int:
        return self.nrows

    def __bool__(self) -> bool:
        return True  # not whether there are rows, or whether they are zero: see `is_zero`

    def rows(self) -> list[list[Scalar]]:
        """Return the entries as a list of rows.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
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

        Examples
        --------
        >>> from linnet_exact.algebra import Matrix, NumberField
        >>> Matrix([[1]]).change_field(NumberField("sqrt(2)")).field.degree
        2
        """
        require_field(field)
        if field == self.field:
            return self
        if self.field.degree == 1:
            rest = (fmpz_mat(*self.shape) for _ in range(field.degree - 1))
            parts = (self.coefficients[0], *rest)
            return self.from_coefficients(field, parts, self.denominator)
        return type(self)(self.rows(), field=field, shape=self.shape)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExactArray):
            return NotImplemented
        if self.field != other.field and (self._is_irrational() or other._is_irrational()):
            return self.shape == other.shape and self.rows() == other.rows()
        same = zip(self.coefficients, other.coefficients, strict=False)
        return self.denominator == other.denominator and all(a == b for a, b in same)

    def __hash__(self) -> int:
        # Equal matrices over two fields have the same means of the conjugates of their entries.
        pairs = zip(self.coefficients, power_means(self.field), strict=True)
        mean = sum((fmpq_mat(part) * factor for part, factor in pairs), fmpq_mat(*self.shape))
        return hash((self.shape, tuple((mean / self.denominator).entries())))

    def _is_irrational(self) -> bool:
        return not all(part.is_zero() for part in self.coefficients[1:])

    def __reduce__(self) -> tuple[Any, ...]:
        parts = [[int(x) for x in part.entries()] for part in self.coefficients]
        return _unpickle, (type(self), self.field, self.shape, parts, int(self.denominator))


def _unpickle(
    cls: type[ExactArray], field: Field, shape: tuple[int, int], parts: Any, denominator: int
) -> ExactArray:
    coefficients = tuple(fmpz_mat(*shape, part) for part in parts)
    return cls.from_coefficients(field, coefficients, denominator)

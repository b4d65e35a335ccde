"""Joining, sums, products and quotients by numbers; `Matrix` adds what elimination gives."""

from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

from flint import fmpz_mat

from linnet_exact.algebra.arrays.conversion import ConvertibleArray
from linnet_exact.algebra.arrays.entries import require_square
from linnet_exact.algebra.arrays.products import apply_bilinear
from linnet_exact.algebra.arrays.stacking import join
from linnet_exact.algebra.fields.field import Field, Scalar, common_field
from linnet_exact.algebra.numbers.multiplication_matrices import kronecker_product
from linnet_exact.arguments import as_instance
from linnet_exact.errors import DivisionByZeroError, InputError, ShapeError, WrongTypeError
from linnet_exact.interruption import product

__all__ = ["ArithmeticArray"]


class ArithmeticArray(ConvertibleArray):
    """An exact array with the operators of a ring."""

    __slots__ = ()

    @classmethod
    def _blocks(cls, blocks: Any) -> list[Self]:
        found = list(as_instance(blocks, Iterable, "blocks", "a list of matrices"))  # type: ignore[type-abstract]
        return [as_instance(block, cls, "each block", "a Matrix") for block in found]

    @classmethod
    def hstack(cls, blocks: Iterable[Self]) -> Self:
        """Join matrices side by side.

        Raises
        ------
        ShapeError
            If there is no matrix, or they do not have equally many rows.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix.hstack([Matrix([[1], [2]]), Matrix([[3], [4]])])
        Matrix([[1, 3], [2, 4]])
        """
        return join(cls._blocks(blocks), side_by_side=True)

    @classmethod
    def vstack(cls, blocks: Iterable[Self]) -> Self:
        """Join matrices one above the other.

        Raises
        ------
        ShapeError
            If there is no matrix, or they do not have equally many columns.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix.vstack([Matrix([[1, 2]]), Matrix([[3, 4]])])
        Matrix([[1, 2], [3, 4]])
        """
        return join(cls._blocks(blocks), side_by_side=False)

    @property
    def T(self) -> Self:
        """The transpose.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, 2]]).T
        Matrix([[1], [2]])
        """
        parts = tuple(part.transpose() for part in self.coefficients)
        return self.from_coefficients(self.field, parts, self.denominator)

    def transpose(self) -> Self:
        """Return the transpose, like `T`.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, 2]]).transpose()
        Matrix([[1], [2]])
        """
        return self.T

    def trace(self) -> Scalar:
        """Return the sum of the diagonal entries of a square matrix.

        Raises
        ------
        ShapeError
            If the matrix is not square.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, 2], [3, "1/2"]]).trace()
        Fraction(3, 2)
        """
        require_square(*self.shape)
        sums = [sum(int(part[i, i]) for i in range(self.nrows)) for part in self.coefficients]
        return self.field.element(sums, int(self.denominator))

    def __matmul__(self, other: Any) -> Self:
        """Return the product with a matrix, or with a list: of rows, or of a column's entries."""
        if isinstance(other, ArithmeticArray):
            return self._product(other)
        if not _is_list(other):
            return NotImplemented
        nested = any(map(_is_list, other))
        return self._product(type(self)(other if nested else [[x] for x in other]))

    def __rmatmul__(self, other: Any) -> Self:
        """Return the product of a list of rows, or of a row's entries, and this matrix."""
        if not _is_list(other):
            return NotImplemented
        nested = any(map(_is_list, other))
        return type(self)(other if nested else [other])._product(self)

    def _product(self, other: "ArithmeticArray") -> Self:
        if self.ncols != other.nrows:
            raise ShapeError(
                f"cannot multiply a {self.nrows}x{self.ncols} matrix by one that is "
                f"{other.nrows}x{other.ncols}",
                expected=self.ncols,
                found=other.nrows,
            )
        return self._bilinear(product, other)

    def __truediv__(self, scalar: object) -> Self:
        if isinstance(scalar, ArithmeticArray):
            raise InputError("write A @ B.inverse(), or B.solve(...), to divide by a matrix")
        field: Any = getattr(scalar, "field", self.field)
        number = field(scalar)
        if not number:
            raise DivisionByZeroError("expected a divisor that is not zero")
        quotient: Self = self * (1 / number)
        return quotient

    def kronecker(self, other: Self) -> Self:
        """Return the Kronecker product, (m p) x (n q) for an m x n and a p x q matrix.

        Examples
        --------
        >>> from linnet_exact.algebra.matrices.matrix import Matrix
        >>> Matrix([[1, 2]]).kronecker(Matrix([[1], [3]]))
        Matrix([[1, 2], [3, 6]])
        """
        if not isinstance(other, ArithmeticArray):
            raise WrongTypeError(f"expected a Matrix, not {type(other).__name__}")
        return self._bilinear(kronecker_product, other)

    def __mul__(self, scalar: object) -> Self:
        if isinstance(scalar, ArithmeticArray):
            raise InputError("write A @ B for the product of two matrices")
        field: Field = getattr(scalar, "field", self.field)
        numbers, denominator = field.coordinates(scalar)
        entries = tuple(fmpz_mat([[number]]) for number in numbers)
        factor = self.from_coefficients(field, entries, denominator)
        return self._bilinear(lambda part, entry: part * entry[0, 0], factor)

    __rmul__ = __mul__

    def __add__(self, other: Self) -> Self:
        if not isinstance(other, ArithmeticArray):
            return NotImplemented
        if self.shape != other.shape:
            raise ShapeError(
                f"cannot add matrices of shapes {self.shape} and {other.shape}",
                expected=self.shape,
                found=other.shape,
            )
        left, right = _over_common_field(self, other)
        p, q = left.denominator, right.denominator
        pairs = zip(left.coefficients, right.coefficients, strict=True)
        return self.from_coefficients(left.field, tuple(a * q + b * p for a, b in pairs), p * q)

    def __neg__(self) -> Self:
        parts = tuple(-part for part in self.coefficients)
        return self.from_coefficients(self.field, parts, self.denominator)

    def __sub__(self, other: Self) -> Self:
        if not isinstance(other, ArithmeticArray):
            return NotImplemented
        return self + (-other)

    def _bilinear(
        self, operation: Callable[[fmpz_mat, fmpz_mat], fmpz_mat], other: "ArithmeticArray"
    ) -> Self:
        left, right = _over_common_field(self, other)
        parts, denominator = apply_bilinear(
            left.field,
            operation,
            left.coefficients,
            right.coefficients,
            left.denominator * right.denominator,
        )
        return self.from_coefficients(left.field, parts, denominator)


Array = TypeVar("Array", bound=ArithmeticArray)


def _over_common_field(left: Array, right: ArithmeticArray) -> tuple[Array, ArithmeticArray]:
    field = common_field([left.field, right.field])
    return left.change_field(field), right.change_field(field)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple) or getattr(value, "ndim", 0) > 0

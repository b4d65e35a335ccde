"""Matrices of exact numbers and what linear algebra asks of them."""

from collections.abc import Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar

from flint import fmpz_mat

from linnet_exact.algebra.arrays.entries import require_shape, require_square
from linnet_exact.algebra.arrays.stacking import join_diagonally
from linnet_exact.algebra.fields.conjugation import conjugate_of_generator
from linnet_exact.algebra.fields.embedding import Embedding
from linnet_exact.algebra.fields.field import QQ, Field, Scalar, require_field
from linnet_exact.algebra.matrices import echelon
from linnet_exact.algebra.matrices.arithmetic import ArithmeticArray
from linnet_exact.algebra.ranks import certified
from linnet_exact.arguments import as_instance
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.subspace import Subspace

__all__ = ["Matrix"]


class Matrix(ArithmeticArray):
    """An immutable m x n matrix over Q or a number field, with exact entries.

    Parameters
    ----------
    rows : sequence of sequences, NumPy array, SymPy matrix, fmpz_mat, fmpq_mat or Matrix
        The entries by rows. Floats become the dyadic rationals that they are; text is read
        exactly, so ``"0.1"`` is one tenth.
    field : Field, optional
        The field of the entries; by default Q, or the number field that some entry belongs to.
    shape : (int, int), optional
        Only needed for a matrix without rows; checked for others.

    Raises
    ------
    ShapeError
        If rows are ragged or do not have the given shape.
    InputError
        If an entry is not an exact number of the field, or is nan or infinite.

    Examples
    --------
    >>> A = Matrix([[1, "1/2"], [2, 1]])
    >>> A.rank(), A[0, 1], A @ A == 2 * A
    (1, Fraction(1, 2), True)
    >>> A.nrows, A.ncols
    (2, 2)
    >>> Matrix([], shape=(0, 3)).T.shape
    (3, 0)
    >>> Matrix(2, 3, [1, 2, 3, 4, 5, 6])
    Matrix([[1, 2, 3], [4, 5, 6]])
    """

    __slots__ = ()

    _subspace_class: ClassVar[type["Subspace"]]
    """`Subspace`, which is built on matrices and enters itself here."""

    @classmethod
    def identity(cls, size: int, field: Field = QQ) -> "Matrix":
        """Return the identity matrix of the given size.

        Examples
        --------
        >>> Matrix.identity(2)
        Matrix([[1, 0], [0, 1]])
        """
        require_shape(size, size)
        require_field(field)
        flat = [0] * (size * size)
        flat[:: size + 1] = [1] * size
        rest = (fmpz_mat(size, size) for _ in range(field.degree - 1))
        return cls.from_coefficients(field, (fmpz_mat(size, size, flat), *rest), 1)

    @classmethod
    def eye(cls, size: int, field: Field = QQ) -> "Matrix":
        """Return the identity matrix, as NumPy and SymPy call it.

        Examples
        --------
        >>> Matrix.eye(2)
        Matrix([[1, 0], [0, 1]])
        """
        return cls.identity(size, field)

    @classmethod
    def zeros(cls, nrows: int, ncols: int | None = None, field: Field = QQ) -> "Matrix":
        """Return the zero matrix of the given shape, square if there is one number only.

        Examples
        --------
        >>> Matrix.zeros(1, 2)
        Matrix([[0, 0]])
        """
        return cls.zero(nrows, nrows if ncols is None else ncols, field)

    @classmethod
    def diag(cls, *entries: Any) -> "Matrix":
        """Return the matrix with numbers, or matrices, down its diagonal.

        Examples
        --------
        >>> Matrix.diag(1, "1/2")
        Matrix([[1, 0], [0, '1/2']])
        """
        flat = entries[0] if len(entries) == 1 and isinstance(entries[0], list | tuple) else entries
        return cls.block_diagonal(
            entry if isinstance(entry, Matrix) else cls([[entry]]) for entry in flat
        )

    @classmethod
    def block_diagonal(cls, blocks: Iterable["Matrix"]) -> "Matrix":
        """Return the matrix with the given blocks down its diagonal and zeros elsewhere.

        Examples
        --------
        >>> Matrix.block_diagonal([Matrix([[1, 2]]), Matrix([[3]])])
        Matrix([[1, 2, 0], [0, 0, 3]])
        """
        matrices = cls._blocks(blocks)
        return join_diagonally(matrices) if matrices else cls.zero(0, 0)

    def conjugate(self) -> "Matrix":
        """Return the matrix of complex conjugates; itself over fields with a real embedding.

        Raises
        ------
        InputError
            If the field has neither a real embedding nor complex conjugation.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> Matrix([["1 + a"]], NumberField("x^2 + 1")).conjugate().rows()
        [[FieldElement('1 - a')]]
        """
        image = conjugate_of_generator(self.field)
        return self if image is None else self._substitute(self.field, image)

    def embed(self, embedding: Embedding) -> "Matrix":
        """Return the matrix of the images of the entries under an embedding of their field.

        Raises
        ------
        InputError
            If the argument is not an `Embedding`, or not one of the field of the matrix.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> K = NumberField("x^2 - 2")
        >>> A = Matrix([["1 + a"]], K)
        >>> [A.embed(f).rows() for f in K.embeddings(K)]
        [[[FieldElement('1 + a')]], [[FieldElement('1 - a')]]]
        """
        if not isinstance(embedding, Embedding):
            raise InputError(
                f"expected an Embedding, as K.embed(L) gives it, not {type(embedding).__name__}"
            )
        return self.change_field(embedding.source)._substitute(embedding.target, embedding.image)

    def __pow__(self, exponent: int) -> "Matrix":
        """Return a power of a square matrix; negative ones are powers of the inverse."""
        if not isinstance(exponent, Integral) or isinstance(exponent, bool):
            return NotImplemented
        base = self.inverse() if exponent < 0 else self
        require_square(*base.shape)
        result = self.identity(self.nrows, self.field)
        for bit in bin(abs(int(exponent)))[2:]:
            result = result @ result
            if bit == "1":
                result = result @ base
        return result

    def charpoly(self) -> tuple[Scalar, ...]:
        """Return the coefficients of det(x - A), constant term first.

        Raises
        ------
        ShapeError
            If the matrix is not square.

        Examples
        --------
        >>> Matrix([[1, 2], [3, 4]]).charpoly()
        (Fraction(-2, 1), Fraction(-5, 1), Fraction(1, 1))
        """
        return echelon.characteristic_polynomial(self)

    def _substitute(self, field: Field, image: Scalar) -> "Matrix":
        """Return N_0 + N_1 b + ... for an element b of a field, all over the denominator."""
        total, power = self.zero(*self.shape, field), field.element([1], 1)
        for part in self.coefficients:
            total = total + self.from_coefficients(QQ, (part,), self.denominator) * power
            power = power * image
        return total

    def rank(self) -> int:
        """Return the rank, certified.

        Examples
        --------
        >>> Matrix([[1, 2], [2, 4]]).rank()
        1
        """
        return certified.rank(self)

    def rref(self) -> tuple["Matrix", tuple[int, ...]]:
        """Return the reduced row echelon form without zero rows, and the pivot columns.

        Examples
        --------
        >>> Matrix([[0, 2, 4], [0, 1, 2]]).rref()
        (Matrix([[0, 1, 2]]), (1,))
        """
        return echelon.rref(self)

    def null_space(self) -> "Subspace":
        """Return the space of columns x with A x = 0.

        Examples
        --------
        >>> Matrix([[1, 2]]).null_space().basis
        Matrix([[1, '-1/2']])
        """
        return self._subspace_class.from_echelon(*echelon.null_basis(self))

    def row_space(self) -> "Subspace":
        """Return the span of the rows, a subspace of dimension `rank()` in n-space.

        Examples
        --------
        >>> Matrix([[1, 2], [2, 4]]).row_space().basis
        Matrix([[1, 2]])
        """
        return self._subspace_class.from_echelon(*echelon.rref(self))

    def column_space(self) -> "Subspace":
        """Return the span of the columns in m-space; its `basis` holds the vectors as rows.

        Examples
        --------
        >>> Matrix([[1, 2], [2, 4]]).column_space().basis
        Matrix([[1, 2]])
        """
        return self.T.row_space()

    def solve(self, right: "Matrix") -> "Matrix":
        """Return an X with A X = B, zero in the rows that the equations leave free.

        Raises
        ------
        ShapeError
            If A and B do not have equally many rows.
        InputError
            If there is no solution.

        Examples
        --------
        >>> Matrix([[1, 1], [1, -1]]).solve(Matrix([[2], [0]]))
        Matrix([[1], [1]])
        """
        return echelon.solve(self, as_instance(right, Matrix, "right", "a Matrix"))

    def inverse(self) -> "Matrix":
        """Return the inverse of a square matrix.

        Raises
        ------
        ShapeError
            If the matrix is not square.
        InputError
            If it is singular.

        Examples
        --------
        >>> Matrix([[2, 0], [0, 1]]).inverse()
        Matrix([['1/2', 0], [0, 1]])
        """
        return echelon.inverse(self)

    def det(self) -> Scalar:
        """Return the determinant of a square matrix.

        Raises
        ------
        ShapeError
            If the matrix is not square.

        Examples
        --------
        >>> Matrix([[1, 2], [3, 4]]).det()
        Fraction(-2, 1)
        """
        return echelon.determinant(self)

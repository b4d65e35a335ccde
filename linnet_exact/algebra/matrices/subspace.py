"""Subspaces of n-space, each with a canonical basis."""

from linnet_exact.algebra.fields.field import QQ, Field
from linnet_exact.algebra.matrices.echelon import rref
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.matrices.span import Span
from linnet_exact.arguments import as_instance
from linnet_exact.errors import InputError, ShapeError

__all__ = ["Subspace"]


class Subspace(Span):
    """The span of some vectors, named by the reduced row echelon form of any of its bases.

    Two subspaces are equal exactly when these forms are, so `==` and `hash` compare bases.

    Parameters
    ----------
    spanning : Matrix or sequence of sequences
        Vectors as ROWS; they need not be independent.
    field : Field, optional
        As for `Matrix`.
    ambient_dimension : int, optional
        The length n of the vectors; only needed when there are none.

    Attributes
    ----------
    basis : Matrix
        dimension x n; the basis vectors are the ROWS, in reduced row echelon form.
    pivots : tuple of int
        The column of the leading 1 of each basis vector.

    Raises
    ------
    ShapeError
        If the vectors differ in length, or do not have the length asked for.

    Examples
    --------
    >>> U = Subspace([[1, 1, 0], [2, 2, 0]])
    >>> U.dimension, U.basis, [3, 3, 0] in U
    (1, Matrix([[1, 1, 0]]), True)
    >>> U.ambient_dimension, U.field
    (3, QQ)
    >>> U <= Subspace([[0, 1, 0], [1, 0, 0]])
    True
    """

    __slots__ = ()

    @classmethod
    def whole(cls, ambient_dimension: int, field: Field = QQ) -> "Subspace":
        """Return all of n-space.

        Examples
        --------
        >>> Subspace.whole(2).dimension
        2
        """
        basis = Matrix.identity(ambient_dimension, field)
        return cls.from_echelon(basis, tuple(range(ambient_dimension)))

    @classmethod
    def zero(cls, ambient_dimension: int, field: Field = QQ) -> "Subspace":
        """Return the subspace that holds only the zero vector.

        Examples
        --------
        >>> Subspace.zero(2).dimension
        0
        """
        return cls.from_echelon(Matrix.zero(0, ambient_dimension, field), ())

    def __add__(self, other: "Subspace") -> "Subspace":
        if not isinstance(other, Subspace):
            return NotImplemented
        self._require_same_space(other)
        return Subspace(Matrix.vstack([self.basis, other.basis]))

    __or__ = __add__

    def __and__(self, other: "Subspace") -> "Subspace":
        if not isinstance(other, Subspace):
            return NotImplemented
        self._require_same_space(other)
        # x = c U lies in V exactly when c sends the residues of U modulo V to zero. U is the
        # identity at its pivots, so if the c's are a reduced row echelon form, so are the x's.
        found = other._residue(self.basis).T.null_space()
        pivots = tuple(self.pivots[pivot] for pivot in found.pivots)
        return Subspace.from_echelon(found.basis @ self.basis, pivots)

    # Python reads U >= V and U > V as V <= U and V < U.
    def __le__(self, other: "Subspace") -> bool:
        if not isinstance(other, Subspace):
            return NotImplemented
        self._require_same_space(other)
        return self.dimension <= other.dimension and other._residue(self.basis).is_zero()

    def __lt__(self, other: "Subspace") -> bool:
        if not isinstance(other, Subspace):
            return NotImplemented
        return self <= other and self.dimension < other.dimension

    def complement(self, within: "Subspace | None" = None) -> "Subspace":
        """Return a subspace C of `within` with self ⊕ C = within (by default, the whole space).

        The choice is canonical: C is spanned by the vectors of the canonical basis of `within`
        that are not combinations of earlier ones and of self.

        Raises
        ------
        InputError
            If self is not contained in `within`.

        Examples
        --------
        >>> Subspace([[1, 1, 0]]).complement().basis
        Matrix([[1, 0, 0], [0, 0, 1]])
        """
        if within is not None:
            as_instance(within, Subspace, "within", "a Subspace")
        larger = Subspace.whole(self.ambient_dimension, self.field) if within is None else within
        if not self <= larger:
            raise InputError("a complement is taken inside a subspace that contains this one")
        # Coordinates in the basis of `larger` are read off at its pivots.
        coordinates = self.basis[:, larger.pivots]
        count = self.dimension
        columns = Matrix.hstack([coordinates.T, Matrix.identity(larger.dimension, self.field)])
        chosen = [pivot - count for pivot in rref(columns)[1] if pivot >= count]
        return Subspace.from_echelon(
            larger.basis[chosen, :], tuple(larger.pivots[i] for i in chosen)
        )

    def orthogonal_complement(self) -> "Subspace":
        """Return the vectors y with Σ x_s ȳ_s = 0 for every x here.

        Together with this space they span the whole space. Over fields with a real embedding, ȳ is
        y; over others it is the complex conjugate. Without it, see `annihilator`.

        Raises
        ------
        InputError
            If the field has neither a real embedding nor complex conjugation.

        Examples
        --------
        >>> Subspace([[1, 1, 0]]).orthogonal_complement().basis
        Matrix([[1, -1, 0], [0, 0, 1]])
        """
        return self.basis.conjugate().null_space()

    def projection(self) -> Matrix:
        """Return the n x n matrix of the orthogonal projection onto this space, for columns.

        Raises
        ------
        InputError
            If the field has neither a real embedding nor complex conjugation.

        Examples
        --------
        >>> Subspace([[1, 1]]).projection()
        Matrix([['1/2', '1/2'], ['1/2', '1/2']])
        """
        dual = self.basis.conjugate()
        return self.basis.T @ (dual @ self.basis.T).inverse() @ dual

    def annihilator(self) -> "Subspace":
        """Return the vectors y with Σ x_s y_s = 0 for every x here, without conjugation.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> line = Subspace([[1, "a"]], NumberField("x^2 + 1"))
        >>> line.annihilator() == line, line.orthogonal_complement() == line
        (True, False)
        """
        return self.basis.null_space()

    def image(self, matrix: Matrix) -> "Subspace":
        """Return {A x : x here} for an m x n matrix A.

        Raises
        ------
        ShapeError
            If A does not have n columns.

        Examples
        --------
        >>> Subspace([[1, 1]]).image(Matrix([[1, 0], [0, 1], [1, 1]])).basis
        Matrix([[1, 1, 2]])
        """
        as_instance(matrix, Matrix, "matrix", "a Matrix")
        if matrix.ncols != self.ambient_dimension:
            raise ShapeError(
                f"expected a matrix with {self.ambient_dimension} columns, not {matrix.ncols}",
                expected=self.ambient_dimension,
                found=matrix.ncols,
            )
        return Subspace(self.basis @ matrix.T)

    def preimage(self, matrix: Matrix) -> "Subspace":
        """Return {x : A x is here} for an n x m matrix A.

        Raises
        ------
        ShapeError
            If A does not have n rows.

        Examples
        --------
        >>> Subspace([[1, 1]]).preimage(Matrix([[1, 0], [0, 1]])).basis
        Matrix([[1, 1]])
        """
        as_instance(matrix, Matrix, "matrix", "a Matrix")
        if matrix.nrows != self.ambient_dimension:
            raise ShapeError(
                f"expected a matrix with {self.ambient_dimension} rows, not {matrix.nrows}",
                expected=self.ambient_dimension,
                found=matrix.nrows,
            )
        return self._residue(matrix.T).T.null_space()


Matrix._subspace_class = Subspace

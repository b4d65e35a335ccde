"""The span of some vectors as a value: a canonical basis, its members, and texts.

`Subspace` adds sums, intersections, complements and images.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Self

from linnet_exact.algebra.fields.field import Field, Scalar
from linnet_exact.algebra.matrices.echelon import rref
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.errors import ShapeError
from linnet_exact.frozen import Frozen

__all__ = ["Span"]


class Span(Frozen):
    """The span of some vectors, named by the reduced row echelon form of any of its bases.

    Examples
    --------
    >>> Span([[2, 2, 0], [1, 1, 0]]) == Span([[1, 1, 0]])
    True
    """

    __slots__ = ("basis", "pivots")

    basis: Matrix
    pivots: tuple[int, ...]

    def __init__(
        self, spanning: Any, field: Field | None = None, ambient_dimension: int | None = None
    ) -> None:
        matrix = Matrix(spanning, field)
        if ambient_dimension is not None and matrix.shape == (0, 0):
            matrix = Matrix.zero(0, ambient_dimension, matrix.field)
        if ambient_dimension is not None and matrix.ncols != ambient_dimension:
            raise ShapeError(
                f"expected vectors of length {ambient_dimension}, not {matrix.ncols}",
                expected=ambient_dimension,
                found=matrix.ncols,
            )
        basis, pivots = rref(matrix)
        object.__setattr__(self, "basis", basis)
        object.__setattr__(self, "pivots", pivots)

    @classmethod
    def from_echelon(cls, basis: Matrix, pivots: tuple[int, ...]) -> Self:
        """Take over a basis that is in reduced row echelon form already, with its pivots.

        Examples
        --------
        >>> from linnet_exact.algebra import Subspace
        >>> Subspace.from_echelon(*Matrix([[2, 4], [1, 2]]).rref())
        Subspace(Matrix([[1, 2]]))
        """
        space = object.__new__(cls)
        object.__setattr__(space, "basis", basis)
        object.__setattr__(space, "pivots", pivots)
        return space

    @property
    def field(self) -> Field:
        """The field of the coordinates."""
        return self.basis.field

    @property
    def dimension(self) -> int:
        """The number of basis vectors."""
        return self.basis.nrows

    @property
    def ambient_dimension(self) -> int:
        """The length of the vectors."""
        return self.basis.ncols

    @property
    def dim(self) -> int:
        """The dimension.

        Examples
        --------
        >>> from linnet_exact.algebra import Subspace
        >>> Subspace([[1, 1, 0]]).dim
        1
        """
        return self.dimension

    def __iter__(self) -> Iterator[tuple[Scalar, ...]]:
        """Iterate over the basis vectors, as tuples."""
        return iter(self.basis)

    def __contains__(self, vector: Any) -> bool:
        """Return whether a vector, given as a list or as a one-row or one-column matrix, is here.

        Raises
        ------
        ShapeError
            If the vector does not have the length of the ambient space.
        """
        if getattr(vector, "ndim", None) == 1:  # a NumPy array with one axis
            vector = list(vector)
        row = Matrix([vector] if isinstance(vector, Sequence) else vector)
        if row.ncols != self.ambient_dimension and row.ncols == 1:
            row = row.T
        if row.shape != (1, self.ambient_dimension):
            raise ShapeError(
                f"expected a vector of length {self.ambient_dimension}, "
                f"not a {row.nrows}x{row.ncols} matrix"
            )
        return self._residue(row).is_zero()

    def _residue(self, vectors: Matrix) -> Matrix:
        """Reduce row vectors modulo this subspace; the residue is zero exactly for members."""
        return vectors - vectors[:, self.pivots] @ self.basis

    def _require_same_space(self, other: "Span") -> None:
        if self.ambient_dimension != other.ambient_dimension:
            raise ShapeError(
                f"subspaces of different spaces: dimension {self.ambient_dimension} "
                f"and {other.ambient_dimension}"
            )

    def __eq__(self, other: object) -> bool:
        return self.basis == other.basis if isinstance(other, Span) else NotImplemented

    def __hash__(self) -> int:
        return hash((Span, self.basis))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_echelon, (self.basis, self.pivots)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.basis!r})"

    def __str__(self) -> str:
        return f"{self._title()}:\n{self.basis}" if self.dimension else self._title()

    def _repr_html_(self) -> str:
        return f"<p>{escape(self._title())}</p>{self.basis._repr_html_()}"

    def _repr_latex_(self) -> str:
        return rf"$\operatorname{{span}}\ \text{{of the rows of}}\ {self.basis._repr_latex_()[1:]}"

    def _title(self) -> str:
        where = f"{self.ambient_dimension}-space over {self.field!r}"
        return f"the subspace of dimension {self.dimension} in {where}, spanned by the rows"

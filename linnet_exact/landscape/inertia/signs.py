"""Signs of exact numbers, and symmetric matrices."""

from linnet_exact.algebra import Field, FieldElement, Matrix, NumberField
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.numbers.root_isolation import number_of_real_roots
from linnet_exact.errors import InputError, ShapeError

__all__ = ["require_real", "require_symmetric", "sign"]


def sign(number: Scalar) -> int:
    """Return -1, 0 or 1.

    Examples
    --------
    >>> from linnet_exact.algebra import QQ
    >>> sign(QQ("-1/2"))
    -1
    """
    if isinstance(number, FieldElement):
        return number.sign()
    return (number > 0) - (number < 0)


def require_real(field: Field, name: str = "the matrix") -> None:
    """Refuse fields whose elements have no signs.

    Raises
    ------
    InputError
        If the field has no real embedding.

    Examples
    --------
    >>> require_real(NumberField("sqrt(2)"))
    """
    if isinstance(field, NumberField) and field.degree > 1 and field.root is None:
        several = number_of_real_roots(field.integer_polynomial) > 0
        hint = "; choose a real root of its polynomial with near=" if several else ""
        raise InputError(
            f"{name} is over {field!r}, which has no real embedding, so its numbers have no "
            f"signs{hint}"
        )


def require_symmetric(matrix: Matrix, name: str = "the matrix") -> None:
    """Refuse matrices that are not real and symmetric; eigenvalues of others need not be real.

    Raises
    ------
    ShapeError
        If the matrix is not square.
    InputError
        If it is not symmetric, with the first entry that shows it, or its field is not real.

    Examples
    --------
    >>> require_symmetric(Matrix([[1, 2], [3, 4]]))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: the matrix is not symmetric: row 1, column 2 is 2, row 2, \
column 1 is 3
    """
    if matrix.nrows != matrix.ncols:
        raise ShapeError(f"{name} must be square, not {matrix.nrows}x{matrix.ncols}")
    require_real(matrix.field, name)
    if matrix == matrix.T:
        return
    rows = matrix.rows()
    i, j = next(
        (i, j) for i in range(len(rows)) for j in range(i, len(rows)) if rows[i][j] != rows[j][i]
    )
    write = matrix.field.format
    raise InputError(
        f"{name} is not symmetric: row {i + 1}, column {j + 1} is {write(rows[i][j])}, "
        f"row {j + 1}, column {i + 1} is {write(rows[j][i])}"
    )

"""From what users hold to integer matrices over a common denominator.

The readers here return ``(coefficients, denominator)``: e integer matrices N_0, ..., N_{e-1} and an
integer d > 0 that stand for (N_0 + N_1 a + ... + N_{e-1} a^(e-1)) / d, not yet in lowest terms.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import lcm
from random import Random
from typing import Any, TypeAlias

from flint import fmpq_mat, fmpz, fmpz_mat

from linnet_exact.algebra.arrays.floats import float_coefficients
from linnet_exact.algebra.fields.field import QQ, Field, common_field
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.algebra.numbers.rational import is_complex
from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError, ShapeError

__all__ = [
    "Coefficients",
    "Shape",
    "in_rows",
    "lowest_terms",
    "read_entries",
    "require_shape",
    "require_square",
]

Coefficients: TypeAlias = tuple[fmpz_mat, ...]
Shape: TypeAlias = tuple[int, int]

FEW, SUMS = 48, 4
"""Up to so many entries are looked at one by one; of more, the squared number of sums."""

IN_QUOTIENTS = frozenset((int, float, Fraction))
"""Types of rational numbers that say which quotients of integers they are."""


def read_entries(
    rows: Any, field: Field | None, shape: Shape | None
) -> tuple[Field, Coefficients, int | fmpz]:
    """Read a matrix given as rows, or as a NumPy, SymPy or FLINT matrix.

    Returns
    -------
    field, coefficients, denominator
        The field is the one asked for, or the smallest that holds the entries: for complex numbers
        Q(i), for SymPy's irrational numbers the field that they generate.

    Raises
    ------
    ShapeError
        If rows are ragged or are not sequences. That the shape is the one asked for is not
        checked here: the shape is only used where there is no row to tell the number of columns.
    InputError
        If an entry is not in the field; the message gives its row and column, counted from 1.

    Examples
    --------
    >>> read_entries([[1, "1/2"]], None, None)
    (QQ, ([2, 1],), 2)
    """
    kind = type(rows).__module__.partition(".")[0]
    if kind == "flint":
        if not isinstance(rows, fmpz_mat | fmpq_mat):
            raise InputError(f"expected an fmpz_mat or fmpq_mat, not {type(rows).__name__}")
        numerators, denominator = fmpq_mat(rows).numer_denom()
        return QQ, (numerators,), denominator
    if kind == "numpy" and rows.ndim != 2:
        raise ShapeError(f"expected an array with 2 axes, not {rows.ndim}")
    # Entry by entry for np.matrix, which cannot be raveled, and masked arrays, which have holes.
    plain = kind == "numpy" and type(rows).__name__ == "ndarray"
    if plain and rows.dtype.name in ("float64", "float32", "float16"):
        return QQ, *float_coefficients(rows)
    if kind == "sympy" and not hasattr(rows, "tolist"):
        raise ShapeError(f"expected a SymPy matrix with entries, not {type(rows).__name__}")
    if kind in ("numpy", "sympy"):
        shape = rows.shape
        # An object array keeps what tolist() would round, such as a long double.
        rows = rows.astype(object).tolist() if kind == "numpy" else rows.tolist()
    flat, shape = _flatten(rows, shape)
    field = field or _field_of(flat)
    return field, *_integer_coefficients(flat, shape, field)


def in_rows(nrows: int, ncols: int, entries: Any) -> list[list[Any]]:
    """Return a flat list of entries as rows, for ``Matrix(2, 3, [1, 2, 3, 4, 5, 6])``.

    Raises
    ------
    ShapeError
        If the entries are no list, or not as many as the shape says.

    Examples
    --------
    >>> in_rows(2, 1, [3, 4])
    [[3], [4]]
    """
    require_shape(nrows, ncols)
    if isinstance(entries, str | bytes) or not isinstance(entries, Sequence):
        raise ShapeError(
            f"after two sizes, entries must be a flat list of numbers, not {type(entries).__name__}"
        )
    if len(entries) != nrows * ncols:
        raise ShapeError(
            f"a {nrows}x{ncols} matrix has {nrows * ncols} entries, not {len(entries)}"
        )
    return [list(entries[i * ncols : (i + 1) * ncols]) for i in range(nrows)]


def lowest_terms(coefficients: Coefficients, denominator: int | fmpz) -> tuple[Coefficients, fmpz]:
    """Divide out what the denominator has in common with all entries.

    Examples
    --------
    >>> lowest_terms((fmpz_mat([[2, 4]]),), 6)
    (([1, 2],), 3)
    """
    if denominator == 1:
        return coefficients, fmpz(1)
    if denominator <= 0:
        if not denominator:
            raise ZeroDivisionError("the denominator of a matrix is 0")
        coefficients, denominator = tuple(-matrix for matrix in coefficients), -denominator
    common = fmpz(denominator)
    for matrix in coefficients:
        for entry in _samples(matrix):
            common = common.gcd(entry)
            if common == 1:  # mostly after a few entries
                return coefficients, fmpz(denominator)
    divided = _divided(coefficients, common)
    if any(part * common != matrix for part, matrix in zip(divided, coefficients, strict=True)):
        for entry in chain.from_iterable(matrix.entries() for matrix in coefficients):
            common = common.gcd(entry)
        divided = _divided(coefficients, common)
    return divided, denominator // common


def _samples(matrix: fmpz_mat) -> Iterator[fmpz]:
    """Yield the entries, or if they are many some of them and sums of multiples of all.

    What divides these sums divides nearly always all entries.
    """
    nrows, ncols = matrix.nrows(), matrix.ncols()
    if nrows * ncols <= FEW:
        yield from matrix.entries()
        return
    yield from (matrix[i, i] for i in range(min(nrows, ncols, SUMS)))
    yield from (_weights(nrows).transpose() * (matrix * _weights(ncols))).entries()


@lru_cache(maxsize=64)
def _weights(size: int) -> fmpz_mat:
    """Return weights, those of the first sum odd: of floats, often a single numerator is odd."""
    random = Random(size)
    return fmpz_mat(
        size, SUMS, [random.getrandbits(16) | (at % SUMS == 0) for at in range(size * SUMS)]
    )


def _divided(coefficients: Coefficients, divisor: fmpz) -> Coefficients:
    shape = coefficients[0].nrows(), coefficients[0].ncols()
    lists = ([entry // divisor for entry in matrix.entries()] for matrix in coefficients)
    return tuple(fmpz_mat(*shape, entries) for entries in lists)


def require_shape(nrows: int, ncols: int) -> None:
    """Raise a `ShapeError` unless both numbers can be dimensions; FLINT aborts on negative ones.

    Examples
    --------
    >>> require_shape(0, 3)
    """
    for size, name in ((nrows, "rows"), (ncols, "columns")):
        as_integer(size, f"the number of {name}")
    if nrows < 0 or ncols < 0:
        raise ShapeError(f"a matrix cannot have {nrows} rows and {ncols} columns")


def require_square(nrows: int, ncols: int) -> None:
    """Raise a `ShapeError` unless a matrix of this shape is square.

    Examples
    --------
    >>> require_square(2, 2)
    """
    if nrows != ncols:
        raise ShapeError(f"expected a square matrix, not one that is {nrows}x{ncols}")


def _flatten(rows: Any, shape: Shape | None) -> tuple[list[Any], Shape]:
    if isinstance(rows, str | bytes) or not isinstance(rows, Sequence):
        raise ShapeError(f"a matrix must be a list of rows, not {type(rows).__name__}")
    for number, row in enumerate(rows, start=1):
        if isinstance(row, str | bytes) or not isinstance(row, Sequence):
            raise ShapeError(f"row {number} must be a list of entries, not {type(row).__name__}")
        if len(row) != len(rows[0]):
            raise ShapeError(
                f"row {number} has length {len(row)}, expected {len(rows[0])} as in row 1"
            )
    found = (len(rows), len(rows[0])) if rows else (0, shape[1] if shape else 0)
    return [entry for row in rows for entry in row], found


def _field_of(entries: Sequence[Any]) -> Field:
    if {*map(type, entries)} <= {*IN_QUOTIENTS, str}:
        return QQ
    fields = (getattr(entry, "field", QQ) for entry in entries)
    known = [field for field in fields if isinstance(field, Field)]
    outside = dict.fromkeys(entry for entry in entries if _is_irrational(entry))
    if any(map(_is_imaginary, outside)):
        known.append(NumberField("x^2 + 1", generator="i"))
    elif outside:
        with suppress(InputError):  # it is raised again where the entry's place is known
            known.append(NumberField(*outside))
    return common_field(known)


def _is_irrational(entry: Any) -> bool:
    if is_complex(entry):
        return bool(entry.imag)
    is_number = type(entry).__module__.partition(".")[0] == "sympy"
    return is_number and not (entry.is_Rational or entry.is_Float)


def _is_imaginary(entry: Any) -> bool:
    return is_complex(entry) or not entry.is_real


def _integer_coefficients(
    entries: Sequence[Any], shape: Shape, field: Field
) -> tuple[Coefficients, int]:
    if (numerators := _over_one_denominator(entries)) is not None:
        rest = (fmpz_mat(*shape) for _ in range(field.degree - 1))
        return (fmpz_mat(*shape, numerators[0]), *rest), numerators[1]
    coordinates = []
    for position, entry in enumerate(entries):
        try:
            coordinates.append(field.coordinates(entry))
        except InputError as error:
            row, column = divmod(position, shape[1])
            raise InputError(f"row {row + 1}, column {column + 1}: {error}") from None
    denominator = lcm(*(d for _, d in coordinates))
    scaled = [[c * (denominator // d) for c in numbers] for numbers, d in coordinates]
    parts = (fmpz_mat(*shape, [numbers[k] for numbers in scaled]) for k in range(field.degree))
    return tuple(parts), denominator


def _over_one_denominator(entries: Sequence[Any]) -> tuple[Sequence[int], int] | None:
    """Return numerators and denominator if each entry is Python's own and rational."""
    kinds = {*map(type, entries)}
    if kinds <= {int}:
        return entries, 1
    if not kinds <= IN_QUOTIENTS:
        return None
    try:
        quotients = [entry.as_integer_ratio() for entry in entries]
    except (OverflowError, ValueError):  # infinity and nan
        return None
    denominators = {denominator for _, denominator in quotients}
    common = lcm(*denominators)
    factors = {denominator: common // denominator for denominator in denominators}
    return [numerator * factors[denominator] for numerator, denominator in quotients], common

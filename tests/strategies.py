"""Hypothesis strategies for exact numbers, matrices and subspaces, over any field.

`FIELDS` is the list of fields that every law of algebra is tested over; a new kind of field joins
the conformance tests by one more entry.
"""

from fractions import Fraction

from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Field, Matrix, Subspace
from linnet_exact.algebra.fields.field import Scalar
from tests.strategies_fields import NUMBER_FIELDS

FIELDS: list[Field] = [QQ, *NUMBER_FIELDS]

SIZES = st.integers(0, 4)


def rationals() -> st.SearchStrategy[Fraction]:
    """Small rationals, zero and integers being likely: ranks drop, denominators differ."""
    integers = [0, 1, -1, 0, 2, -2, 3, 0, -7]
    quotients = ["1/2", "-1/2", "1/3", "-2/3", "5/4", "7/6", "-9/5"]
    return st.sampled_from([*map(Fraction, integers), *map(Fraction, quotients)])


def any_rationals() -> st.SearchStrategy[Fraction]:
    """Rationals of any size."""
    return st.fractions()


@st.composite
def elements(draw: st.DrawFn, field: Field) -> Scalar:
    """Elements of a field, by their coordinates."""
    numbers = [draw(rationals()) for _ in range(field.degree)]
    denominator = 1
    for number in numbers:
        denominator *= number.denominator
    return field.element([int(number * denominator) for number in numbers], denominator)


@st.composite
def matrices(
    draw: st.DrawFn,
    field: Field = QQ,
    nrows: int | st.SearchStrategy[int] = SIZES,
    ncols: int | st.SearchStrategy[int] = SIZES,
) -> Matrix:
    """Matrices of the given or of any small shape, empty ones included; low ranks are likely."""
    m, n = (draw(s) if isinstance(s, st.SearchStrategy) else s for s in (nrows, ncols))

    def dense(rows: int, columns: int) -> Matrix:
        entries = [[draw(elements(field)) for _ in range(columns)] for _ in range(rows)]
        return Matrix(entries, field, (rows, columns))

    inner = draw(st.integers(0, min(m, n)))
    return dense(m, n) if inner == min(m, n) else dense(m, inner) @ dense(inner, n)


@st.composite
def subspaces(
    draw: st.DrawFn, field: Field = QQ, ambient: int | st.SearchStrategy[int] = SIZES
) -> Subspace:
    """Subspaces of the given or of any small ambient space, from a spanning set of any length."""
    n = draw(ambient) if isinstance(ambient, st.SearchStrategy) else ambient
    return Subspace(draw(matrices(field, ncols=n)))

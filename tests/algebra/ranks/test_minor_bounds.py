"""Bounds on bordering minors: above every one of them, and rounded as they say, no further.

They are compared with products of lengths in plain integers and with all minors, one by one.
"""

from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import numpy as np
import pytest
from flint import arb, ctx, fmpz_mat
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf, polyroots

from linnet_exact import Matrix, NumberField
from linnet_exact.algebra import QQ
from linnet_exact.algebra.ranks.minor_bounds import _embeddings, _nearest, bordered_norm_bound
from linnet_exact.algebra.ranks.primitive_part import WORD


def by_rows(rows: list[list], chosen: tuple, columns: tuple):
    """Hadamard's bound on the squares of the bordering minors, with the longest border."""
    lengths = []
    for row in rows:
        border = [x * x for j, x in enumerate(row) if j not in columns]
        lengths.append(sum(row[j] * row[j] for j in columns) + max(border, default=0))
    last = max((x for i, x in enumerate(lengths) if i not in chosen), default=0)
    return prod(lengths[i] for i in chosen) * last


def transposed(rows: list[list]) -> list[list]:
    return [list(column) for column in zip(*rows, strict=True)]


def rounded_up(rows: list[list[int]]) -> list[list[int]]:
    """To as many bits, counted in each row from its largest entry, as leave room for a sum."""
    kept = (WORD - len(rows[0]).bit_length()) // 2
    found = []
    for row in rows:
        unit = 2 ** max(max(abs(x).bit_length() for x in row) - kept, 0)
        found.append([-(-abs(x) // unit) * unit for x in row])
    return found


def bordering(rows: list[list], chosen: tuple, columns: tuple):
    for i, j in product(range(len(rows)), range(len(rows[0]))):
        if i not in chosen and j not in columns:
            yield [[rows[r][c] for c in (*columns, j)] for r in (*chosen, i)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[list[int]], tuple, tuple]:
    """Matrices with entries of very different sizes, and the place of a block."""
    m, n = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    size = st.sampled_from([1, 2, 10, 29, 30, 31, 32, 53, 62, 63, 64, 200, 1000])
    entry = size.flatmap(lambda bits: st.integers(-(2**bits), 2**bits))
    rows = draw(st.lists(st.lists(entry, min_size=n, max_size=n), min_size=m, max_size=m))
    r = draw(st.integers(0, min(m, n)))
    chosen = draw(st.permutations(range(m)))[:r]
    columns = draw(st.permutations(range(n)))[:r]
    return rows, tuple(sorted(chosen)), tuple(sorted(columns))


@given(cases())
@settings(max_examples=200)
def test_rational_bounds_are_above_all_minors_and_rounded_up_by_bits(case) -> None:
    rows, chosen, columns = case
    words = all(abs(x) < 2**WORD for row in rows for x in row)
    array = np.array([rows], dtype=np.int64 if words else object)
    bound = bordered_norm_bound(array, chosen, columns, QQ)
    exact = min(by_rows(rows, chosen, columns), by_rows(transposed(rows), columns, chosen))
    rounded = min(
        by_rows(rounded_up(rows), chosen, columns),
        by_rows(rounded_up(transposed(rows)), columns, chosen),
    )
    assert exact < bound == rounded + 2
    for block in bordering(rows, chosen, columns):
        assert int(fmpz_mat(block).det()) ** 2 < bound


FIELDS = {
    "sqrt 2": NumberField("sqrt(2)"),
    "large generator": NumberField("10^9*sqrt(3)"),
    "small generator": NumberField("cbrt(2)/1000"),
    "not integral": NumberField("x^2 - 2/3", near=1),
    "imaginary": NumberField("x^2 + x + 1"),
    "cubic": NumberField("x^3 - x - 1"),
    "quartic": NumberField("sqrt(2) + sqrt(3)"),
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("bits", [1, 8, 40, 300])
def test_norms_of_bordering_minors_are_below_the_bound(field: NumberField, bits: int) -> None:
    """And the bound is at most a few bits a row above that of Hadamard, in many digits."""
    numbers, top = Random(bits), 2**bits
    for m, n in ((2, 2), (2, 3), (3, 3)):
        parts = [
            [[numbers.randint(-top, top) for _ in range(n)] for _ in range(m)]
            for _ in range(field.degree)
        ]
        array = np.array(parts, dtype=np.int64 if bits < WORD else object)
        for r in range(min(m, n)):
            chosen, columns = tuple(range(r)), tuple(range(n - r, n))
            bound = bordered_norm_bound(array, chosen, columns, field)
            scaled = elements(parts, field)
            for block in bordering(scaled, chosen, columns):
                norm = Fraction(field(Matrix(block, field).det()).norm())
                assert norm.denominator == 1
                assert norm**2 < bound
            exact = over_embeddings(parts, chosen, columns, field)
            assert exact <= bound <= 2 + exact * 4 ** ((r + 1) * field.degree)


def leading_power(field: NumberField) -> int:
    """c^(e-1) for the common denominator c of the minimal polynomial."""
    return int(field.integer_polynomial[field.degree]) ** (field.degree - 1)


def elements(parts: list, field: NumberField) -> list[list]:
    c = leading_power(field)
    rows = zip(*parts, strict=True)
    return [
        [field.element([c * x for x in entry], 1) for entry in zip(*row, strict=True)]
        for row in rows
    ]


def over_embeddings(parts: list, chosen: tuple, columns: tuple, field: NumberField) -> int:
    """Hadamard's bound, multiplied over the complex embeddings, with 400 digits, rounded down."""
    with mp.workdps(400):
        coefficients = [mpf(int(c)) for c in field.integer_polynomial.coeffs()][::-1]
        total = mpf(1)
        for root in polyroots(coefficients, maxsteps=500, extraprec=2000):
            images = [
                [
                    abs(leading_power(field) * sum(x * root**k for k, x in enumerate(entry)))
                    for entry in zip(*row, strict=True)
                ]
                for row in zip(*parts, strict=True)
            ]
            by_columns = by_rows(transposed(images), columns, chosen)
            total *= min(by_rows(images, chosen, columns), by_columns)
        return int(total)


@given(st.integers(-(2**80), 2**80), st.integers(-90, 90))
def test_the_nearest_integer(mantissa: int, exponent: int) -> None:
    with ctx.workprec(200):
        ball = arb(mantissa) * arb(2) ** exponent
    point = Fraction(mantissa) * Fraction(2) ** exponent
    assert abs(_nearest(ball) - point) <= Fraction(1, 2)


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_images_of_powers_are_off_by_at_most_one(field: NumberField) -> None:
    """A real embedding has no imaginary part; pairs of others are both there."""
    found = _embeddings(field)
    e, c = field.degree, int(field.integer_polynomial[field.degree])
    with mp.workdps(100):
        coefficients = [mpf(int(x)) for x in field.integer_polynomial.coeffs()][::-1]
        roots = polyroots(coefficients, maxsteps=500, extraprec=2000)
        exact = [[c ** (e - 1) * root**k * 2**16 for k in range(e)] for root in roots]
        for each in found:
            imaginary = each.imaginary or (0,) * e
            near = [
                row
                for row in exact
                if all(abs(x.real - n) <= 1 for x, n in zip(row, each.real, strict=True))
                and all(abs(x.imag - n) <= 1 for x, n in zip(row, imaginary, strict=True))
            ]
            assert len(near) == 1
    assert len(set(found)) == e
    assert sum(not each.imaginary for each in found) == sum(
        abs(root.imag) < 1e-50 for root in roots
    )

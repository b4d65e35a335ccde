"""Types that NumPy lacks, number by number, beside their definitions."""

from fractions import Fraction
from math import isnan

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import read_weights
from linnet_exact.files.tensors.entries import STORED, itemsize, real_numbers
from tests.files.tensors.test_safetensors_file import by_hand, described


def by_definition(bits: int, exponent_bits: int, fraction_bits: int) -> Fraction:
    """Return sign, exponent and fraction as the number that they are if no exponent is special."""
    bias = 2 ** (exponent_bits - 1) - 1
    exponent, fraction = bits >> fraction_bits & 2**exponent_bits - 1, bits % 2**fraction_bits
    part = Fraction(fraction, 2**fraction_bits) + (exponent > 0)
    sign = (-1) ** (bits >> exponent_bits + fraction_bits)
    return sign * part * Fraction(2) ** (max(exponent, 1) - bias)


@pytest.mark.parametrize(
    ("kind", "name", "form", "largest", "none"),
    [
        ("float8_e4m3fn", "F8_E4M3", (4, 3), 448, {0x7F, 0xFF}),
        ("float8_e5m2", "F8_E5M2", (5, 2), 57344, {*range(0x7C, 0x80), *range(0xFC, 0x100)}),
    ],
)
def test_every_float8(tmp_path, kind: str, name: str, form, largest: int, none: set) -> None:
    numbers = real_numbers(np.arange(256, dtype="u1"), kind).astype(float)
    assert {bits for bits in range(256) if not np.isfinite(numbers[bits])} == none
    finite = sorted(set(range(256)) - none)
    assert max(numbers[finite]) == largest
    header = {"w": described(name, [1, len(finite)], 0, len(finite))}
    (matrix,) = read_weights(by_hand(tmp_path, header, bytes(finite))).matrices
    assert matrix.rows()[0] == [by_definition(bits, *form) for bits in finite]
    for bits in none:
        header = {"w": described(name, [1, 1], 0, 1)}
        with pytest.raises(
            FileError, match=r"w: row 1, column 1: .* finite number, not (nan|-?inf)"
        ):
            read_weights(by_hand(tmp_path, header, bytes([bits])))


def test_as_the_package_ml_dtypes_says() -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    for kind in ("float8_e4m3fn", "float8_e5m2", "bfloat16"):
        stored = np.arange(2 ** (8 * itemsize(kind))).astype(STORED[kind])
        expected = stored.view(getattr(ml_dtypes, kind)).astype("f4").tolist()
        for found, number in zip(real_numbers(stored, kind).tolist(), expected, strict=True):
            assert found == number or (isnan(found) and isnan(number))


def test_truth_is_one() -> None:
    assert real_numbers(np.array([0, 1, 2], "u1"), "bool").tolist() == [0, 1, 1]

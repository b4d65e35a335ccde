"""Integers of any length as text, against the interpreter without its guard."""

import sys
from collections.abc import Iterator

import pytest

from linnet_exact.errors import InputError
from linnet_exact.strata.values.json_integers import (
    decimal_text,
    integer_from_jsonable,
    integer_to_jsonable,
    jsonable,
)


@pytest.fixture
def no_guard() -> Iterator[None]:
    before = sys.get_int_max_str_digits()
    yield
    sys.set_int_max_str_digits(before)


def test_decimal_text_of_any_length(no_guard: None) -> None:
    lengths = [*range(30), *range(3990, 4010), *range(4290, 4310), 7999, 8000, 8001, 12_345]
    numbers = [n for e in lengths for n in (10**e - 1, 10**e, 10**e + 7, 10**e // 3, 2**e)]
    texts = [decimal_text(sign * n) for n in numbers for sign in (1, -1)]  # with the guard
    sys.set_int_max_str_digits(0)
    assert texts == [str(sign * n) for n in numbers for sign in (1, -1)]


def test_where_doubles_begin_to_round() -> None:
    for sign in (1, -1):
        assert integer_to_jsonable(sign * (2**53 - 1)) == sign * (2**53 - 1)
        assert integer_to_jsonable(sign * 2**53) == str(sign * 2**53)
        assert jsonable([sign * 2**53, True, None, 0.5, {3: (1,)}]) == [
            str(sign * 2**53), True, None, 0.5, {"3": [1]},
        ]  # fmt: skip


def test_what_is_read_as_an_integer() -> None:
    for value, expected in [("-7", -7), (5, 5), ("0012", 12), ("9" * 4000, 10**4000 - 1)]:
        assert integer_from_jsonable(value, "n") == expected
    for value in ["9" * 4001, "", "-", "+1", "1.0", "1 ", "\u0663", 1.0, True, None, [1]]:
        with pytest.raises(InputError, match=r"^n must be an integer, not") as caught:
            integer_from_jsonable(value, "n")
        assert len(str(caught.value)) < 80

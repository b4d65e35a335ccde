"""Exact arithmetic with limits: what the operators and functions of expressions do."""

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import comb
from typing import Any

from linnet_exact.errors import InputError

__all__ = [
    "BINARY",
    "COMPARISONS",
    "UndefinedError",
    "binomial",
    "exact_range",
    "exact_sum",
    "integer",
]

_MAX_BITS = 4096
_MAX_EXPONENT = 1000
_MAX_RANGE = 10_000
_MAX_BINOMIAL = 2_000

Number = int | Fraction


class UndefinedError(InputError):
    """An expression has no value in a case: it divides by zero, or looks beyond a sequence's end.

    Examples
    --------
    >>> _divide(1, 0)
    Traceback (most recent call last):
    ...
    linnet_exact.claims.language.arithmetic.UndefinedError: division by zero
    """


def integer(number: Number, what: str) -> int:
    """Return a number that must be an integer.

    Raises
    ------
    UndefinedError
        If it is a fraction, or was written as a decimal; it says that `what` needs integers.

    Examples
    --------
    >>> integer(2, "a slice")
    2
    """
    if not isinstance(number, int):
        raise UndefinedError(f"{what} needs integers, not {number} as a fraction")
    return int(number)


def _add(a: Number, b: Number) -> Number:
    return _bounded(a + b, "a sum")


def _subtract(a: Number, b: Number) -> Number:
    return _bounded(a - b, "a difference")


def exact_sum(numbers: Iterable[Number]) -> Number:
    """Return a sum, of numbers or of truth values.

    Raises
    ------
    InputError
        If it gets more than 4096 bits.

    Examples
    --------
    >>> exact_sum([1, Fraction(1, 2), Fraction(1, 2), True])
    3
    """
    total: Number = 0
    for number in numbers:
        total = _add(total, number)
    return total


def _divide(a: Number, b: Number) -> Number:
    if b == 0:
        raise UndefinedError("division by zero")
    return _bounded(Fraction(a) / b, "a quotient")


def _floor_divide(a: Number, b: Number) -> Number:
    if b == 0:
        raise UndefinedError("division by zero")
    return a // b


def _remainder(a: Number, b: Number) -> Number:
    if b == 0:
        raise UndefinedError("division by zero")
    return a % b


def _power(a: Number, b: Number) -> Number:
    if b != int(b):
        raise InputError(f"an exponent must be an integer, not {b}")
    if a == 0 and b < 0:
        raise UndefinedError("division by zero")
    exponent = int(b)
    if abs(exponent) > _MAX_EXPONENT or _bits(a) * abs(exponent) > _MAX_BITS:
        raise InputError(f"a power would have more than {_MAX_BITS} bits or a huge exponent")
    return _shortest(Fraction(a) ** exponent)


def _multiply(a: Number, b: Number) -> Number:
    return _bounded(a * b, "a product")


def _bounded(number: Number, what: str) -> Number:
    if _bits(number) > _MAX_BITS:
        raise InputError(f"{what} has more than {_MAX_BITS} bits")
    return _shortest(number)


def _shortest(number: Number) -> Number:
    return number.numerator if number.denominator == 1 else number


def _bits(number: Number) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def binomial(n: Number, k: Number) -> int:
    """Return the binomial coefficient, 0 for k < 0 and for k > n.

    Raises
    ------
    UndefinedError
        If n or k is no integer.
    InputError
        If n is not between 0 and 2000.

    Examples
    --------
    >>> binomial(4, 2), binomial(4, 5), binomial(4, -1)
    (6, 0, 0)
    """
    n, k = integer(n, "binomial"), integer(k, "binomial")
    if not 0 <= n <= _MAX_BINOMIAL:
        raise InputError(f"binomial(n, k) is for 0 <= n <= {_MAX_BINOMIAL}, not {n}")
    return comb(n, k) if k >= 0 else 0


def exact_range(*ends: Number) -> range:
    """Return Python's range, of at most 10,000 numbers.

    Raises
    ------
    UndefinedError
        If an end is no integer, or the step is 0.
    InputError
        If the range is longer.

    Examples
    --------
    >>> list(exact_range(1, 4))
    [1, 2, 3]
    """
    integers = [integer(end, "range") for end in ends]
    if len(ends) == 3 and ends[2] == 0:
        raise UndefinedError("a range with step 0")
    # Where Python cannot say how long a range is, it is too long.
    numbers = range(*integers)
    if numbers[_MAX_RANGE:]:
        raise InputError(f"a range may have at most {_MAX_RANGE} numbers")
    return numbers


BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "Add": _add,
    "Sub": _subtract,
    "Mult": _multiply,
    "Div": _divide,
    "FloorDiv": _floor_divide,
    "Mod": _remainder,
    "Pow": _power,
}

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "In": lambda a, b: a in b,
    "NotIn": lambda a, b: a not in b,
}

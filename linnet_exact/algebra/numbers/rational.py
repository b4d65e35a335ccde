"""Exact conversion of numbers to rationals, and back to text.

Everything that enters the exact world as a rational number passes through `to_fraction`.
Floats become the dyadic rationals they are; nothing is ever rounded.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from numbers import Complex, Rational, Real
from typing import Any, cast

from linnet_exact.errors import InputError

__all__ = ["format_rational", "is_complex", "parse_rational", "to_fraction"]

MAX_DIGITS = 100_000
"""Longest numeral, and largest decimal exponent, that is read from text."""

_NUMERAL = re.compile(
    r"""(?P<sign>[+-]?)
        (?: (?P<numerator>\d+) \s*/\s* (?P<denominator>\d+)
          | (?P<whole>\d*) (?:\.(?P<decimals>\d*))? (?:[eE](?P<exponent>[+-]?\d+))? )""",
    re.VERBOSE | re.ASCII,
)


def parse_rational(text: str) -> Fraction:
    """Read a rational number from text, exactly.

    Parameters
    ----------
    text : str
        An integer, a quotient of integers or a decimal: ``"3"``, ``"-3/4"``, ``"-1.25e-3"``.

    Raises
    ------
    InputError
        If the text is anything else, divides by zero, or has more than `MAX_DIGITS` digits.

    Examples
    --------
    >>> parse_rational("-1.25e-3"), parse_rational("6/4"), parse_rational("0.1")
    (Fraction(-1, 800), Fraction(3, 2), Fraction(1, 10))
    """
    if len(text) > MAX_DIGITS:
        raise InputError(f"a number may have at most {MAX_DIGITS} characters, not {len(text)}")
    match = _NUMERAL.fullmatch(text.strip())
    if match is None or not (
        match["numerator"] or match["whole"] or match["decimals"]
    ):  # "", "." and "e5" match the pattern but hold no digit
        raise InputError(f"expected a number such as 3, -3/4 or 1.25e-3, not {_clip(text)}")
    sign = -1 if match["sign"] == "-" else 1
    if match["numerator"]:
        denominator = _integer(match["denominator"])
        if denominator == 0:
            raise InputError(f"division by zero in {_clip(text)}")
        return Fraction(sign * _integer(match["numerator"]), denominator)
    decimals = match["decimals"] or ""
    exponent = _integer(match["exponent"] or "0")
    if abs(exponent) > MAX_DIGITS:
        raise InputError(f"the exponent of {_clip(text)} must be at most {MAX_DIGITS} in size")
    shift = exponent - len(decimals)
    digits = sign * _integer((match["whole"] or "") + decimals)
    return Fraction(digits * 10**shift) if shift >= 0 else Fraction(digits, 10**-shift)


def to_fraction(value: object) -> Fraction:
    """Convert a number to the rational that it is.

    Parameters
    ----------
    value : int, Fraction, Decimal, str, float, or a FLINT, SymPy or NumPy number
        A float stands for its exact dyadic value: ``0.1`` is not one tenth, ``"0.1"`` is.

    Raises
    ------
    InputError
        If the value is not a number, not finite, or not rational.

    Examples
    --------
    >>> to_fraction("0.1") == Fraction(1, 10), to_fraction(0.1) == Fraction(1, 10)
    (True, False)
    >>> import flint, sympy
    >>> to_fraction(flint.fmpq(3, 4)), to_fraction(sympy.Rational(3, 4)), to_fraction(0.375)
    (Fraction(3, 4), Fraction(3, 4), Fraction(3, 8))
    """
    if isinstance(value, int | Rational):  # bool, SymPy and NumPy integers register here too
        return _from_parts(value)
    if isinstance(value, str):
        return parse_rational(value)
    if isinstance(value, type):
        raise _not_rational(value)
    reader = _READERS.get(type(value).__module__.partition(".")[0])
    if reader is not None:
        return reader(value)
    raise _not_rational(value)


def is_complex(value: object) -> bool:
    """Return whether a value is a complex number of Python or NumPy; its parts are floats.

    Examples
    --------
    >>> is_complex(1j), is_complex(1.0)
    (True, False)
    """
    return isinstance(value, Complex) and not isinstance(value, Real)


def format_rational(value: Fraction) -> str:
    """Write a rational as ``"p/q"``, or ``"p"`` when it is an integer.

    Examples
    --------
    >>> format_rational(Fraction(-6, 4)), format_rational(Fraction(2))
    ('-3/2', '2')
    """
    # FLINT prints integers of any size; int.__str__ refuses above 4300 digits.
    from flint import fmpz

    numerator = str(fmpz(value.numerator))
    return numerator if value.denominator == 1 else f"{numerator}/{fmpz(value.denominator)}"


def _from_parts(value: Any) -> Fraction:
    """Read numerator and denominator, which are methods in Sage."""
    parts = (part() if callable(part) else part for part in (value.numerator, value.denominator))
    return Fraction(*map(int, parts))


def _from_sage(value: object) -> Fraction:
    if hasattr(value, "numerator") and hasattr(value, "denominator"):
        return _from_parts(value)
    raise _not_rational(value)


def _from_float(value: object) -> Fraction:
    if is_complex(value) and not cast(Any, value).imag:
        return to_fraction(cast(Any, value).real)
    ratio: Callable[[], tuple[int, int]] | None = getattr(value, "as_integer_ratio", None)
    if ratio is None:
        raise _not_rational(value)
    try:
        return Fraction(*ratio())
    except (OverflowError, ValueError):  # infinity, nan
        raise InputError(f"expected a finite number, not {value}") from None


def _from_numpy(value: object) -> Fraction:
    import numpy as np

    return Fraction(int(value)) if isinstance(value, np.bool_) else _from_float(value)


def _from_flint(value: object) -> Fraction:
    from flint import fmpq, fmpz

    if isinstance(value, fmpz):
        return Fraction(int(value))
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    raise InputError(f"expected an fmpz or fmpq, not {type(value).__name__}")


def _from_sympy(value: object) -> Fraction:
    import sympy

    if isinstance(value, sympy.Float):
        sign, mantissa, exponent, _ = value._mpf_
        if abs(exponent) > 4 * MAX_DIGITS:
            raise InputError(f"the exponent of {value} must be at most {MAX_DIGITS} in size")
        return Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** int(exponent)
    raise _not_rational(value)


def _from_decimal(value: object) -> Fraction:
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > MAX_DIGITS:
        raise InputError(f"the exponent of {value:.5g} must be at most {MAX_DIGITS} in size")
    return _from_float(value)


_READERS: dict[str, Callable[[object], Fraction]] = {
    "builtins": _from_float,
    "numpy": _from_numpy,
    "decimal": _from_decimal,
    "flint": _from_flint,
    "sympy": _from_sympy,
    "sage": _from_sage,
}


def _integer(digits: str) -> int:
    from flint import fmpz

    return int(fmpz(digits)) if len(digits) > 4000 else int(digits or "0")


def _not_rational(value: object) -> InputError:
    return InputError(
        f"expected a rational number, not {_clip(str(value))} ({type(value).__name__})"
    )


def _clip(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")

"""Arguments of a wrong type, refused by name before anything is done with them."""

from numbers import Integral
from typing import Any, TypeVar

from linnet_exact.errors import InputError, WrongTypeError

__all__ = ["require", "require_bits", "require_count"]

T = TypeVar("T")

MAX_BITS = 10_000_000
"""Most bits of precision that may be asked for."""


def require(value: Any, kind: type[T], name: str, forms: str) -> T:
    """Return a value of the class it must have, or raise an error that names the argument.

    Examples
    --------
    >>> require(None, int, "size", "an integer")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.WrongTypeError: size must be an integer, not NoneType
    """
    if not isinstance(value, kind):
        raise WrongTypeError(f"{name} must be {forms}, not {type(value).__name__}")
    return value


def require_count(value: object, name: str) -> int:
    """Return an integer of at least 1.

    Examples
    --------
    >>> require_count(3, "rows")
    3
    """
    count = int(require(value, Integral, name, "an integer of at least 1"))  # type: ignore[type-abstract]
    if count < 1:
        raise InputError(f"{name} must be an integer of at least 1, not {count}")
    return count


def require_bits(value: object) -> int:
    """Return a number of bits of precision.

    Examples
    --------
    >>> require_bits(53)
    53
    """
    bits = require_count(value, "bits")
    if bits > MAX_BITS:
        raise InputError(f"bits must be at most {MAX_BITS}, not {bits}")
    return bits

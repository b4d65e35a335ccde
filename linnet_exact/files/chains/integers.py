"""Integers of the notation of chains: numbers, variables, and + - * // % between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from linnet_exact.errors import InputError

__all__ = ["LARGEST", "Integer", "Operation", "integer_text", "value_of", "variables_of"]

LARGEST = 10**17
"""Bound on every number that is written or computed, in absolute value."""

_STRENGTH = {"+": 1, "-": 1, "*": 2, "//": 2, "%": 2}


@dataclass(frozen=True)
class Operation:
    """One of ``+ - * // %`` between two integers."""

    sign: str
    left: "Integer"
    right: "Integer"


Integer: TypeAlias = int | str | Operation
"""A number, the name of a variable, or an operation."""


def value_of(integer: Integer, variables: Mapping[str, int]) -> int:
    """Return the number that an integer stands for.

    Raises
    ------
    InputError
        If a variable has no value, a divisor is 0, or a number is above `LARGEST`.

    Examples
    --------
    >>> value_of(Operation("*", "h", Operation("+", "d", 1)), {"h": 2, "d": 31})
    64
    """
    if isinstance(integer, int):
        return integer
    if isinstance(integer, str):
        if integer not in variables:
            raise InputError(f"{integer} has no value; {integer} = 0 in the chain gives it one")
        return variables[integer]
    left, right = value_of(integer.left, variables), value_of(integer.right, variables)
    if integer.sign in ("//", "%") and right == 0:
        raise InputError(f"{integer_text(integer)} divides by 0")
    value = {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "//": lambda: left // right,
        "%": lambda: left % right,
    }[integer.sign]()
    if abs(value) > LARGEST:
        raise InputError(f"{integer_text(integer)} is {value}, above {LARGEST}")
    return value


def variables_of(integer: Integer) -> Iterator[str]:
    """Yield the names of the variables in an integer.

    Examples
    --------
    >>> list(variables_of(Operation("*", "h", "d")))
    ['h', 'd']
    """
    if isinstance(integer, str):
        yield integer
    elif isinstance(integer, Operation):
        yield from variables_of(integer.left)
        yield from variables_of(integer.right)


def integer_text(integer: Integer, within: int = 0) -> str:
    """Return the one spelling of an integer, with no parentheses that can be left out.

    Parameters
    ----------
    within : int
        How strongly what stands around it binds.

    Examples
    --------
    >>> integer_text(Operation("*", Operation("+", "h", 1), "d"))
    '(h+1)*d'
    """
    if not isinstance(integer, Operation):
        return str(integer) if isinstance(integer, str) or integer >= 0 else f"({integer})"
    strength = _STRENGTH[integer.sign]
    left, right = integer_text(integer.left, strength), integer_text(integer.right, strength + 1)
    text = f"{left}{integer.sign}{right}"
    return f"({text})" if strength < within else text

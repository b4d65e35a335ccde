"""Every public callable of the algebra, called with what it cannot take: refused in one line."""

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from linnet_exact.algebra import QQ, Matrix, NumberField, Subspace, field_from_jsonable
from linnet_exact.errors import LinnetError

K = NumberField("sqrt(2)")
L = NumberField("x^3 - 2", near=1)
OBJECTS: dict[str, Any] = {
    "QQ": QQ,
    "field": K,
    "element": K.gen,
    "matrix": Matrix([[1, 2], [3, K.gen]]),
    "subspace": Subspace([[1, 2]]),
    "Matrix": Matrix,
    "Subspace": Subspace,
    "NumberField": NumberField,
}
WRONG: list[Any] = [
    *("", "x y", "\x1b[31m", None, [], [1], {}, {"a": 1}, object(), 1.5, -1, 3, True, b"1", ...),
    *(np.zeros(2), np.zeros((2, 3)), np.array(["a"]), L, L.gen, K, Matrix([[L.gen]]), int, 1j),
    Subspace([[1, 2, 3]]),
]
# They take what other modules have checked: integer matrices, polynomials, coordinates.
INNER = {"from_coefficients", "from_definition", "from_echelon", "element"}


def callables() -> Iterator[Any]:
    yield pytest.param(field_from_jsonable, id="field_from_jsonable")
    for name, owner in OBJECTS.items():
        if callable(owner):
            yield pytest.param(owner, id=name)
        for member in dir(owner):
            value = None if member.startswith("_") else getattr(owner, member, None)
            if member in INNER or not inspect.isroutine(value):
                continue
            if inspect.isclass(owner) and inspect.isfunction(value):
                continue  # a method without its object
            yield pytest.param(value, id=f"{name}.{member}")


@pytest.mark.parametrize("function", list(callables()))
def test_wrong_types_are_refused_in_one_line(function: Any) -> None:
    parameters = inspect.signature(function).parameters.values()
    some = [p for p in parameters if p.kind is not p.KEYWORD_ONLY]
    many = any(p.kind is p.VAR_POSITIONAL for p in some)
    least = sum(p.default is p.empty and p.kind is not p.VAR_POSITIONAL for p in some)
    for count in range(max(least, 1), 3 if many else len(some) + 1):
        for at, first in enumerate(WRONG):
            arguments = [first, *(WRONG[(at + 7 * k) % len(WRONG)] for k in range(1, count))]
            message = refusal(function, arguments)
            assert "\n" not in message
            assert "\x1b" not in message


def refusal(function: Any, arguments: list[Any]) -> str:
    """Return what the refusal says, or nothing; other exceptions are not caught."""
    try:
        function(*arguments)
    except LinnetError as error:
        return str(error)
    return ""

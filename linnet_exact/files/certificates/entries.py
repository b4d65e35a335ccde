"""Fields, matrices and their entries in certificates: the one way in which they are written."""

import re
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple

from linnet_exact.algebra import QQ, Field, Matrix, NumberField
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.files.certificates.document import (
    INTEGER,
    items,
    members,
    number,
    rational,
    require_lowest_terms,
    shown,
    text,
)
from linnet_exact.files.json_weights import Work
from linnet_exact.strata.values.notation import MAX_DEPTH

__all__ = ["NamedField", "field_of", "matrix", "scalar", "weights_of"]

_DECIMAL = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"
_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_MOST_COEFFICIENTS = 65


class NamedField(NamedTuple):
    """A field, and what its generator is called in the document.

    Entries are read by that name, whatever the name means elsewhere.
    """

    field: Field
    generator: str = ""


def field_of(value: Any, place: str = "field") -> NamedField:
    """Return the field that a description stands for.

    Examples
    --------
    >>> field_of({"generator": "s", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4"})
    NamedField(field=NumberField('x^2 - 2', near='1.4142'), generator='s')
    """
    if value == "QQ":
        return NamedField(QQ)
    described = members(value, place, ("generator", "minimal_polynomial"), ("near",))
    name = text(described["generator"], f"{place}.generator", _NAME)
    listed = f"{place}.minimal_polynomial"
    coefficients = items(described["minimal_polynomial"], listed, _integer_text, least=2)
    if len(coefficients) > _MOST_COEFFICIENTS:
        raise InputError(f"{listed} may have degree at most {_MOST_COEFFICIENTS - 1}")
    if coefficients[-1] <= 0 or gcd(*coefficients) != 1:
        raise InputError(f"{listed} must have no common divisor, and a positive leading term")
    near = described.get("near")
    if near is not None:
        text(near, f"{place}.near", _DECIMAL)
        if near == "-0":
            raise InputError(f"{place}.near: write 0, not -0")
    elif "near" in described:
        raise InputError(f"{place}.near must be a text")
    try:
        return NamedField(NumberField(coefficients, near=near), name)
    except (InputError, TooLargeError) as error:
        raise InputError(f"{place}: {error}") from None


def matrix(value: Any, place: str, named: NamedField, work: Work | None = None) -> Matrix:
    """Return the matrix of a list of rows, all of one length, in a field.

    Examples
    --------
    >>> matrix([[1, "1/2"]], "W_1", NamedField(QQ))
    Matrix([[1, '1/2']])
    >>> matrix([[1, "0 4"]], "W_1", NamedField(QQ))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: W_1[0][1]: '0 4' is no number such as 3, '-1/2'
    """
    work = work or Work()
    work.next_matrix()

    def entry(value: Any, place: str) -> Scalar:
        found = _entry(value, place, named)
        work.add(*named.field.coordinates(found))
        return found

    def row(value: Any, place: str) -> list[Scalar]:
        return items(value, place, entry, least=1)

    rows = items(value, place, row, least=1)
    if len({len(row) for row in rows}) > 1:
        raise InputError(f"{place} has rows of different lengths")
    return Matrix(rows, named.field)


def weights_of(value: Any, place: str, named: NamedField) -> list[Matrix]:
    """Return a list of matrices; whether they can be multiplied is not looked at.

    Examples
    --------
    >>> weights_of([[[1]], [[2, 3]]], "weights", NamedField(QQ))
    [Matrix([[1]]), Matrix([[2, 3]])]
    """
    work = Work()
    found = items(value, place, lambda rows, at: matrix(rows, at, named, work), least=1)
    if len(found) > MAX_DEPTH:
        raise InputError(f"{place}: more than {MAX_DEPTH} matrices")
    return found


def scalar(value: Any, place: str, named: NamedField) -> Scalar:
    """Return an entry of a matrix in a field.

    Examples
    --------
    >>> scalar("1/2 - 3*s", "epsilon", field_of(
    ...     {"generator": "s", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4"}))
    FieldElement('1/2 - 3*a')
    """
    return _entry(value, place, named)


def _entry(value: Any, place: str, named: NamedField) -> Scalar:
    field, name = named
    if isinstance(value, str) and name and field.degree > 1 and name in value:
        return field.element(*_coordinates(value, place, named))
    found = number(value, place)
    return found if field is QQ else field(found)


def _coordinates(value: str, place: str, named: NamedField) -> tuple[list[int], int]:
    """Read terms c*a^k, k going up, joined by signs."""
    degree = named.field.degree
    term = re.compile(
        rf"([1-9][0-9]*(?:/[1-9][0-9]*)?)"
        rf"|(?:([1-9][0-9]*(?:/[1-9][0-9]*)?)\*)?{named.generator}(?:\^([1-9][0-9]?))?"
    )
    parts = ["-" if value.startswith("-") else "+", *value.removeprefix("-").split(" ")]
    coordinates, last = [Fraction(0)] * degree, -1
    for sign, part in zip(parts[::2], [*parts[1::2], ""], strict=False):
        match = term.fullmatch(part)
        power = 0 if match and match[1] else int(match[3] or 1) if match else -1
        size = match and rational(match[1] or match[2] or "1")
        if match is None or not size or sign not in ("+", "-") or not last < power < degree:
            raise InputError(f"{place}: {shown(value)} is no number of the field as it is written")
        if match[2] == "1" or match[3] == "1":
            raise InputError(f"{place}: {shown(value)}: a factor 1 and a power 1 are left out")
        require_lowest_terms(match[1] or match[2] or "1", size, place)
        coordinates[power], last = (-size if sign == "-" else size), power
    if len(parts) % 2 or last < 1:
        raise InputError(f"{place}: {shown(value)} is no number of the field as it is written")
    common = lcm(*(c.denominator for c in coordinates))
    return [int(c * common) for c in coordinates], common


def _integer_text(value: Any, place: str) -> int:
    text(value, place, INTEGER)
    found = rational(value)
    assert found is not None
    return found.numerator

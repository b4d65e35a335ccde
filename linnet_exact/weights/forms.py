"""Fields and matrices as callers give them: the values themselves, their texts, their rows."""

from typing import Any

from linnet_exact.algebra import QQ, Field, Matrix, NumberField
from linnet_exact.arguments import wrong_type
from linnet_exact.errors import InputError

__all__ = ["as_field", "as_matrix"]


def as_field(value: Any, name: str = "field") -> Field:
    """Return the field that `value` is, or that the text of its generator gives.

    Raises
    ------
    InputError
        If it is neither; `name` is that of the argument, for the message.

    Examples
    --------
    >>> as_field("QQ"), as_field("sqrt(2)")
    (QQ, NumberField('sqrt(2)'))
    """
    if isinstance(value, str):
        try:
            return QQ if value.strip() == "QQ" else NumberField(value)
        except InputError as error:
            raise InputError(f"{name}: {error}") from None
    if isinstance(value, type) or not isinstance(value, Field):
        forms = "QQ, a NumberField or its text such as 'sqrt(2)'"
        raise wrong_type(name, forms, value)
    return value


def as_matrix(value: Any, name: str) -> Matrix:
    """Return the matrix that `value` is, or that its rows give.

    Raises
    ------
    InputError
        If it is neither; `name` is that of the argument, for the message.

    Examples
    --------
    >>> as_matrix([[1, "1/2"]], "target")
    Matrix([[1, '1/2']])
    """
    if isinstance(value, Matrix):
        return value
    if value is None or isinstance(value, str | bytes | dict):
        raise wrong_type(name, "a Matrix, its rows in a list, or an array", value)
    try:
        return Matrix(value)
    except InputError as error:
        raise type(error)(f"{name}: {error}") from None

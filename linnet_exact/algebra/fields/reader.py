"""Reading the description of a number field in files, under the key ``"field"``."""

from linnet_exact.algebra.fields.field import QQ, Field
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.errors import InputError

__all__ = ["field_from_jsonable"]

KEYS = {"generator", "minimal_polynomial", "near"}


def field_from_jsonable(value: object) -> Field:
    """Return the field that the ``"field"`` value of a file describes.

    Parameters
    ----------
    value : str or dict
        ``"QQ"``, or the keys ``generator``, ``minimal_polynomial`` (integers or rational texts,
        constant term first, degree at most 64) and, for a real embedding, ``near``.

    Raises
    ------
    InputError
        If the value is anything else, or does not define a field.

    Examples
    --------
    >>> field_from_jsonable("QQ")
    QQ
    >>> field_from_jsonable({"generator": "a", "minimal_polynomial": [-2, 0, 1], "near": "1.4"})
    NumberField('x^2 - 2', near='1.4142')
    """
    if isinstance(value, str) and value == "QQ":
        return QQ
    if not isinstance(value, dict):
        raise InputError('field must be "QQ" or an object with the key "minimal_polynomial"')
    unknown = sorted(map(str, value.keys() - KEYS))
    if unknown:
        raise InputError(
            f"unknown key in field: {unknown[0]!r}; known are {', '.join(sorted(KEYS))}"
        )
    coefficients = value.get("minimal_polynomial")
    if not isinstance(coefficients, list):
        raise InputError("field.minimal_polynomial must be a list, constant term first")
    for c in coefficients:
        _check_number(c, "field.minimal_polynomial")
    generator = value.get("generator", "a")
    if not isinstance(generator, str):
        raise InputError("field.generator must be a text")
    near = value.get("near")
    if near is not None:
        _check_number(near, "field.near")
    return NumberField(coefficients, generator=generator, near=near)


def _check_number(value: object, place: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise InputError(f'{place} must hold integers or texts such as "1/2", not {value!r}')

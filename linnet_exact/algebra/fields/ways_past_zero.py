"""Which numbers of a field can be moved to 1 along a straight line that avoids 0."""

from flint import fmpq, fmpq_poly

from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.field import Field, Scalar
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.algebra.numbers.root_isolation import number_of_real_roots, real_roots
from linnet_exact.errors import InputError

__all__ = ["avoids_zero", "has_signs", "waypoint"]


def has_signs(field: Field) -> bool:
    """Return whether numbers of the field are real numbers, with signs.

    Returns
    -------
    bool
        True for Q and for fields with a real embedding; False for fields that have none.

    Raises
    ------
    InputError
        If the field has real embeddings of which none was chosen: signs then depend on the choice.

    Examples
    --------
    >>> has_signs(NumberField("sqrt(2)")), has_signs(NumberField("x^2 + 1"))
    (True, False)
    """
    if not isinstance(field, NumberField) or field.root is not None:
        return True
    if number_of_real_roots(field.integer_polynomial):
        raise InputError(f"{field!r} has several real embeddings; choose one with near=")
    return False


def avoids_zero(number: Scalar) -> bool:
    """Return whether the straight line from 1 to `number` avoids 0.

    Over the reals, whether the number is positive. In a field without real embeddings, whether no
    complex embedding makes it zero or a negative real number.

    Examples
    --------
    >>> K = NumberField("x^2 + 1")
    >>> avoids_zero(K(-1)), avoids_zero(K("a")), avoids_zero(K(2))
    (False, True, True)
    """
    if not isinstance(number, FieldElement) or has_signs(number.field):
        return number > 0
    coefficients = [fmpq(c.numerator, c.denominator) for c in number.minimal_polynomial()]
    roots = real_roots(fmpq_poly(coefficients).numer(), 64)
    return bool(number) and not any(root.real < 0 for root in roots)


def waypoint(number: Scalar) -> FieldElement:
    """Return a z such that the straight lines from 1 to z and from z to `number` avoid 0.

    In a field without real embeddings a + m is real under none of them, for any integer m, and few
    m make number / (a + m) a negative real one.

    Raises
    ------
    InputError
        If the field has signs: no way leads past 0 then.

    Examples
    --------
    >>> K = NumberField("x^2 + 1")
    >>> waypoint(K(-2))
    FieldElement('a')
    """
    if not isinstance(number, FieldElement) or has_signs(number.field):
        raise InputError(f"real numbers cannot be moved past 0, to {number}")
    candidate = number.field.gen
    while not avoids_zero(number / candidate):
        candidate = candidate + 1
    return candidate

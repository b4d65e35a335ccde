"""Fields made for given real numbers: they hold them all, and are no larger than it takes."""

from collections.abc import Sequence

from linnet_exact.algebra.fields.definition import primitive_element
from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.membership import find_in_field
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber

__all__ = ["common_elements"]


def common_elements(numbers: Sequence[AlgebraicNumber], generator: str = "a") -> list[FieldElement]:
    """Return real numbers as elements of the one field that they generate together.

    Raises
    ------
    TooLargeError
        If the degrees are too large.

    Examples
    --------
    >>> from fractions import Fraction
    >>> two, three = (AlgebraicNumber.rational(Fraction(n)).radical(2) for n in (2, 3))
    >>> common_elements([two, three])
    [FieldElement('-9/2*a + 1/2*a^3'), FieldElement('11/2*a - 1/2*a^3')]
    """
    definition = primitive_element(numbers, [None] * len(numbers))
    field = NumberField.from_definition(definition, generator)
    found = [find_in_field(number, field) for number in numbers]
    return [element for element in found if element is not None]

"""What definitions may cost: limits are as large as they say, and rational numbers are free."""

from fractions import Fraction

import pytest
from flint import fmpz_poly

from linnet_exact.algebra import NumberField
from linnet_exact.algebra.fields import scopes
from linnet_exact.algebra.fields.definition import Definition
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.errors import InputError, TooLargeError


def test_operations_count_by_the_degrees_of_their_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "MAX_DEGREES", 5)
    half = AlgebraicNumber.rational(Fraction(1, 2))
    root, cube = half.radical(2), half.radical(3)
    for values, fits in [([root] * 5, True), ([root] * 6, False), ([cube, cube, root], True),
                         ([cube] * 3, False), ([half] * 100 + [root] * 5, True)]:  # fmt: skip
        scope = scopes.AlgebraicScope()
        for value in values[:-1]:
            scope.limit(value)
        if fits:
            scope.limit(values[-1])
        else:
            with pytest.raises(TooLargeError, match="too many operations"):
                scope.limit(values[-1])


def test_the_size_of_a_minimal_polynomial_is_bounded_by_its_degree() -> None:
    with pytest.raises(TooLargeError, match=r"of degree 2 may .* at most 200000 bits, not 200001"):
        NumberField([2**200_000 + 1, 0, 1], near=1)
    with pytest.raises(TooLargeError, match="degree at most 64, not 65"):
        NumberField([-2, *[0] * 64, 1], near=1)


def test_bits_of_values_and_powers_in_a_field() -> None:
    """400,000 for the coordinates together; a power of a gains the bits of the polynomial, too."""
    field = NumberField("x^2 - 2")
    scope, a = scopes.FieldScope(field), field.gen
    fine = [(field(2**399_999), 1), (a * 2**199_999, 1), (a + 1, 133_333), (a - 1, 133_333)]
    fine += [(field(3), 200_000), (a, 133_333)]
    for value, exponent in fine:
        scope.limit(value, exponent)
    refused = [(field(2**400_000), 1), (a * 2**200_000, 1), (a + 1, 133_334), (a - 1, 133_334)]
    refused += [(field(3), 200_001), (a, 133_334)]
    for value, exponent in refused:
        with pytest.raises(InputError, match="at most 400000 bits"):
            scope.limit(value, exponent)


def test_powers_of_the_generator_below_the_degree_are_free() -> None:
    polynomial = fmpz_poly([-3 * 2**250_000, 0, 0, 1])
    field = NumberField.from_definition(Definition(polynomial, None, None))
    scope = scopes.FieldScope(field)
    scope.limit(field.gen, 2)
    for value, exponent in ((field.gen, 3), (field.gen + 1, 2), (field.gen - 1, 2)):
        with pytest.raises(InputError, match="at most 400000 bits"):
            scope.limit(value, exponent)

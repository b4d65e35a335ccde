"""What definitions may cost: limits are as large as they say, and rational numbers are free."""

from fractions import Fraction

import pytest

from linnet_exact.algebra import NumberField
from linnet_exact.algebra.fields import scopes
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.errors import TooLargeError


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

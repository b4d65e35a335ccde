"""What expressions may cost: the limit is as large as it says, and rational numbers are free."""

from fractions import Fraction

import pytest

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

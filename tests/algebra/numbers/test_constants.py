"""zeta(n), golden and i in texts."""

import cmath
from fractions import Fraction

import pytest
import sympy

from linnet_exact.algebra import QQ, NumberField
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.errors import InputError, LinnetError


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 30, 60])
def test_roots_of_unity(order: int) -> None:
    ball = AlgebraicNumber.root_of_unity(order).enclosure(53)
    found = complex(float(ball.real), float(ball.imag))
    assert found == pytest.approx(cmath.exp(2j * cmath.pi / order))
    field = NumberField(f"zeta({order})")
    root = field(f"zeta({order})")
    assert root**order == 1
    assert all(root**k != 1 for k in range(1, order))
    assert sum(root**k for k in range(order)) == (order == 1)


@pytest.mark.parametrize("conductor", [3, 4, 5, 12, 15])
def test_roots_of_unity_in_a_cyclotomic_field(conductor: int) -> None:
    field = NumberField(f"zeta({conductor})")
    both = 2 * conductor if conductor % 2 else conductor
    for order in range(1, 31):
        if both % order:
            with pytest.raises(InputError, match="is not in the field"):
                field(f"zeta({order})")
            continue
        root = field(f"zeta({order})")
        images = [complex(float(z.real), float(z.imag)) for z in root.conjugates()]
        generators = [complex(float(z.real), float(z.imag)) for z in field.gen.conjugates()]
        at = min(
            range(field.degree),
            key=lambda k: abs(generators[k] - cmath.exp(2j * cmath.pi / conductor)),
        )
        assert images[at] == pytest.approx(cmath.exp(2j * cmath.pi / order))


def test_golden_ratio_and_imaginary_unit() -> None:
    golden = NumberField("golden").gen
    assert golden**2 == golden + 1
    assert golden > Fraction(8, 5)
    assert NumberField("sqrt(5)")("2*golden - 1") == NumberField("sqrt(5)").gen
    assert NumberField("i").gen ** 2 == -1
    assert NumberField("sqrt(2)", "i").degree == 4
    assert NumberField("i + 1").gen ** 2 == 2 * NumberField("i + 1").gen - 2
    assert NumberField("sqrt(2)")("zeta(2) + zeta(1)") == 0


@pytest.mark.parametrize(
    "text", ["zeta(0)", "zeta()", "zeta(1.5)", "zeta(-3)", "zeta(5", "zeta(10000)", "zeta(x)"]
)
def test_refusals(text: str) -> None:
    with pytest.raises(LinnetError):
        NumberField(text)
    with pytest.raises(LinnetError):
        QQ("zeta(3)")
    with pytest.raises(LinnetError):
        NumberField("sqrt(2)")("zeta(3)")
    with pytest.raises(LinnetError):
        NumberField("sqrt(2)")("golden")


@pytest.mark.parametrize(
    "number",
    [
        AlgebraicNumber.rational(Fraction(-3, 4)),
        AlgebraicNumber.rational(Fraction(-3)).radical(2),
        AlgebraicNumber.rational(Fraction(2)).radical(3),
        *(AlgebraicNumber.root_of_unity(order) for order in (3, 4, 5, 7, 8)),
        AlgebraicNumber.root_of_unity(5) ** 3,
        AlgebraicNumber.root_of_unity(5) + AlgebraicNumber.rational(Fraction(1, 3)),
    ],
)
def test_sympy_takes_algebraic_numbers_exactly(number: AlgebraicNumber) -> None:
    theirs = sympy.sympify(number)
    ball = number.enclosure(53)
    assert complex(theirs) == pytest.approx(complex(float(ball.real), float(ball.imag)))
    polynomial = sympy.minimal_polynomial(theirs, sympy.Symbol("x"), polys=True)
    assert [int(c) for c in reversed(polynomial.all_coeffs())] == number.polynomial.coeffs()
    assert not theirs.has(sympy.Float)

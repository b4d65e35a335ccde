"""Products of powers of q and q^k − 1: their irreducible factors, against SymPy."""

import pytest
import sympy

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Network
from linnet_exact.strata.formulas import q_product
from linnet_exact.strata.formulas.points import stratum_point_count
from linnet_exact.strata.formulas.q_product import QProduct, cyclotomic


def test_cyclotomic_polynomials() -> None:
    q = sympy.Symbol("q")
    for n in range(1, 40):
        expected = sympy.Poly(sympy.cyclotomic_poly(n, q), q).all_coeffs()[::-1]
        assert cyclotomic(n).coefficients() == expected


def test_the_euler_characteristic_is_the_value_at_one() -> None:
    for factors in [(), ((1, 1),), ((1, -1), (2, 1)), ((2, -2), (4, 1), (6, 1)), ((3, 2), (1, -2))]:
        product = QProduct(3, factors)
        assert product.euler_characteristic == sum(product.coefficients()), factors


@pytest.mark.parametrize("factors", [((5, 2),), ((3, 1), (7, 3)), ((1, -1), (6, 1)), ((9, 4),)])
def test_the_limit_is_the_degree_times_the_number_of_factors(
    factors: tuple[tuple[int, int], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    repeated = [k for k, m in factors for _ in range(m)]
    work = (2 + sum(repeated)) * sum(abs(m) for _, m in factors)
    product = QProduct(2, factors)
    monkeypatch.setattr(q_product, "_TERM_LIMIT", work)
    coefficients = product.coefficients()
    assert len(coefficients) - 1 == product.degree
    monkeypatch.setattr(q_product, "_TERM_LIMIT", work - 1)
    with pytest.raises(TooLargeError, match=f"about {work} operations; the limit is {work - 1}"):
        product.coefficients()


def test_the_limit_on_bits_is_the_sum_of_all_exponents(monkeypatch: pytest.MonkeyPatch) -> None:
    for power, factors in [(3, ()), (2, ((5, 2),)), (0, ((1, -1), (6, 1))), (4, ((2, -2), (4, 3)))]:
        count = QProduct(power, factors)
        bits = power + sum(k for k, m in factors for _ in range(abs(m)))
        values = [count.at(q) for q in (2, 3, 4)]
        coefficients = count.coefficients()
        assert values == [sum(c * q**n for n, c in enumerate(coefficients)) for q in (2, 3, 4)]
        monkeypatch.setattr(q_product, "_BIT_LIMIT", 2 * bits)
        assert [count.at(q) for q in (2, 3, 4)] == values
        monkeypatch.setattr(q_product, "_BIT_LIMIT", 2 * bits - 1)
        with pytest.raises(TooLargeError, match=f"about {2 * bits * 0.30103:.0f} digits"):
            count.at(4)
        monkeypatch.undo()


def test_the_factors_multiply_to_the_product() -> None:
    counts = [stratum_point_count(s.barcode) for s in Network(3, 4, 2, 3).fiber(1).strata()]
    for count in [*counts, QProduct(0, ()), QProduct(2, ((12, 1), (4, -1)))]:
        product = QProduct(count.power, ())
        coefficients = product.coefficients()
        exponents = count.cyclotomic_exponents()
        assert min(exponents.values(), default=1) > 0
        for n, exponent in exponents.items():
            for _ in range(exponent):
                coefficients = cyclotomic(n).times(coefficients)
        assert coefficients == count.coefficients()

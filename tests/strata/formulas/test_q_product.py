"""Products of powers of q and q^k − 1: their irreducible factors, against SymPy."""

import sympy

from linnet_exact.strata import Network
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

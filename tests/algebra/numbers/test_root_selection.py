"""Which root an enclosure closes in on, and limits on what is factored."""

from cmath import exp, pi

import pytest
from flint import acb, arb, ctx, fmpq, fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra.numbers.root_isolation import _precisions, complex_roots, real_roots
from linnet_exact.algebra.numbers.root_selection import (
    limit_degree,
    locate_root,
    root_of_unity,
    select_root,
    sign_by_refinement,
)
from linnet_exact.errors import TooLargeError


@pytest.mark.parametrize("order", range(1, 25))
def test_roots_of_unity(order: int) -> None:
    polynomial, ball = root_of_unity(order)
    assert polynomial == fmpz_poly.cyclotomic(order)
    expected = exp(2j * pi / order)
    assert abs(complex(ball) - expected) < 1e-12


def test_degrees_are_limited() -> None:
    limit_degree(128)
    with pytest.raises(TooLargeError, match="degree 129; the limit is 128"):
        limit_degree(129)
    assert root_of_unity(193 // 2 + 1)[0].degree() == 96
    for order, degree in ((131, 130), (2 * 128**2, 2**14), (2 * 128**2 + 1, 2 * 128**2 + 1)):
        with pytest.raises(TooLargeError, match=f"degree {degree};"):
            root_of_unity(order)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=6), st.integers(1, 9), st.data())
def test_the_factor_and_the_root_that_enclosures_close_in_on(
    numbers: list[int], leading: int, data: st.DataObject
) -> None:
    """With balls that are wide at first, and narrow with the bits."""
    polynomial = fmpz_poly([*numbers, leading]) * fmpz_poly([-1, 3])
    polynomial = polynomial / polynomial.gcd(polynomial.derivative())
    roots = complex_roots(polynomial, 300)
    wanted = data.draw(st.sampled_from(roots))

    def enclose(bits: int) -> acb:
        radius = arb(0, 1) / 2 ** max(bits // 4 - 16, 0)
        return wanted + acb(radius, 0 if wanted.imag == 0 else radius)

    factor, ball = select_root(polynomial, enclose)
    assert polynomial % factor == 0
    assert len(factor.factor()[1]) == 1
    assert ball.overlaps(wanted)
    assert [root.overlaps(ball) for root in roots].count(True) == 1
    find = real_roots if wanted.imag == 0 else complex_roots
    index, closer = locate_root(factor, ball, 200)
    assert closer.rel_accuracy_bits() >= 200 or closer == 0
    assert closer.overlaps(wanted)
    assert find(factor, 200)[index].overlaps(wanted)


def test_the_sign_of_a_number_next_to_zero() -> None:
    for sign in (-1, 1):
        for size in (0, 70, 5000):
            number = sign * fmpq(1, 2**size)
            asked = []

            def enclose(bits: int, number: fmpq = number, asked: list[int] = asked) -> arb:
                asked.append(bits)
                with ctx.workprec(bits):
                    return arb(number) + arb(0, arb(1) / 2**bits)

            assert sign_by_refinement(enclose) == sign
            assert asked == [64 * 2**k for k in range(len(asked))]
            assert asked[-1] > size


def test_precisions_are_doubled_up_to_half_a_second_of_work() -> None:
    tops = {1: 2**13, 16: 2**13, 20: 2**12, 40: 2**10, 64: 2**9, 65: 256, 90: 256, 500: 256}
    for degree, top in tops.items():
        found = list(_precisions(degree))
        assert found == [64 * 2**k for k in range(len(found))]
        assert found[-1] == top

"""Prime powers against a sieve and against known large primes and pseudoprimes."""

import pytest

from linnet_exact.errors import InputError
from linnet_exact.strata.formulas.prime_powers import checked_prime_power


def prime_powers_below(limit: int) -> dict[int, tuple[int, int]]:
    composite = set()
    found = {}
    for p in range(2, limit):
        if p not in composite:
            composite.update(range(p * p, limit, p))
            exponent, power = 1, p
            while power < limit:
                found[power] = (p, exponent)
                exponent, power = exponent + 1, power * p
    return found


def test_small_numbers() -> None:
    expected = prime_powers_below(3000)
    for q in range(3000):
        if q in expected:
            assert checked_prime_power(q) == expected[q]
        else:
            with pytest.raises(InputError):
                checked_prime_power(q)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        (2**61 - 1, (2**61 - 1, 1)),
        (18446744073709551557, (18446744073709551557, 1)),  # the largest prime below 2^64
        (4294967291**2, (4294967291, 2)),
        (3**40, (3, 40)),
        (2**63, (2, 63)),
    ],
)
def test_large_prime_powers(q: int, expected: tuple[int, int]) -> None:
    assert checked_prime_power(q) == expected


@pytest.mark.parametrize("q", [3215031751, 3825123056546413051, 4294967291 * 4294967279])
def test_strong_pseudoprimes_are_not_taken_for_primes(q: int) -> None:
    with pytest.raises(InputError):
        checked_prime_power(q)

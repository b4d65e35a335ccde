"""Maps to prime fields: the places, the roots there, and the images of matrices."""

from itertools import islice, product
from random import Random

import pytest
from flint import fmpz, fmpz_mat

from linnet_exact.algebra import NumberField
from linnet_exact.algebra.fields.field import QQ
from linnet_exact.algebra.ranks import residue_maps
from linnet_exact.algebra.ranks.evidence import Factor, Minor, Residues, Shape
from linnet_exact.algebra.ranks.residue_maps import (
    PRIME_RANGE,
    Place,
    images,
    modular,
    places,
    random_prime,
    reduce_matrix,
    roots_modulo,
)

PRIMES = [p for p in range(2, 60) if all(p % q for q in range(2, p))]
FIELDS = [NumberField(text) for text in ("sqrt(2)", "x^3 - x - 1", "6*x^2 - 15*x + 5", "x^4 + 1")]


@pytest.mark.parametrize("field", FIELDS, ids=repr)
def test_roots_by_trying_all(field: NumberField) -> None:
    denominators = [c.denominator for c in field.minimal_polynomial]
    for prime in PRIMES:
        roots = [
            t
            for t in range(prime)
            if all(d % prime for d in denominators)
            and sum(
                c.numerator * pow(c.denominator, -1, prime) * t**k
                for k, c in enumerate(field.minimal_polynomial)
            )
            % prime
            == 0
        ]
        assert roots_modulo(field, prime) == tuple(roots)


@pytest.mark.parametrize("field", [QQ, *FIELDS], ids=repr)
def test_places_are_distinct_and_depend_on_the_seed(field: NumberField) -> None:
    first, again, other = (list(islice(places(field, seed), 5)) for seed in (0, 0, 1))
    assert first == again
    assert not {place.prime for place in first} & {place.prime for place in other}
    assert len({place.prime for place in first}) == 5
    for prime, roots in first:
        assert PRIME_RANGE[0] <= prime < PRIME_RANGE[1]
        assert fmpz(prime).is_prime()
        assert roots == roots_modulo(field, prime) != ()


def test_a_prime_that_comes_again_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residue_maps, "PRIME_RANGE", (20, 40))
    residue_maps._place.cache_clear()
    try:
        assert {place.prime for place in islice(places(QQ), 4)} == {23, 29, 31, 37}
    finally:
        residue_maps._place.cache_clear()


def test_every_prime_of_a_range_may_come() -> None:
    random = Random(1)
    assert {random_prime(random, 7, 12) for _ in range(50)} == {7, 11}
    assert {random_prime(random, 7, 11) for _ in range(50)} == {7}


def test_images_are_values_at_the_roots() -> None:
    random = Random(2)
    for e, prime in product((1, 2, 4), (7, 2**31 - 1, 2**61 - 1)):
        parts = tuple(
            fmpz_mat(2, 3, [random.randrange(-(2**70), 2**70) for _ in range(6)]) for _ in range(e)
        )
        roots = tuple(random.randrange(prime) for _ in range(3))
        found = list(images(parts, Place(prime, roots)))
        for root, image in zip(roots, found, strict=True):
            for i, j in product(range(2), range(3)):
                value = sum(int(part[i, j]) * root**k for k, part in enumerate(parts))
                assert int(image[i, j]) == value % prime
        assert reduce_matrix(parts, prime, roots[1]) == found[1]


def test_primes_of_any_size_up_to_64_bits() -> None:
    numbers = fmpz_mat([[1, 2], [3, 6 + 101]])
    for prime, rank in ((101, 1), (2**61 - 1, 2), (2**64 - 59, 2)):
        assert modular(numbers, prime).rank() == rank


def test_evidence_is_a_value() -> None:
    for value in (Minor(7, 0, (0,), (1,)), Shape(), Residues((Place(7, (0,)),), 2), Factor(2, 1)):
        same = type(value)(**vars(value))
        assert value == same
        assert hash(value) == hash(same)
        for name in vars(value):
            with pytest.raises(AttributeError):
                setattr(value, name, None)

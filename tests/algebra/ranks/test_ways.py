"""Which way a rank is found: each where it is the fastest, and all with the same result."""

from collections.abc import Callable, Iterator
from itertools import chain as joined
from itertools import product, repeat
from random import Random
from typing import Any

import pytest
from flint import fmpz_mat, nmod_mat
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.algebra.fields.field import QQ
from linnet_exact.algebra.ranks import certified
from linnet_exact.algebra.ranks.certified import (
    LEAST_BITS,
    SMALL,
    SMALL_WORK,
    SPLIT_PLACES,
    TINY,
    is_small,
    is_tiny,
    rank,
    rank_is,
    rank_is_at_least,
    rank_with_evidence,
)
from linnet_exact.algebra.ranks.chain import chain_ranks
from linnet_exact.algebra.ranks.checking import check_rank_evidence
from linnet_exact.algebra.ranks.minor_bounds import bordered_norm_bound
from linnet_exact.algebra.ranks.minors import Image
from linnet_exact.algebra.ranks.primitive_part import height_bits, primitive_part
from linnet_exact.algebra.ranks.residue_maps import Place, places, reduce_matrix

WAYS = {
    "_eliminated": "elimination",
    "has_short_null_vectors": "null vectors",
    "schur_complement_is_zero": "dyadic lifting",
    "schur_complement_vanishes": "lifting",
    "rank_exceeds": "primes",
}


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ways that were taken, in order."""
    taken: list[str] = []

    def noted(name: str) -> Callable[..., Any]:
        original = getattr(certified, name)

        def call(*arguments: Any) -> Any:
            seen = f" from {len(arguments[1])}" if name == "has_short_null_vectors" else ""
            taken.append(WAYS[name] + seen)
            return original(*arguments)

        return call

    for name in WAYS:
        monkeypatch.setattr(certified, name, noted(name))
    return taken


def scrambled(nrows: int, ncols: int, top: int = 10) -> Matrix:
    """Numbers below `top` without a pattern."""
    random = Random(top)
    return Matrix(fmpz_mat(nrows, ncols, [random.randrange(top) for _ in range(nrows * ncols)]))


def generic(size: int, middle: int, top: int = 10) -> Matrix:
    """A square matrix of a rank below its size, without short null vectors."""
    return scrambled(size, middle, top) @ scrambled(middle, size + 1, top)[:, 1:]


def test_each_way_where_it_is_the_fastest(ways: list[str]) -> None:
    copied = Matrix.vstack([scrambled(30, 40), scrambled(30, 40)[:5, :]])
    field = NumberField("sqrt(2)")
    table = [
        (scrambled(TINY, TINY), ["elimination"]),
        (scrambled(TINY + 1, TINY), []),
        (generic(TINY, 2), ["elimination"]),
        (scrambled(50, 40), []),
        (generic(SMALL, 20), ["elimination"]),
        (generic(SMALL + 1, 20, 10**6), ["null vectors from 1", "primes"]),
        (copied, ["null vectors from 1"]),
        (generic(100, 80), ["null vectors from 1", "dyadic lifting"]),
        (generic(100, 80, 10**6), ["null vectors from 1", "dyadic lifting", "lifting"]),
        (generic(SMALL // 2, 5) * field("1 + a"), ["elimination"]),
        (generic(SMALL // 2 + 1, 9, 10**9) * field("1 + a"), ["null vectors from 1", "primes"]),
    ]
    for matrix, expected in table:
        assert rank(matrix) == matrix.coefficients[0].rank()
        assert ways == expected
        ways.clear()


def test_lifting_pays_from_so_much_work_and_up_to_so_many_bits(
    ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = generic(30, 20, 10**6)  # entries are too long for dyadic lifting
    array, _ = primitive_part(matrix)
    work, bits = array.size * 20, height_bits(array)
    for change_of_work, change_of_bits in product((-1, 0, 1), repeat=2):
        monkeypatch.setattr(certified, "LIFTING_WORK", work + change_of_work)
        monkeypatch.setattr(certified, "LIFTING_BITS", bits + change_of_bits)
        evidence = rank_with_evidence(matrix)
        lifted = change_of_work <= 0 <= change_of_bits
        assert ways.pop() == ("lifting" if lifted else "primes")
        assert ways == ["null vectors from 1", *["dyadic lifting"] * (change_of_work <= 0)]
        ways.clear()
        assert evidence.upper.exponent > 1 or not lifted
        check_rank_evidence(matrix, evidence)
        assert evidence.rank == 20


@pytest.mark.parametrize("field", [QQ, NumberField("sqrt(2)")], ids=repr)
def test_more_primes_where_they_are_a_small_part_of_the_work(
    field: Any, ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Null vectors are looked for from 1, 2, 4, ... primes, up to one for so many bits."""
    matrix = generic(30, 20, 10**6) * field.element([1] * field.degree, 1)
    array, _ = primitive_part(matrix)
    bits = certified._bound_bits(array, 20, field.degree)
    for affordable in (1, 2, 3, 4, 7, 8):
        monkeypatch.setattr(certified, "BITS_FOR_A_SIGHT", bits // affordable)
        assert bits // (bits // affordable) == affordable
        evidence = rank_with_evidence(matrix)
        tried = [f"null vectors from {n}" for n in (1, 2, 4, 8) if n <= affordable]
        assert ways[: len(tried)] == tried
        assert ways[len(tried) :] in ([], ["primes"])
        check_rank_evidence(matrix, evidence)
        ways.clear()


@pytest.mark.parametrize("field", [QQ, NumberField("sqrt(2)")], ids=repr)
def test_null_vectors_are_evidence_without_further_ado(field: Any, ways: list[str]) -> None:
    """Over Q for the prime that is there already, in as high a power as it takes."""
    rows = scrambled(30, 40) * field.element([1] * field.degree, 1)
    matrix = Matrix.vstack([rows, rows[:5, :]])
    evidence = rank_with_evidence(matrix)
    assert ways == ["null vectors from 1"]
    assert evidence.rank == 30
    check_rank_evidence(matrix, evidence)
    if field.degree == 1:
        assert evidence.upper.places == (Place(evidence.lower.prime, (0,)),)
        assert evidence.upper.exponent > 1
    else:
        assert evidence.upper.exponent == 1 < len(evidence.upper.places)


def test_a_rank_alone_needs_no_bound_where_there_is_another_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By null vectors, or by dyadic lifting: a bound on minors is for evidence that is written."""
    monkeypatch.setattr(certified, "bordered_norm_bound", None)
    for matrix, found in (
        (Matrix.vstack([scrambled(30, 40), scrambled(30, 40)[:5, :]]), 30),
        (generic(100, 80), 80),
    ):
        place = next(places(QQ))
        image = Image(reduce_matrix(matrix.coefficients, place.prime, 0), 0)
        assert rank(matrix) == found
        assert rank_is(matrix, image, found)
        assert certified.basis_minor(matrix) == image.minor
        with pytest.raises(TypeError):
            rank_with_evidence(matrix)


def test_places_that_do_not_split_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    field = NumberField("sqrt(2)")
    matrix = Matrix([["a"]], field)
    split = next(place for place in places(field) if len(place.roots) == 2)
    asked: list[Place] = []

    def stubborn(*_: object) -> Iterator[Place]:
        once = [Place(split.prime, split.roots[:1])] * SPLIT_PLACES
        for place in joined([*once, split, *once, split], repeat(once[0])):
            asked.append(place)
            yield place

    monkeypatch.setattr(certified, "places", stubborn)
    image = Image(reduce_matrix(matrix.coefficients, split.prime, split.roots[0]), split.roots[0])
    found = list(certified._sights(matrix, image, 0))
    assert [[each.root for each in sight] for sight in found] == [list(split.roots)] * 2
    assert len(asked) == 3 * SPLIT_PLACES + 3


def test_over_the_rationals_the_image_comes_first_and_once() -> None:
    matrix = generic(8, 3)
    third = next(place for number, place in enumerate(places(QQ)) if number == 2)
    image = Image(reduce_matrix(matrix.coefficients, third.prime, 0), 0)
    sights = certified._sights(matrix, image, 0)
    assert next(sights) == [image]
    primes = [int(next(sights)[0].matrix.modulus()) for _ in range(4)]
    all_places = places(QQ)
    assert primes == [p.prime for p in (next(all_places) for _ in range(5)) if p != third]


def test_what_is_small_is_counted_in_rows_multiplications_and_bits() -> None:
    fields = [QQ, NumberField("sqrt(2)"), NumberField("cbrt(2)")]
    shapes = [(0, 0), (1, 1), (SMALL, 1), (1, SMALL + 1), (SMALL, SMALL), (SMALL + 1, SMALL)]
    shapes += [(SMALL + 1, SMALL + 1), (8, 8), (9, 8), (9, 9), (12, 12), (13, 13), (4, 999)]
    sizes = [1, LEAST_BITS, LEAST_BITS + 1, 500]
    for field, (m, n), bits in product(fields, shapes, sizes):
        matrix = Matrix.zero(m, n, field) if bits == 1 else _of_bits(m, n, bits, field)
        e = field.degree
        work = e * min(m, n) * e * min(m, n) * e * max(m, n)
        expected = e * min(m, n) <= SMALL and work * max(bits, LEAST_BITS) <= SMALL_WORK
        assert is_small(matrix) == expected, (field, m, n, bits)
        assert is_tiny(matrix) == (e * max(m, n) <= TINY)


def _of_bits(nrows: int, ncols: int, bits: int, field: Any) -> Matrix:
    """The largest entry in size is negative, and stands in the last coefficient."""
    parts = [fmpz_mat(nrows, ncols, [1] * (nrows * ncols)) for _ in range(field.degree)]
    if nrows * ncols:
        parts[-1][nrows - 1, ncols - 1] = 1 - 2**bits
    return Matrix.from_coefficients(field, tuple(parts), 1)


def test_the_work_may_be_as_much_as_is_said() -> None:
    for bits in (LEAST_BITS, 2 * LEAST_BITS):
        n = SMALL_WORK // bits
        assert is_small(_of_bits(1, n, bits, QQ))
        assert not is_small(_of_bits(1, n + 1, bits, QQ))


@given(st.integers(2, 2**64), st.integers(2, 2**2000))
def test_the_least_power_that_reaches_a_bound(prime: int, bound: int) -> None:
    k = certified._exponent(prime, bound)
    assert k >= 1
    assert prime ** (2 * k) >= bound
    assert k == 1 or prime ** (2 * k - 2) < bound


def test_powers_that_just_reach_a_bound() -> None:
    for prime, k in product((2, 3, 2**61 - 1), range(1, 9)):
        powers = [prime ** (2 * k) + change for change in (-1, 0, 1)]
        assert [certified._exponent(prime, bound) for bound in powers] == [k, k, k + 1]


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_whether_a_rank_is_that_of_an_image(m: int, n: int, data: st.DataObject) -> None:
    """Modulo 7, where many ranks drop; small and, with a block of zeros, not small."""
    flat = data.draw(st.lists(st.integers(-9, 9), min_size=m * n, max_size=m * n))
    small = Matrix(fmpz_mat(m, n, flat))
    large = Matrix.block_diagonal([small, Matrix.identity(SMALL + 1), Matrix.zero(1, 1)])
    for matrix in (small, large):
        modulo = nmod_mat(matrix.coefficients[0], 7)
        same = modulo.rank() == matrix.coefficients[0].rank()
        assert rank_is(matrix, Image(modulo, 0), modulo.rank()) == same


def test_short_chains_of_tiny_matrices_are_eliminated(ways: list[str]) -> None:
    """All products of up to TINY matrices; a longer chain is squeezed."""
    for length in (TINY, TINY + 1):
        ranks = chain_ranks([Matrix.identity(1)] * length)
        assert set(ranks.values()) == {1}
        assert len(ways) == (len(ranks) if length == TINY else 0)
        ways.clear()
    assert set(chain_ranks([Matrix.identity(TINY + 1)]).values()) == {TINY + 1}
    assert ways == []


@pytest.mark.parametrize("field", [QQ, NumberField("sqrt(2)"), NumberField("cbrt(2)")], ids=repr)
def test_the_estimate_of_a_bound_is_near_it(field: Any) -> None:
    e = field.degree
    for bits in (20, 60, 300):
        random = Random(bits)
        flat = [random.randrange(2 ** (bits - 1), 2**bits) for _ in range(15 * 12 * e)]
        entries = iter([field.element(flat[k : k + e], 1) for k in range(0, len(flat), e)])
        matrix = Matrix([[next(entries) for _ in range(12)] for _ in range(15)], field)
        array, _ = primitive_part(matrix)
        for size in (1, 5, 11):
            bound = bordered_norm_bound(array, range(size), range(size), field)
            estimate = certified._bound_bits(array, size, field.degree)
            assert 0.7 * bound.bit_length() < estimate < 1.4 * bound.bit_length()


def test_ranks_that_are_at_least_so_large(ways: list[str]) -> None:
    for matrix, found in ((generic(TINY, 2), 2), (generic(SMALL, 20), 20), (scrambled(9, 7), 7)):
        answers = [rank_is_at_least(matrix, least) for least in range(found + 1)]
        assert (set(answers), ways) == ({True}, [])
        assert not rank_is_at_least(matrix, found + 1)
        ways.clear()
    p = next(places(QQ)).prime
    assert rank_is_at_least(Matrix([[1, 1], [1, 1 + p]]), 2)

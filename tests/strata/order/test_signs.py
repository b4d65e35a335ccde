"""Spans over F_2 against lists of all sums."""

from functools import reduce
from itertools import chain, combinations
from operator import xor

from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.strata import Barcode
from linnet_exact.strata.formulas.real_components import real_components
from linnet_exact.strata.order.signs import SignSpan, sign_names, signs_of_bar
from tests.strategies_strata import barcodes

VECTORS = st.lists(st.integers(0, 63), max_size=5)


def all_sums(vectors: list[int]) -> set[int]:
    chosen = chain.from_iterable(combinations(vectors, n) for n in range(len(vectors) + 1))
    return {reduce(xor, some, 0) for some in chosen}


@given(VECTORS, st.integers(0, 63), st.integers(0, 63))
def test_span(vectors: list[int], first: int, second: int) -> None:
    span, sums = SignSpan(vectors), all_sums(vectors)
    assert 2**span.dimension == len(sums) == len(all_sums(span.basis))
    assert (span.reduce(first) == span.reduce(second)) == (first ^ second in sums)
    assert (span.combination(first) is not None) == (first in sums)
    for total in sums:
        used = span.combination(total)
        assert used is not None
        assert reduce(xor, (vectors[index] for index in used), 0) == total


@given(VECTORS, st.integers(0, 63))
def test_invariants(vectors: list[int], vector: int) -> None:
    """They vanish on the span, are as many as they can be, and decide membership."""
    span = SignSpan(vectors)
    invariants = span.invariants(63).values()
    assert len(invariants) == 6 - span.dimension
    odd = [bits for bits in invariants if (vector & bits).bit_count() % 2]
    assert bool(odd) == (vector not in all_sums(vectors))


@given(barcodes())
def test_number_of_real_components(barcode: Barcode) -> None:
    names = sign_names(barcode)
    span = SignSpan(signs_of_bar(bar, barcode.depth) for bar in barcode)
    assert 2 ** (len(names) - span.dimension) == real_components(barcode)
    for bar in barcode:
        signs = signs_of_bar(bar, barcode.depth)
        assert {bit for bit in range(barcode.depth + 2) if signs >> bit & 1} <= names.keys()

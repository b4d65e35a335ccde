"""Certified ranks of all products of consecutive matrices in a chain W_1, ..., W_L.

W_{k~i} = W_k ... W_{i+1}, as in Shewchuk and Bhattacharya, arXiv 2404.14855. One pass modulo one
prime finds all ranks, from the longest product down: a rank is at least that of a longer product
and at most each width on the way, and often this settles it. Certificates then go from short to
long: rk W_{k~i} <= min(rk W_{k-1~i}, rk W_{k~i+1}) is free, and only a drop that the factors do
not force needs a proof of its own.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from flint import nmod_mat

from linnet_exact.algebra.fields.field import common_field
from linnet_exact.algebra.ranks.certified import TINY, is_tiny, rank, rank_is, upper_bound
from linnet_exact.algebra.ranks.evidence import Factor, RankEvidence, Shape, UpperBound
from linnet_exact.algebra.ranks.minors import Image
from linnet_exact.algebra.ranks.residue_maps import places, random_prime, reduce_matrix
from linnet_exact.errors import ShapeError
from linnet_exact.interruption import interruptible, product

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = [
    "ChainEvidence",
    "Key",
    "chain_evidence",
    "chain_ranks",
    "consecutive_products",
    "read_chain",
    "squeezed_ranks",
]

Key: TypeAlias = tuple[int, int]
"""(k, i) stands for the product W_{k~i}, L >= k > i >= 0."""

ChainEvidence: TypeAlias = dict[Key, RankEvidence]

Product = TypeVar("Product")

SHORT_PRIMES = (1 << 25, 1 << 26)
"""FLINT multiplies and eliminates twice as fast modulo these as modulo 61 bits. They miss a rank
once in millions of times, which takes another round."""


def chain_ranks(matrices: Sequence["Matrix"]) -> dict[Key, int]:
    """Return the certified rank of every product W_{k~i}.

    Parameters
    ----------
    matrices
        W_1, ..., W_L, where W_1 is applied first.

    Raises
    ------
    ShapeError
        If there is no matrix or the shapes do not fit.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> chain_ranks([Matrix([[1], [1]]), Matrix([[1, -1]])])
    {(2, 0): 0, (1, 0): 1, (2, 1): 1}
    """
    chain = read_chain(matrices)
    if len(chain) <= TINY and all(map(is_tiny, chain)):
        product = consecutive_products(chain, lambda left, right: left @ right)
        return {key: rank(product(*key)) for key in _long_to_short(len(chain))}
    for prime, roots in places(chain[0].field):
        ranks = _ranks_at(chain, prime, roots[0])
        if ranks is not None:
            return ranks
    raise AssertionError("there are infinitely many places")


def _ranks_at(chain: Sequence["Matrix"], prime: int, root: int) -> dict[Key, int] | None:
    """Return the ranks modulo one prime, certified; None if some rank is larger over the field.

    Over Q, products have lower bounds from a shorter prime, which takes half the time.
    """
    exact = consecutive_products(chain, lambda left, right: left @ right)
    images = [reduce_matrix(matrix.coefficients, prime, root) for matrix in chain]
    reduced = consecutive_products(images, lambda left, right: left * right)
    quick = reduced
    if chain[0].field.degree == 1:
        short = random_prime(Random(prime), *SHORT_PRIMES)
        images = [nmod_mat(matrix.coefficients[0], short) for matrix in chain]
        quick = consecutive_products(images, lambda left, right: left * right)
    image = lru_cache(maxsize=None)(lambda k, i: Image(reduced(k, i), root))

    def rank_of(key: Key) -> int:
        single = key[0] == key[1] + 1  # its echelon form will be wanted for the proof
        return len(image(*key).by_columns.pivots) if single else int(quick(*key).rank())

    ranks = squeezed_ranks(chain, rank_of)
    for (k, i), found in reversed(ranks.items()):
        forced = found in (ranks.get((k - 1, i)), ranks.get((k, i + 1)))
        if forced or (k == i + 1 and found == min(chain[i].shape)):
            continue
        if not rank_is(exact(k, i), image(k, i), found):
            return None
    return ranks


def chain_evidence(matrices: Sequence["Matrix"], seed: int = 0) -> ChainEvidence:
    """Return the certified rank of every product W_{k~i}, with what proves it.

    Parameters
    ----------
    matrices
        W_1, ..., W_L, where W_1 is applied first.
    seed : int
        Chooses the random primes. No rank depends on it.

    Returns
    -------
    dict
        (k, i) -> RankEvidence. A `Factor` there names another key.

    Raises
    ------
    ShapeError
        If there is no matrix or the shapes do not fit.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> evidence = chain_evidence([Matrix([[1, 2]]), Matrix([[3], [4]])])
    >>> evidence[2, 0].rank, evidence[2, 0].upper, evidence[1, 0].lower
    (1, Factor(k=1, i=0), Factor(k=2, i=0))
    """
    chain = read_chain(matrices)
    for prime, roots in places(chain[0].field, seed):
        evidence = _evidence_at(chain, prime, roots[0], seed)
        if evidence is not None:
            return evidence
    raise AssertionError("there are infinitely many places")


def _evidence_at(
    chain: Sequence["Matrix"], prime: int, root: int, seed: int
) -> ChainEvidence | None:
    """Return evidence with minors modulo one prime; None if some rank is larger over the field."""
    images = [reduce_matrix(matrix.coefficients, prime, root) for matrix in chain]
    reduced = consecutive_products(images, product)
    exact = consecutive_products(chain, lambda left, right: left @ right)
    ranks = squeezed_ranks(chain, lambda key: int(interruptible(nmod_mat.rank, reduced(*key))))
    evidence: ChainEvidence = {}
    for k, i in reversed(_long_to_short(len(chain))):
        found = ranks[k, i]
        longer = [Factor(*key) for key in ((k + 1, i), (k, i - 1)) if ranks.get(key) == found]
        bounds: list[UpperBound]
        bounds = [Factor(*key) for key in ((k - 1, i), (k, i + 1)) if ranks.get(key) == found]
        if k == i + 1 and found == min(chain[i].shape):
            bounds = [Shape()]
        if longer and bounds:
            evidence[k, i] = RankEvidence(found, longer[0], bounds[0])
            continue
        image = Image(reduced(k, i), root)
        upper = bounds[0] if bounds else upper_bound(exact(k, i), image, seed)
        if upper is None:
            return None
        evidence[k, i] = RankEvidence(found, image.minor, upper)
    return evidence


def read_chain(matrices: Sequence["Matrix"]) -> list["Matrix"]:
    """Return the matrices over their common field, checked to be a chain.

    Raises
    ------
    ShapeError
        If there is no matrix or the shapes do not fit.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> read_chain([Matrix([[1, 2]]), Matrix([[1, 2]])])
    Traceback (most recent call last):
    ...
    linnet_exact.errors.ShapeError: matrix 2 of the chain must have 1 columns, not 2
    """
    if not matrices:
        raise ShapeError("a chain needs at least one matrix")
    for number, (before, after) in enumerate(pairwise(matrices), start=2):
        if after.ncols != before.nrows:
            raise ShapeError(
                f"matrix {number} of the chain must have {before.nrows} columns, not {after.ncols}"
            )
    field = common_field([matrix.field for matrix in matrices])
    return [matrix.change_field(field) for matrix in matrices]


def consecutive_products(
    chain: Sequence[Product], multiply: Callable[[Product, Product], Product]
) -> Callable[[int, int], Product]:
    """Return the function (k, i) -> W_{k~i}, which multiplies what it is asked for, and once.

    Examples
    --------
    >>> consecutive_products(["a", "b", "c"], lambda left, right: left + right)(3, 0)
    'cba'
    """

    known = {(i + 1, i): factor for i, factor in enumerate(chain)}

    def product(k: int, i: int) -> Product:
        start = k
        while (start, i) not in known:
            start -= 1
        for end in range(start + 1, k + 1):  # chains may be longer than calls may be nested
            known[end, i] = multiply(chain[end - 1], known[end - 1, i])
        return known[k, i]

    return product


def squeezed_ranks(chain: Sequence["Matrix"], rank_of: Callable[[Key], int]) -> dict[Key, int]:
    """Return the ranks of all products, long ones first, asking only for those still unknown.

    A rank lies between that of a longer product and those of the single factors.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> squeezed_ranks([Matrix.identity(2)] * 3, lambda key: print("asked", key) or 2)
    asked (3, 0)
    {(3, 0): 2, (2, 0): 2, (3, 1): 2, (1, 0): 2, (2, 1): 2, (3, 2): 2}
    """
    depth, order = len(chain), _long_to_short(len(chain))
    ranks: dict[Key, int] = {}
    highest = [min(matrix.shape) for matrix in chain]
    for k, i in dict.fromkeys([(depth, 0), *order[-depth:], *order]):
        low = max(ranks.get((k + 1, i), 0), ranks.get((k, i - 1), 0), ranks.get((depth, 0), 0))
        ranks[k, i] = low if low == min(highest[i:k]) else rank_of((k, i))
        if k == i + 1:
            highest[i] = ranks[k, i]
    return {key: ranks[key] for key in order}


def _long_to_short(depth: int) -> list[Key]:
    return [(i + size, i) for size in range(depth, 0, -1) for i in range(depth - size + 1)]

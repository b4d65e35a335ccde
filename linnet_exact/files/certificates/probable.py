"""Short certificates of ranks that are very likely right: the ranks modulo primes, and no proof.

The primes are not chosen by who writes the certificate: they follow from the weights, by SHA-256.
A rank modulo a prime p is too small only if p divides the largest minors that are not 0. One of
them is below 2^b (Hadamard), so that fewer than b / 60 primes above 2^60 divide it, of more than
3 * 2^60 / (5 * 60) up to 2^61 (Rosser and Schoenfeld 1962, corollary 3).
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import count, islice
from math import gcd
from typing import Any

from flint import fmpz, fmpz_mat, fmpz_mod_mat, nmod_mat

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.numbers.rational import format_rational
from linnet_exact.algebra.ranks.chain import consecutive_products, squeezed_ranks
from linnet_exact.algebra.ranks.probable import norm_bits
from linnet_exact.algebra.ranks.residue_maps import modular
from linnet_exact.errors import InputError
from linnet_exact.files.certificates.document import counts, integer, layer_pair, natural, number
from linnet_exact.files.certificates.entries import field_of, weights_of
from linnet_exact.files.certificates.kind import Kind, envelope, require
from linnet_exact.files.certificates.sealing import FORMAT, sealed
from linnet_exact.files.json_weights import entry_to_jsonable, weights_to_jsonable
from linnet_exact.interruption import product
from linnet_exact.strata import RankList
from linnet_exact.weights import Weights

__all__ = ["PROBABLE", "probable_certificate"]

_KEYS = ("field", "weights", "rank_list", "barcode", "dimension", "primes", "error_bound")
_LEAST = 1 << 60
_MOST_PRIMES = 100


def probable_certificate(
    theta: Weights, primes: int = 2, source: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a certificate of the ranks of weights modulo primes, with a bound on the error.

    Parameters
    ----------
    primes : int
        How many primes are used.
    source : dict, optional
        The record of the file that the weights came from, see `input_record`.

    Raises
    ------
    InputError
        If the number of primes is none from 1 to 100, or (which is as unlikely as an error) the
        ranks are those of no weights.

    Examples
    --------
    >>> certificate = probable_certificate(Weights([[[1, 2]]]))
    >>> certificate["kind"], certificate["rank_list"]["1~0"], certificate["error_bound"]
    ('probable-rank-list', 1, 0)
    """
    if not 1 <= primes <= _MOST_PRIMES:
        raise InputError(f"the number of primes must be 1 to {_MOST_PRIMES}, not {primes}")
    weights = weights_to_jsonable(theta)
    seed = _seed(weights["field"], weights["weights"])
    ranks, bound = _ranks(theta, seed, primes)
    return sealed(
        {
            "format": FORMAT,
            "version": 2,
            "kind": "probable-rank-list",
            **({} if source is None else {"input": source}),
            "field": weights["field"],
            "weights": weights["weights"],
            "rank_list": ranks.to_jsonable(),
            "barcode": ranks.barcode.to_jsonable(),
            "dimension": ranks.barcode.stratum.to_jsonable()["dimension"],
            "primes": primes,
            "error_bound": entry_to_jsonable(format_rational(bound)),
        }
    )


def _seed(field: Any, weights: Any) -> str:
    text = json.dumps({"field": field, "weights": weights}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _primes(seed: str) -> Iterator[int]:
    """Yield the primes among 2^60 + the first 60 bits of SHA-256 of seed:0, seed:1, …."""
    for number_ in count():
        digest = hashlib.sha256(f"{seed}:{number_}".encode()).digest()
        candidate = _LEAST + (int.from_bytes(digest[:8], "big") >> 4)
        if fmpz(candidate).is_prime():
            yield candidate


def _ranks(theta: Weights, seed: str, primes: int) -> tuple[RankList, Fraction]:
    chain, degree = theta.matrices, theta.field.degree
    regular = [_integers(matrix) for matrix in chain]
    found: dict[tuple[int, int], int] = {}
    for prime in islice(_primes(seed), primes):
        reduced = consecutive_products([modular(each, prime) for each in regular], product)
        ranks = squeezed_ranks(chain, partial(_least_rank, reduced, degree))
        found = {key: max(rank, found.get(key, 0)) for key, rank in ranks.items()}
    widths = {(j, j): width for j, width in enumerate(theta.network.widths)}
    return RankList(widths | found), _error_bound(regular, widths, found, degree, primes)


def _least_rank(
    reduced: "Callable[[int, int], nmod_mat | fmpz_mod_mat]", degree: int, key: tuple[int, int]
) -> int:
    return -(-int(reduced(*key).rank()) // degree)


def _integers(matrix: Matrix) -> fmpz_mat:
    """The least multiple of the regular representation that has integer entries."""
    numbers, denominator = to_regular(matrix)
    entries = [int(x) for x in numbers.entries()]
    common = gcd(int(denominator), *entries)
    return fmpz_mat(numbers.nrows(), numbers.ncols(), [x // common for x in entries])


def _error_bound(
    regular: Sequence[fmpz_mat],
    widths: dict[tuple[int, int], int],
    ranks: dict[tuple[int, int], int],
    degree: int,
    primes: int,
) -> Fraction:
    """Sum the chances that all the primes are unlucky, over the ranks that may be larger."""
    number_of_primes = 3 * _LEAST // (5 * 60)
    bits = [norm_bits(numbers) for numbers in regular]
    bound = Fraction(0)
    for (k, i), rank in ranks.items():
        if rank < min(widths[j, j] for j in range(i, k + 1)):
            minor_bits = degree * min(widths[k, k], widths[i, i]) * sum(bits[i:k])
            bound += Fraction(minor_bits // 60, number_of_primes) ** primes
    return min(bound, Fraction(1))


@dataclass(frozen=True)
class ProbableClaim:
    """What a certificate says: weights, their ranks modulo primes, and a bound on the error."""

    matrices: list[Matrix]
    seed: str
    ranks: dict[tuple[int, int], int]
    barcode: dict[tuple[int, int], int]
    dimension: int
    primes: int
    error_bound: Fraction


def _read(certificate: dict[str, Any]) -> ProbableClaim:
    envelope(certificate, _KEYS, has_input=True)
    ranks, primes = certificate["rank_list"], natural(certificate["primes"], "primes")
    if not isinstance(ranks, dict):
        raise InputError("rank_list must be a JSON object")
    if not 1 <= primes <= _MOST_PRIMES:
        raise InputError(f"primes must be 1 to {_MOST_PRIMES}")
    named = field_of(certificate["field"])
    return ProbableClaim(
        matrices=weights_of(certificate["weights"], "weights", named),
        seed=_seed(certificate["field"], certificate["weights"]),
        ranks={
            layer_pair(key, "rank_list"): natural(rank, f"rank_list {key}")
            for key, rank in ranks.items()
        },
        barcode=counts(certificate["barcode"], "barcode"),
        dimension=integer(certificate["dimension"], "dimension"),
        primes=primes,
        error_bound=number(certificate["error_bound"], "error_bound"),
    )


def _check(claim: ProbableClaim) -> list[str]:
    ranks, bound = _ranks(Weights(claim.matrices), claim.seed, claim.primes)
    require(claim.ranks == dict(ranks), "these are not the ranks modulo the primes")
    barcode = ranks.barcode
    require(claim.barcode == dict(barcode), "the barcode does not belong to the rank list")
    dimension = barcode.stratum.dimension
    require(claim.dimension == dimension, f"the dimension of the stratum is {dimension}")
    require(claim.error_bound == bound, f"the bound on the error is {bound}")
    listed = ",".join(f"{k}~{i}:{rank}" for (k, i), rank in ranks.items())
    return [
        f"probable, not certified: rank list {listed}",
        f"probable, not certified: barcode {barcode}, dimension of the stratum {dimension}",
        f"every rank is at least that; the chance that one is larger is at most {bound}",
    ]


PROBABLE = Kind((2,), _read, _check, lambda claim: claim.matrices)
"""The kind ``"probable-rank-list"``."""

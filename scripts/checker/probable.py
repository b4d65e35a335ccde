"""The part of check_certificate.py about ranks that are very likely right, and not certified.

They are ranks modulo primes that follow from the weights: those among 2^60 + the first 60 bits of
SHA-256 of "seed:0", "seed:1", ..., where the seed is that of the field and the weights as JSON text
with sorted keys and without spaces. Over Q(a) of degree e each entry is replaced by the matrix that
multiplies by it; all matrices are taken in their least integer multiple.

A rank modulo p is too small only if p divides a minor below 2^b; fewer than b / 60 of these primes
do, of more than 3 * 2^60 / (5 * 60). So the sum, over the ranks below all widths on their way, of
(floor(b / 60) / (3 * 2^60 / 300)) to the number of primes bounds the chance of an error.
"""

import hashlib
import json
from fractions import Fraction
from itertools import count, islice
from math import isqrt, lcm

from checker.document import counts, expect, layer_pair, natural, number, require
from checker.field import Field
from checker.matrices import read_weights, widths_of
from checker.path import over_q
from checker.polynomials import is_prime
from checker.ranks import barcode_of, stratum_dimension

LEAST = 2**60


def read_probable(content):
    field = Field(content["field"])
    expect(isinstance(content["rank_list"], dict), "rank_list must be a JSON object")
    dimension = number(content["dimension"], "dimension")
    expect(dimension.denominator == 1, "dimension must be an integer")
    primes = natural(content["primes"], "primes")
    expect(1 <= primes <= 100, "primes must be 1 to 100")
    chosen = {key: content[key] for key in ("field", "weights")}
    text = json.dumps(chosen, sort_keys=True, separators=(",", ":"))
    return {
        "field": field,
        "weights": read_weights(content["weights"], "weights", field),
        "seed": hashlib.sha256(text.encode()).hexdigest(),
        "ranks": {
            layer_pair(key, "rank_list"): natural(rank, "rank_list")
            for key, rank in content["rank_list"].items()
        },
        "barcode": counts(content["barcode"], "barcode"),
        "dimension": dimension,
        "primes": primes,
        "error_bound": number(content["error_bound"], "error_bound"),
    }


def primes_of(seed):
    for at in count():
        digest = hashlib.sha256(f"{seed}:{at}".encode()).digest()
        candidate = LEAST + (int.from_bytes(digest[:8], "big") >> 4)
        if is_prime(candidate):
            yield candidate


def integers(matrix, field):
    rows = over_q(matrix, field)
    below = lcm(*(x.denominator for row in rows for x in row))
    return [[int(x * below) for x in row] for row in rows]


def rank_modulo(rows, p):
    rows, rank = [list(row) for row in rows], 0
    while rows:
        pivot = rows.pop()
        at = next((column for column, x in enumerate(pivot) if x), None)
        if at is not None:
            rank, unit = rank + 1, pow(pivot[at], -1, p)
            for row in rows:
                if factor := row[at] * unit % p:
                    row[:] = [(x - factor * y) % p for x, y in zip(row, pivot, strict=True)]
    return rank


def check_probable(claim):
    field, weights, ranks = claim["field"], claim["weights"], claim["ranks"]
    widths, depth, e = widths_of(weights), len(weights), field.degree
    matrices = [integers(W, field) for W in weights]
    found = {(j, j): width for j, width in enumerate(widths)}
    for p in islice(primes_of(claim["seed"]), claim["primes"]):
        for i in range(depth):
            product = None
            for k in range(i + 1, depth + 1):
                factor = [[x % p for x in row] for row in matrices[k - 1]]
                if product is not None:
                    columns = list(zip(*product, strict=True))
                    factor = [
                        [sum(map(int.__mul__, row, column)) % p for column in columns]
                        for row in factor
                    ]
                product = factor
                found[k, i] = max(found.get((k, i), 0), -(-rank_modulo(product, p) // e))
    require(ranks == found, "these are not the ranks modulo the primes")
    bars = barcode_of(ranks, depth)
    require(claim["barcode"] == bars, "the barcode does not belong to the rank list")
    dimension = stratum_dimension(widths, bars)
    require(claim["dimension"] == dimension, f"the dimension of the stratum is {dimension}")
    bits = [isqrt(sum(x * x for row in W for x in row)).bit_length() for W in matrices]
    bound = Fraction(0)
    for (k, i), rank in ranks.items():
        if k > i and rank < min(widths[i : k + 1]):
            minor_bits = e * min(widths[k], widths[i]) * sum(bits[i:k])
            bound += Fraction(minor_bits // 60, 3 * LEAST // 300) ** claim["primes"]
    bound = min(bound, Fraction(1))
    require(claim["error_bound"] == bound, f"the bound on the error is {bound}")
    listed = {f"{k}~{i}": rank for (k, i), rank in ranks.items()}
    return f"probable, not certified: rank list {listed}\nerror at most {bound}"

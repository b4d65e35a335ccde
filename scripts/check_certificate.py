#!/usr/bin/env python3
"""Check a certificate of linnet-exact with nothing but the Python standard library.

    python scripts/check_certificate.py CERTIFICATE [INPUT]

This file shares no code with linnet_exact and is meant to be read in one sitting. A certificate
claims, for matrices W_1, ..., W_L with exact entries, the rank of every product W_k...W_{i+1}
(key "k~i"). Each rank is proven twice over:

at least r   a block of r rows and columns is invertible modulo a number (over Q(a): after a is
             replaced by a root of its minimal polynomial), or a longer product has rank r;
at most r    by the shape, by a shorter product, or by independent vectors that the matrix (side
             "right") or its transpose (side "left") takes to 0.

Or all ranks at once: invertible J_0, ..., J_L with W_j J_{j-1} = J_j I_j, where the 0/1 matrix I_j
passes each strand of the barcode from layer j-1 to layer j. That a field's minimal polynomial is
irreducible is taken for granted. Certificates of the dimension theorem for all widths of one depth
are explained and checked in check_proof.py, those of critical points in check_critical.py, beside
this file.

Exit status: 0 it holds, 1 it does not, 2 it cannot be read.
"""

import hashlib
import json
import re
import sys
from collections import defaultdict
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import gcd, lcm
from pathlib import Path

from check_critical import check_critical
from check_proof import Refused, check_dimension_theorem, require

together = partial(zip, strict=True)  # lengths that differ are an error, never cut off


# Numbers. An element of Q(a) is the list of its coordinates in 1, a, ..., a^(e-1).


class Field:
    """Q(a), from the minimal polynomial of a; for Q the degree e is 1."""

    def __init__(self, described):
        self.generator, polynomial = "", [Fraction(0), Fraction(1)]
        if described != "QQ":
            self.generator = described["generator"]
            polynomial = [Fraction(c) for c in described["minimal_polynomial"]]
        self.polynomial = [c / polynomial[-1] for c in polynomial]
        self.degree = e = len(polynomial) - 1
        # rows[m] / scale are the coordinates of a^(e+m)
        rows = [[-c for c in self.polynomial[:e]]]
        while len(rows) < e - 1:
            last = rows[-1]
            rows.append([s + last[-1] * t for s, t in together([0, *last[:-1]], rows[0])])
        self.scale = lcm(*(c.denominator for row in rows for c in row))
        self.rows = [[int(c * self.scale) for c in row] for row in rows]

    def read(self, text):
        """Coordinates of an integer, "p/q", or a sum of terms such as "1/2 + 3*a - a^2"."""
        rest, name = str(text).replace(" ", ""), re.escape(self.generator) or "(?!)"
        power, size = rf"({name})(?:\^(\d+))?", r"(\d+(?:/\d+)?)"
        terms = list(re.finditer(rf"([+-]|^)(?:{size}(?:\*{power})?|{power})", rest))
        whole = rest and "".join(term[0] for term in terms) == rest
        require(whole, f"cannot read the entry {str(text)[:40]!r}")
        coordinates = [Fraction(0)] * self.degree
        for sign, number, a, exponent, alone, other in (term.groups() for term in terms):
            place = int(exponent or other or 1) if a or alone else 0
            coordinates[place] += Fraction(number or 1) * (-1 if sign == "-" else 1)
        return coordinates


# Matrices. (d, [N_0, ..., N_{e-1}]) stands for (N_0 + N_1 a + ...) / d, all N of integer rows.


def read_matrix(rows, field, name):
    require(isinstance(rows, list), f"{name} is not a list of rows")
    require(len({len(row) for row in rows}) <= 1, f"{name} has rows of different length")
    numbers = [[field.read(x) for x in row] for row in rows]
    denominator = lcm(*(c.denominator for row in numbers for x in row for c in x))
    integers = [[[int(c * denominator) for c in x] for x in row] for row in numbers]
    return denominator, [[[x[k] for x in row] for row in integers] for k in range(field.degree)]


def transpose(matrix):
    return matrix[0], [[list(column) for column in together(*part)] for part in matrix[1]]


def multiply(left, right, field):
    e = field.degree
    require(shape(left)[1] == shape(right)[0], "matrices that do not compose are multiplied")
    columns = [list(together(*part)) for part in right[1]]
    powers = [None] * (2 * e - 1)
    for i, part in enumerate(left[1]):
        for j, other in enumerate(columns):
            term = [[sum(map(int.__mul__, row, column)) for column in other] for row in part]
            powers[i + j] = term if powers[i + j] is None else combine(powers[i + j], term, 1)
    low = [combine(part, part, 0, field.scale) for part in powers[:e]]
    for part, row in zip(powers[e:], field.rows, strict=False):  # Q has a row and no part
        low = [combine(one, part, factor) for one, factor in together(low, row)]
    return left[0] * right[0] * field.scale, low


def combine(rows, others, factor, scale=1):
    pairs = (together(row, other) for row, other in together(rows, others))
    return [[x * scale + y * factor for x, y in pair] for pair in pairs]


def is_zero(matrix):
    return not any(x for part in matrix[1] for row in part for x in row)


def equal(one, other):
    pairs = together(one[1], other[1])
    return is_zero((1, [combine(left, right, -one[0], other[0]) for left, right in pairs]))


def shape(matrix):
    return len(matrix[1][0]), len(matrix[1][0][0]) if matrix[1][0] else 0


def check_invertible(matrix, rows, columns, place, field, name):
    """Eliminate modulo n; pivots that are units modulo n show that the minor is not zero."""
    n, root = int(place["prime"]), int(place["root"])
    require(n > 1 and len(rows) == len(columns), f"{name}: this is no minor")
    for chosen, size in together((rows, columns), shape(matrix)):
        require(len(set(chosen)) == len(chosen), f"{name}: a row or column is named twice")
        require(set(chosen) <= set(range(size)), f"{name}: no such row or column")
    value = 0
    for c in reversed(field.polynomial):
        value = (value * root + c.numerator * inverse(c.denominator, n, name)) % n
    require(value == 0, f"{name}: {root} is no root of the minimal polynomial modulo {n}")
    block = [
        [sum(part[r][c] * pow(root, k, n) for k, part in enumerate(matrix[1])) % n for c in columns]
        for r in rows
    ]
    for step in range(len(block)):
        pivot = next((row for row in block[step:] if row[step]), None)
        require(pivot is not None, f"{name}: the minor is 0 modulo {n}")
        block.remove(pivot)
        factor = inverse(pivot[step], n, name)
        pivot = [x * factor % n for x in pivot]
        block = [
            [(x - row[step] * y) % n for x, y in together(row, pivot)] if at >= step else row
            for at, row in enumerate(block)
        ]
        block.insert(step, pivot)


def inverse(number, n, name):
    require(gcd(number, n) == 1, f"{name}: {number} is not invertible modulo {n}")
    return pow(number, -1, n)


def barcode_of(ranks, depth):
    bars, r = {}, defaultdict(int, ranks)
    for i in range(depth + 1):
        for k in range(i, depth + 1):
            count = r[k, i] - r[k, i - 1] - r[k + 1, i] + r[k + 1, i - 1]
            require(count >= 0, f"no weights have this rank list: bar {i}-{k} would occur {count}x")
            if count:
                bars[i, k] = count
    return bars


def stratum_dimension(widths, bars):
    weights = sum(a * b for a, b in pairwise(widths))
    rank = bars.get((0, len(widths) - 1), 0)
    pairs = ((p, q) for p in bars for q in bars if p[0] < q[0] <= p[1] + 1 <= q[1])
    codimension = sum(bars[p] * bars[q] for p, q in pairs)
    return weights - rank * (widths[0] + widths[-1] - rank) - codimension


def check_rank_list(certificate):
    field = Field(certificate["field"])
    weights = [read_matrix(w, field, f"W_{j + 1}") for j, w in enumerate(certificate["weights"])]
    depth = len(weights)
    widths = [shape(weights[0])[1], *(shape(matrix)[0] for matrix in weights)]
    for j, matrix in enumerate(weights):
        require(shape(matrix) == (widths[j + 1], widths[j]), f"W_{j + 1} does not compose")
    ranks = {tuple(map(int, key.split("~"))): r for key, r in certificate["rank_list"].items()}
    wanted = {(k, i) for k in range(depth + 1) for i in range(k + 1)}
    require(ranks.keys() == wanted, "the rank list does not have the ranks r_k~i it should have")
    require([ranks[j, j] for j in range(depth + 1)] == widths, "the ranks r_j~j are not the widths")
    bars = barcode_of(ranks, depth)
    named = {f"{i}-{k}": count for (i, k), count in bars.items()}
    require(certificate["barcode"] == named, "the barcode does not belong to the rank list")
    dimension = stratum_dimension(widths, bars)
    require(certificate["dimension"] == dimension, f"the dimension of the stratum is {dimension}")
    if "flow" in certificate["proof"]:
        check_flow(weights, widths, bars, certificate["proof"]["flow"], field)
    else:
        check_ranks(weights, ranks, certificate["proof"]["ranks"], field)
    return f"rank list {certificate['rank_list']}\nbarcode {named}\ndimension {dimension}"


def check_flow(weights, widths, bars, proof, field):
    bases = [read_matrix(rows, field, f"J_{j}") for j, rows in enumerate(proof["bases"])]
    require([shape(J) for J in bases] == [(d, d) for d in widths], "a flow basis is not square")
    alive = [
        [(bar, copy) for bar in sorted(bars) for copy in range(bars[bar]) if bar[0] <= j <= bar[1]]
        for j in range(len(widths))
    ]
    for j, basis in enumerate(bases):
        check_invertible(basis, range(widths[j]), range(widths[j]), proof, field, f"J_{j}")
    for j, matrix in enumerate(weights):
        passed = [[int(one == other) for one in alive[j]] for other in alive[j + 1]]
        zeros = [[[0] * len(alive[j]) for _ in passed]] * (field.degree - 1)
        right = multiply(bases[j + 1], (1, [passed, *zeros]), field)
        left = multiply(matrix, bases[j], field)
        require(equal(left, right), f"W_{j + 1} J_{j} is not J_{j + 1} times its canonical form")


def check_ranks(weights, ranks, proof, field):
    for i in range(len(weights)):
        matrix = None
        for k in range(i + 1, len(weights) + 1):
            matrix = multiply(weights[k - 1], matrix, field) if matrix else weights[k - 1]
            check_rank(matrix, ranks, k, i, proof[f"{k}~{i}"], field)


def check_rank(matrix, ranks, k, i, proof, field):
    name, rank, lower, upper = f"r_{k}~{i}", ranks[k, i], proof["at_least"], proof["at_most"]
    if "product" in lower:
        known = neighbour(ranks, lower["product"], [(k + 1, i), (k, i - 1)])
        require(known >= rank, f"{name} >= {rank} is unproven")
    else:
        require(len(lower["rows"]) == rank, f"{name} >= {rank} needs a minor of that size")
        check_invertible(matrix, lower["rows"], lower["columns"], lower, field, name)
    if "product" in upper:
        bound = neighbour(ranks, upper["product"], [(k - 1, i), (k, i + 1)])
    elif "shape" in upper:
        bound = min(shape(matrix))
    else:
        wide = {"right": matrix, "left": transpose(matrix)}[upper["side"]]
        bound = shape(wide)[1] - count_null_vectors(wide, upper["null_vectors"], field, name)
    require(bound <= rank, f"{name} <= {rank} is unproven, only {name} <= {bound} is shown")


def neighbour(ranks, text, allowed):
    found = [ranks[k, i] for k, i in allowed if text == f"{k}~{i}" and (k, i) in ranks]
    require(found, f"W_{text} is not the product with one factor more or less")
    return found[0]


def count_null_vectors(wide, rows, field, name):
    vectors = read_matrix(rows, field, name)
    image = multiply(wide, transpose(vectors), field)
    require(is_zero(image), f"{name}: a vector that should be taken to 0 is not")
    leads = [
        next((at for at, numbers in enumerate(together(*row)) if any(numbers)), None)
        for row in together(*vectors[1])
    ]
    require(None not in leads, f"{name}: a null vector is 0")
    require(len(set(leads)) == len(leads), f"{name}: two null vectors start at the same place")
    return len(leads)


KINDS = {"rank-list": check_rank_list, "dimension-theorem": check_dimension_theorem}
KINDS |= {"critical": check_critical}


def check(certificate, source):
    require(certificate["format"] == "linnet-exact/certificate", "this is no certificate")
    require(certificate["version"] == 1, "the version of the format must be 1")
    others = {key: value for key, value in certificate.items() if key != "sha256"}
    text = json.dumps(others, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    require(certificate.get("sha256") == digest, "the digest does not fit: something was changed")
    if source is not None:
        digest = hashlib.sha256(source).hexdigest()
        require(certificate["input"]["sha256"] == digest, "the input file was changed")
    require(certificate["kind"] in KINDS, f"there is no kind {certificate['kind']!r}")
    return KINDS[certificate["kind"]](certificate)


def main(arguments):
    sys.set_int_max_str_digits(0)
    try:
        path, *rest = map(Path, arguments)
        certificate = json.loads(path.read_text(encoding="utf-8"))
        source = rest[0].read_bytes() if rest else None
    except (OSError, ValueError, RecursionError) as error:
        print(f"{error}\nusage: check_certificate.py CERTIFICATE [INPUT]", file=sys.stderr)
        return 2
    try:
        print(f"valid\n{check(certificate, source)}")
    except (Refused, LookupError, TypeError, ValueError, ArithmeticError) as error:
        print(f"not valid: {error}" if isinstance(error, Refused) else f"not valid: {error!r}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

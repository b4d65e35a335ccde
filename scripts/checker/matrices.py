"""The part of check_certificate.py about matrices over Q(a).

(d, [N_0, ..., N_{e-1}]) stands for (N_0 + N_1 a + ...) / d, all N of integer rows, in lowest terms.
"""

from functools import partial
from itertools import pairwise
from math import gcd, lcm

from checker.document import expect, items, require
from checker.polynomials import is_prime

together = partial(zip, strict=True)  # lengths that differ are an error, never cut off

MOST_BITS = 2**27  # of all entries of a list of matrices, each over its common denominator


def read_matrix(rows, place, field, most=MOST_BITS):
    numbers = items(rows, place, lambda row, where: items(row, where, field.read, 1), 1)
    expect(len({len(row) for row in numbers}) == 1, f"{place} has rows of different lengths")
    coordinates = [c for row in numbers for x in row for c in x]
    denominator, bits = 1, sum(c.numerator.bit_length() for c in coordinates)
    for c in coordinates:
        denominator = lcm(denominator, c.denominator)
        room = bits + len(coordinates) * denominator.bit_length() <= most
        expect(room, f"{place}: the entries take too many bits")
    integers = [[[int(c * denominator) for c in x] for x in row] for row in numbers]
    return denominator, [[[x[k] for x in row] for row in integers] for k in range(field.degree)]


def read_weights(value, place, field):
    most = MOST_BITS // max(len(value), 1) if isinstance(value, list) else 0
    found = items(value, place, lambda rows, at: read_matrix(rows, at, field, most), 1)
    expect(len(found) <= 1000, f"{place}: more than 1000 matrices")
    return found


def widths_of(weights):
    """The widths of the layers; the matrices must compose."""
    widths = [shape(weights[0])[1], *(shape(matrix)[0] for matrix in weights)]
    for j, matrix in enumerate(weights):
        require(shape(matrix) == (widths[j + 1], widths[j]), f"W_{j + 1} does not compose")
    return widths


def shape(matrix):
    return len(matrix[1][0]), len(matrix[1][0][0])


def transpose(matrix):
    return matrix[0], [[list(column) for column in together(*part)] for part in matrix[1]]


def lowest(denominator, parts):
    divisor = gcd(denominator, *(x for part in parts for row in part for x in row))
    return denominator // divisor, [[[x // divisor for x in row] for row in p] for p in parts]


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
    return lowest(left[0] * right[0] * field.scale, low)


def combine(rows, others, factor, scale=1):
    pairs = (together(row, other) for row, other in together(rows, others))
    return [[x * scale + y * factor for x, y in pair] for pair in pairs]


def subtract(one, other):
    pairs = together(one[1], other[1])
    parts = [combine(left, right, -one[0], other[0]) for left, right in pairs]
    return lowest(one[0] * other[0], parts)


def is_zero(matrix):
    return not any(x for part in matrix[1] for row in part for x in row)


def check_invertible(matrix, rows, columns, place, field, name):
    """Eliminate modulo a prime, after a is replaced by a root of its minimal polynomial."""
    p, root = place
    require(p < 2**64 and is_prime(p), f"{name}: {p} is not a prime below 2^64")
    value = 0
    for c in reversed(field.polynomial):
        value = (value * root + c) % p
    if field.degree == 1:
        require(root == 0, f"{name}: the root must be 0")
    else:
        good = field.polynomial[-1] % p and root < p and value == 0
        require(good, f"{name}: {root} is no root of the minimal polynomial modulo {p}")
    for chosen, size in together((rows, columns), shape(matrix)):
        require(set(chosen) <= set(range(size)), f"{name}: no such row or column")
    powers = [pow(root, k, p) for k in range(field.degree)]
    block = [
        [sum(part[r][c] * t for part, t in together(matrix[1], powers)) % p for c in columns]
        for r in rows
    ]
    for step in range(len(block)):
        at = next((i for i in range(step, len(block)) if block[i][step]), None)
        require(at is not None, f"{name}: the minor is 0 modulo {p}")
        block[step], block[at] = block[at], block[step]
        factor = pow(block[step][step], -1, p)
        pivot = [x * factor % p for x in block[step]]
        for row in block[step + 1 :]:
            if row[step]:
                row[:] = [(x - row[step] * y) % p for x, y in together(row, pivot)]


def count_null_vectors(wide, vectors, field, name):
    require(shape(vectors)[1] == shape(wide)[1], f"{name}: null vectors have another length")
    image = multiply(wide, transpose(vectors), field)
    require(is_zero(image), f"{name}: a vector that should be taken to 0 is not")
    leads = [
        next((at for at, numbers in enumerate(together(*row)) if any(numbers)), None)
        for row in together(*vectors[1])
    ]
    require(None not in leads, f"{name}: a null vector is 0")
    require(len(set(leads)) == len(leads), f"{name}: two null vectors start at the same place")
    return len(leads)


def weight_dimension(widths):
    return sum(a * b for a, b in pairwise(widths))

"""The part of check_certificate.py about the ranks of the products of weights; see there."""

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise

from checker.document import (
    counts,
    expect,
    items,
    layer_pair,
    members,
    natural,
    number,
    require,
    text,
)
from checker.field import Field
from checker.matrices import (
    check_invertible,
    count_null_vectors,
    is_zero,
    multiply,
    read_matrix,
    read_weights,
    shape,
    subtract,
    transpose,
    weight_dimension,
    widths_of,
)

KEYS = ["field", "weights", "rank_list", "barcode", "dimension", "proof"]


def read_rank_list(content):
    field = Field(content["field"])
    expect(isinstance(content["rank_list"], dict), "rank_list must be a JSON object")
    dimension = number(content["dimension"], "dimension")
    expect(dimension.denominator == 1, "dimension must be an integer")
    return {
        "field": field,
        "weights": read_weights(content["weights"], "weights", field),
        "ranks": {
            layer_pair(key, "rank_list"): natural(rank, "rank_list")
            for key, rank in content["rank_list"].items()
        },
        "barcode": counts(content["barcode"], "barcode"),
        "dimension": dimension,
        "proof": read_proof(content["proof"], field),
    }


def read_proof(value, field):
    if isinstance(value, dict) and "flow" in value:
        flow = members(value, "proof", ["flow"])["flow"]
        members(flow, "flow", ["prime", "root", "bases"])
        return read_place(flow), read_weights(flow["bases"], "flow.bases", field)
    ranks = members(value, "proof", ["ranks"])["ranks"]
    expect(isinstance(ranks, dict), "proof.ranks must be a JSON object")
    return {layer_pair(k, "proof.ranks"): read_bounds(b, k, field) for k, b in ranks.items()}


def read_bounds(value, place, field):
    members(value, place, ["at_least", "at_most"])
    lower, upper = value["at_least"], value["at_most"]
    if isinstance(lower, dict) and "product" in lower:
        lower = layer_pair(members(lower, place, ["product"])["product"], place)
    else:
        members(lower, place, ["prime", "root", "rows", "columns"])
        chosen = [items(lower[key], place, natural) for key in ("rows", "columns")]
        up = all(x < y for numbers in chosen for x, y in pairwise(numbers))
        expect(up, f"{place}: the rows and columns must go up")
        lower = [read_place(lower), *chosen]
    if isinstance(upper, dict) and "product" in upper:
        upper = layer_pair(members(upper, place, ["product"])["product"], place)
    elif isinstance(upper, dict) and "shape" in upper:
        upper = items(members(upper, place, ["shape"])["shape"], place, natural)
        expect(len(upper) == 2, f"{place}: a shape has two numbers")
    else:
        members(upper, place, ["side", "null_vectors"])
        side = text(upper["side"], place, "left|right")
        upper = {"side": side, "vectors": read_matrix(upper["null_vectors"], place, field)}
    return lower, upper


def read_place(keys):
    text(keys["prime"], "prime", "[1-9][0-9]{0,19}")
    text(keys["root"], "root", "0|[1-9][0-9]{0,19}")
    return int(keys["prime"]), int(keys["root"])


def check_rank_list(claim):
    field, weights, ranks = claim["field"], claim["weights"], claim["ranks"]
    depth, widths = len(weights), widths_of(weights)
    wanted = {(k, i) for k in range(depth + 1) for i in range(k + 1)}
    require(ranks.keys() == wanted, "the rank list does not have the ranks r_k~i it should have")
    require([ranks[j, j] for j in range(depth + 1)] == widths, "the ranks r_j~j are not the widths")
    bars = barcode_of(ranks, depth)
    require(claim["barcode"] == bars, "the barcode does not belong to the rank list")
    dimension = stratum_dimension(widths, bars)
    require(claim["dimension"] == dimension, f"the dimension of the stratum is {dimension}")
    if isinstance(claim["proof"], tuple):
        check_flow(weights, widths, bars, *claim["proof"], field)
    else:
        check_ranks(weights, ranks, claim["proof"], field)
    listed = {f"{k}~{i}": rank for (k, i), rank in ranks.items()}
    named = {f"{i}-{k}": count for (i, k), count in bars.items()}
    return f"rank list {listed}\nbarcode {named}\ndimension {dimension}"


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
    rank = bars.get((0, len(widths) - 1), 0)
    pairs = ((p, q) for p in bars for q in bars if p[0] < q[0] <= p[1] + 1 <= q[1])
    codimension = sum(bars[p] * bars[q] for p, q in pairs)
    return weight_dimension(widths) - rank * (widths[0] + widths[-1] - rank) - codimension


def check_flow(weights, widths, bars, place, bases, field):
    require([shape(J) for J in bases] == [(d, d) for d in widths], "a flow basis is not square")
    alive = [
        [(bar, copy) for bar in sorted(bars) for copy in range(bars[bar]) if bar[0] <= j <= bar[1]]
        for j in range(len(widths))
    ]
    for j, basis in enumerate(bases):
        check_invertible(basis, range(widths[j]), range(widths[j]), place, field, f"J_{j}")
    for j, matrix in enumerate(weights):
        passed = [[int(one == other) for one in alive[j]] for other in alive[j + 1]]
        zeros = [[[0] * len(alive[j]) for _ in passed]] * (field.degree - 1)
        right = multiply(bases[j + 1], (1, [passed, *zeros]), field)
        left = multiply(matrix, bases[j], field)
        same = is_zero(subtract(left, right))
        require(same, f"W_{j + 1} J_{j} is not J_{j + 1} times its canonical form")


def check_ranks(weights, ranks, proof, field):
    wanted = {(k, i) for k, i in ranks if k > i}
    require(proof.keys() == wanted, "the proof is not one of every rank r_k~i, k > i")
    for i in range(len(weights)):
        matrix = None
        for k in range(i + 1, len(weights) + 1):
            matrix = multiply(weights[k - 1], matrix, field) if matrix else weights[k - 1]
            check_rank(matrix, ranks, k, i, *proof[k, i], field)


def check_rank(matrix, ranks, k, i, lower, upper, field):
    name, rank = f"r_{k}~{i}", ranks[k, i]
    if isinstance(lower, tuple):
        known = neighbour(ranks, lower, [(k + 1, i), (k, i - 1)])
        require(known >= rank, f"{name} >= {rank} is unproven")
    else:
        place, rows, columns = lower
        require(len(rows) == len(columns) == rank, f"{name} >= {rank} needs a minor of that size")
        check_invertible(matrix, rows, columns, place, field, name)
    if isinstance(upper, tuple):
        bound = neighbour(ranks, upper, [(k - 1, i), (k, i + 1)])
    elif isinstance(upper, list):
        require(tuple(upper) == shape(matrix), f"{name}: the shape is {shape(matrix)}")
        bound = min(upper)
    else:
        wide = matrix if upper["side"] == "right" else transpose(matrix)
        bound = shape(wide)[1] - count_null_vectors(wide, upper["vectors"], field, name)
    require(bound <= rank, f"{name} <= {rank} is unproven, only {name} <= {bound} is shown")


def neighbour(ranks, pair, allowed):
    require(pair in allowed and pair in ranks, f"W_{pair} has not one factor more or less")
    return ranks[pair]


def read_snapped(content):
    claim = read_rank_list(content)
    field = claim["field"]
    original = read_weights(content["original"], "original", field)
    distances = items(content["squared_distances"], "squared_distances", field.read)
    return claim | {"original": original, "distances": distances}


def check_snapped(claim):
    field, weights, original = claim["field"], claim["weights"], claim["original"]
    require(widths_of(weights) == widths_of(original), "the weights had other widths before")
    require(len(claim["distances"]) == len(weights), "expected a distance for every matrix")
    for j, pair in enumerate(zip(weights, original, strict=True)):
        d, parts = subtract(*pair)
        entries = [x for row in zip(*parts, strict=True) for x in zip(*row, strict=True)]
        row = d, [[[x[k] for x in entries]] for k in range(field.degree)]
        below, square = multiply(row, transpose(row), field)
        found = [Fraction(part[0][0], below) for part in square]
        require(claim["distances"][j] == found, f"W_{j + 1} has moved by another distance")
    return check_rank_list(claim) + "\nthe squared distances from the original weights"

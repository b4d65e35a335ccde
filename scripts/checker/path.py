"""The part of check_certificate.py about paths: walks through points with one product W_L...W_1.

In each step a parameter t runs from 0 to 1. A step of kind "shear" or "scale" takes the weights W_j
to g_j W_j g_{j-1}^{-1} with g_j = F_j (1 + t (T_j - 1)) F_j^{-1}: F_j is frames[j], T_j is
factors[j], triangular, or over Q with diagonal entries larger than the sum of the sizes of the rest
of their rows; the lines from 1 to the entries of its diagonal avoid 0, so that g_j is invertible
for all t and no rank changes. g_L W = W g_0 keeps the product. A step of kind "connect"
or "swap" adds t epsilon column row to W_layer. It raises ranks ("up"), or is the reverse of one
that does: the ranks of A + s p q for all s but 0 follow from those of A, [A p], [A; q] and
[A p; q 0].

Matrices over Q(a) are replaced by larger ones over Q: each entry by the matrix that multiplies by
it. All ranks are then multiplied by the degree of the field. Not checked here are "separated_by",
which explains why one stratum does not connect the ends, and "shortest", that no path crosses fewer
edges; linnet-exact check does that.
"""

from collections import Counter
from fractions import Fraction

from checker.document import counts, expect, items, layer_pair, members, natural, require, text
from checker.factors import reduced
from checker.field import Field
from checker.matrices import read_matrix, read_weights, shape, widths_of
from checker.ranks import barcode_of

KEYS = ["format", "version", "field", "moves", "barcodes", "separated_by", "start", "steps", "end"]


def bars_of(value, place):
    found = items(value, place, lambda bar, at: layer_pair(bar, at, "-"))
    expect(len(found) == 2, f"{place} must be two bars")
    return found


def read_path(document):
    version = document.get("version")
    expect(type(version) is int and version in (1, 2, 3), "the version of a path must be 1, 2 or 3")
    members(document, "the path", KEYS + ["shortest"] * (version > 1) + ["bits"] * (version > 2))
    expect(type(document.get("shortest", True)) is bool, "shortest must be true or false")
    field = Field(document["field"])
    items(document["separated_by"], "separated_by", text)
    return {
        "field": field,
        "start": read_weights(document["start"], "start", field),
        "steps": items(document["steps"], "steps", lambda step, at: read_step(step, at, field)),
        "end": read_weights(document["end"], "end", field),
        "bits": items(document["bits"], "bits", natural) if version > 2 else None,
        "moves": items(document["moves"], "moves", read_edge),
        "barcodes": items(document["barcodes"], "barcodes", counts),
    }


def read_edge(value, place):
    members(value, place, ["move", "direction", "bars"])
    kind = text(value["move"], f"{place} move", "connect|swap")
    return kind, text(value["direction"], place, "up|down"), bars_of(value["bars"], place)


def read_step(value, place, field):
    expect(isinstance(value, dict), f"{place} must be a JSON object")
    kind = text(value.get("kind"), f"{place} kind", "shear|scale|connect|swap")
    if kind in ("shear", "scale"):
        members(value, place, ["kind", "frames", "factors"])
        both = ("frames", "factors")
        return {"kind": kind} | {k: read_weights(value[k], f"{place} {k}", field) for k in both}
    keys = ["kind", "direction", "layer", "bars", "column", "epsilon", "row", "before", "after"]
    members(value, place, keys)
    return {
        "kind": kind,
        "direction": text(value["direction"], f"{place} direction", "up|down"),
        "layer": natural(value["layer"], f"{place} layer"),
        "bars": bars_of(value["bars"], f"{place} bars"),
        "column": read_matrix(value["column"], f"{place} column", field),
        "epsilon": field.read(value["epsilon"], f"{place} epsilon"),
        "row": read_matrix(value["row"], f"{place} row", field),
        "before": counts(value["before"], f"{place} before"),
        "after": counts(value["after"], f"{place} after"),
    }


# Matrices of fractions.


def over_q(matrix, field):
    """The matrix over Q that stands for one over Q(a)."""
    below, parts = matrix
    rows = []
    for row in zip(*parts, strict=True):
        entries = zip(*row, strict=True)
        blocks = [field.powers_of([Fraction(c, below) for c in entry]) for entry in entries]
        for line in range(field.degree):
            rows.append([power[line] for block in blocks for power in block])
    return rows


def times(A, B):
    columns = list(zip(*B, strict=True))
    require(all(len(row) == len(B) for row in A), "matrices do not fit together")
    return [
        [sum(x * y for x, y in zip(row, c, strict=True) if x and y) for c in columns] for row in A
    ]


def plus(A, B, factor=1):
    pairs = zip(A, B, strict=True)
    return [[x + factor * y for x, y in zip(a, b, strict=True)] for a, b in pairs]


def unit(size):
    return [[Fraction(i == j) for j in range(size)] for i in range(size)]


def rank(A):
    return len(reduced(A, len(A[0])))


def inverse(A, name):
    size = len(A)
    found = reduced([[*row, *one] for row, one in zip(A, unit(size), strict=True)], size)
    require(len(found) == size, f"{name} is singular")
    return [row[size:] for row in found]


def product(weights, k, i):
    found = weights[i]
    for j in range(i + 1, k):
        found = times(weights[j], found)
    return found


def ranks_of(weights, widths, e):
    depth = len(weights)
    ranks = {(j, j): width for j, width in enumerate(widths)}
    for i in range(depth):
        for k in range(i + 1, depth + 1):
            ranks[k, i] = rank(product(weights, k, i)) // e
    return ranks


def check_path(claim):
    field, start, end = claim["field"], claim["start"], claim["end"]
    field.real_root()  # of several real embeddings one must be chosen
    widths = widths_of(start)
    require(widths_of(end) == widths, "the ends have different widths")
    here, last = ([over_q(W, field) for W in weights] for weights in (start, end))
    barcodes = [barcode_of(ranks_of(here, widths, field.degree), len(here))]
    edges, bits = [], [longest(here, field.degree)]
    for number, step in enumerate(claim["steps"], start=1):
        name = f"step {number}"
        if "frames" in step:
            here = group_step(step, here, widths, field, name)
        else:
            here = move_step(step, here, widths, field, name)
            barcodes.append(step["after"])
            edges.append((step["kind"], step["direction"], step["bars"]))
        bits.append(longest(here, field.degree))
    require(here == last, "the path does not arrive at its end")
    require(claim["barcodes"] == barcodes, "the barcodes are not those of the steps")
    require(claim["moves"] == edges, "the moves are not those of the steps")
    require(claim["bits"] in (None, bits), '"bits" is not what the points have')
    found = f"a path of {len(claim['steps'])} steps over {len(barcodes)} strata in one fiber"
    return f"{found}\nnot checked here: separated_by, shortest"


def longest(here, e):
    """The bits of the longest numerator or denominator of an entry, or of a coordinate of one."""
    numbers = (x for W in here for row in W for x in row[::e])
    return max(max(x.numerator.bit_length(), x.denominator.bit_length()) for x in numbers)


def group_step(step, here, widths, field, name):
    sizes = [(width, width) for width in widths]
    for key in ("frames", "factors"):
        require([shape(M) for M in step[key]] == sizes, f"{name}: the {key} have other sizes")
    diagonals = []
    for factor in step["factors"]:
        size, (below, parts) = range(shape(factor)[0]), factor
        filled = [(r, c) for r in size for c in size if any(part[r][c] for part in parts)]
        upper, lower = all(r <= c for r, c in filled), all(r >= c for r, c in filled)
        dominant = field.degree == 1 and all(
            2 * parts[0][r][r] > sum(map(abs, parts[0][r])) for r in size
        )
        require(upper or lower or dominant, f"{name}: a factor is neither triangular nor dominant")
        diagonals += [[Fraction(part[r][r], below) for part in parts] for r in size]
    one = [Fraction(k == 0) for k in range(field.degree)]
    kind = "shear" if all(x == one for x in diagonals) else "scale"
    require(step["kind"] == kind, f"{name} is of kind {kind}")
    for x in diagonals:
        require(field.avoids_zero(x), f"{name}: a factor becomes singular on the way")
    group = []
    for frame, factor in zip(step["frames"], step["factors"], strict=True):
        F, T = over_q(frame, field), over_q(factor, field)
        group.append(times(times(F, T), inverse(F, f"{name}: a frame")))
    W = product(here, len(here), 0)
    require(times(group[-1], W) == times(W, group[0]), f"{name} changes the product")
    return [
        times(times(group[j + 1], W), inverse(group[j], f"{name}: a group element"))
        for j, W in enumerate(here)
    ]


def move_step(step, here, widths, field, name):
    layer, depth = step["layer"], len(here)
    require(1 <= layer <= depth, f"{name}: there is no layer {layer}")
    shapes = [shape(step["column"]), shape(step["row"])]
    wanted = [(widths[layer], 1), (1, widths[layer - 1])]
    require(shapes == wanted, f"{name}: the column or the row has another length")
    require(any(step["epsilon"]), f"{name}: epsilon is 0")
    column, row = over_q(step["column"], field), over_q(step["row"], field)
    epsilon = over_q((1, [[[x]] for x in step["epsilon"]]), field)
    changed = list(here)
    changed[layer - 1] = plus(here[layer - 1], times(times(column, epsilon), row))
    low, high, lower = step["before"], step["after"], here
    if step["direction"] == "down":
        low, high, lower = high, low, changed
    (h, k), (i, l) = step["bars"]
    require(h < i <= k + 1 <= l, f"{name}: the bars {h}-{k}, {i}-{l} do not allow a rising move")
    kind = "connect" if i == k + 1 else "swap"
    require(step["kind"] == kind, f"{name} is of kind {kind}")
    ranks = ranks_of(lower, widths, field.degree)
    require(barcode_of(ranks, depth) == low, f"{name}: the lower end is not on its stratum")
    raised = Counter(low)
    raised.subtract([(h, k), (i, l)])
    raised.update([(h, l)] + [(i, k)] * (i <= k))
    require(min(raised.values()) >= 0, f"{name}: there are no such bars")
    require(+raised == high, f"{name}: the move leads to another stratum")
    found = ranks_off_zero(lower, layer, column, row, ranks, field.degree, name)
    require(barcode_of(found, depth) == high, f"{name}: off the lower end it is on another stratum")
    return changed


def ranks_off_zero(lower, layer, column, row, ranks, e, name):
    """The ranks of the products of weights with s column row added to W_layer, for all s but 0."""
    found, depth = dict(ranks), len(lower)
    for k in range(layer, depth + 1):
        p = times(product(lower, k, layer), column) if k > layer else column
        for i in range(layer):
            q = times(row, product(lower, layer - 1, i)) if i < layer - 1 else row
            if not any(map(any, p)) or not any(map(any, q)):
                continue
            require((k, i) != (depth, 0), f"{name} changes the product")
            A, r = product(lower, k, i), ranks[k, i]
            beside = [[*a, *b] for a, b in zip(A, p, strict=True)]
            leaves = [rank(beside) > r * e, rank(A + q) > r * e]
            if not any(leaves):
                bordered = beside + [[*b, *[0] * e] for b in q]
                require(rank(bordered) == r * e, f"{name}: a rank drops at one parameter")
            found[k, i] += all(leaves)
    return found

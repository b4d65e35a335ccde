"""The part of check_certificate.py that checks a proof for all widths of one depth.

At the canonical point of a barcode every matrix takes a strand to itself or to 0, so the tangent
map of the orbit splits into blocks, one for each ordered pair of strands, which depend only on the
bars P = [h, k] and Q = [i, l] of the two strands:

unknowns   the entry of H_j from p to q, for each layer j in P and in Q;
slots      the entry of X_j = H_j W_j - W_j H_{j-1}, for j - 1 in P and j in Q:
           it is (H_j if j is in P) - (H_{j-1} if j - 1 is in Q);
condition  the entry of H_L W - W H_0 = 0, if 0 is in P and L in Q:
           (H_L if P = [0, L]) - (H_0 if Q = [0, L]).

A block has rank(slots and condition) - rank(condition) directions tangent to the stratum. Blocks
count as often as there are pairs of strands, so the dimension is a quadratic form in the numbers
of bars of each kind. If its coefficients are those of the formula, the formula holds for all
widths; likewise for the rank of the differential of the product map, sum_j X_j in each block with 0
in P and L in Q, and for the number of moves that stay on the stratum.
"""

from collections import Counter
from fractions import Fraction

from checker.document import expect, items, members, natural, require, text

THEOREM = {
    "slots": "d_θ = Σ_j d_j d_j−1",
    "dimension": "dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l",
    "differential by bars": "rk dμ = Σ ω_k0 ω_Li over i ≤ k+1",
    "differential by ranks": "rk dμ = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0",
    "tangent moves": "the number of one-matrix and two-matrix moves that stay on S is dim S",
    "normal moves": "the number of normal vectors is d_θ − dim S",
}


def read_dimension_theorem(content):
    natural(content["depth"], "depth")
    expect(type(content["identity"]) is bool, "identity must be true or false")
    expect(isinstance(content["theorem"], dict), "theorem must be a JSON object")
    for name, formula in content["theorem"].items():
        text(formula, name)
    items(content["blocks"], "blocks", read_block)
    return content


def read_block(value, place):
    def naturals(value, place):
        return items(value, place, natural)

    def signs(value, place):
        return items(value, place, lambda row, at: items(row, at, sign))

    def sign(value, place):
        expect(type(value) is int and abs(value) <= 1, f"{place} must be -1, 0 or 1")
        return value

    readers = {
        "from": text,
        "to": text,
        "layers": naturals,
        "slots": naturals,
        "tangent_map": signs,
        "condition": signs,
        "tangent": natural,
        "differential": natural,
    }
    members(value, place, readers)
    for key, read in readers.items():
        read(value[key], f"{place} {key}")


def check_dimension_theorem(certificate):
    depth = certificate["depth"]
    require(1 <= depth <= 10, "the depth must be 1 to 10")
    require(certificate["identity"], "it does not claim that the identities hold")
    require(certificate["theorem"] == THEOREM, "these are not the formulas that are checked")
    bars = [(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    pairs = [(p, q) for p in bars for q in bars]
    require(len(certificate["blocks"]) == len(pairs), f"it must have {len(pairs)} blocks")
    found = {name: Counter() for name in ("slots", "dimension", "differential", "moves")}
    for (p, q), recorded in zip(pairs, certificate["blocks"], strict=True):
        block = block_of(depth, p, q)
        name = f"the block from {block['from']} to {block['to']}"
        require(recorded == block, f"{name} is not what the tangent map gives")
        slots = len(block["slots"])
        kept = (p[0] == 0 and q[1] == depth) or (p[0] < q[0] and p[1] < q[1])
        unordered = min(p, q), max(p, q)
        found["slots"][unordered] += slots
        found["dimension"][unordered] += block["tangent"]
        found["differential"][unordered] += block["differential"]
        found["moves"][unordered] += max(slots - 1, 0) if kept else slots
    by_bars, by_ranks = differential_forms(depth, pairs, bars)
    dimension = dimension_form(depth, pairs, bars)
    for name, formula in (
        ("slots", slots_form(depth, bars)),
        ("dimension", dimension),
        ("moves", dimension),
        ("differential", by_bars),
        ("differential", by_ranks),
    ):
        difference = Counter(found[name])
        difference.subtract(formula)
        wrong = [pair for pair, number in difference.items() if number]
        require(not wrong, f"{name}: the coefficient of the bars {wrong[:1]} does not agree")
    return f"for all widths of depth {depth}: dim S, rk dmu and the number of moves"


def block_of(depth, p, q):
    (h, k), (i, l) = p, q
    layers = range(max(h, i), min(k, l) + 1)
    slots = range(max(h + 1, i), min(k + 1, l) + 1)
    tangent_map = [[(c == j) * (j <= k) - (c == j - 1) * (i < j) for c in layers] for j in slots]
    through = (0, depth)
    keep = [(c == depth) * (p == through) - (c == 0) * (q == through) for c in layers]
    reaches = h == 0 and l == depth
    condition = [keep] if reaches and any(keep) else []
    return {
        "from": f"{h}-{k}",
        "to": f"{i}-{l}",
        "layers": list(layers),
        "slots": list(slots),
        "tangent_map": tangent_map,
        "condition": condition,
        "tangent": rank(tangent_map + condition) - rank(condition),
        "differential": int(reaches and len(slots) > 0),
    }


def rank(rows):
    rows, found = [[Fraction(x) for x in row] for row in rows], 0
    while rows:
        pivot = rows.pop()
        at = next((column for column, x in enumerate(pivot) if x), None)
        if at is not None:
            found += 1
            rows = [
                [x - row[at] / pivot[at] * y for x, y in zip(row, pivot, strict=True)]
                for row in rows
            ]
    return found


# Quadratic forms in the numbers of bars: {unordered pair of bars: coefficient}.


def slots_form(depth, bars):
    """d_theta, the sum of d_j d_{j-1}."""
    form = Counter()
    for j in range(1, depth + 1):
        form.update(times(alive(bars, j, j), alive(bars, j - 1, j - 1)))
    return form


def dimension_form(depth, pairs, bars):
    """d_theta - r (d_0 + d_L - r) - the sum over pairs of bars with h < i <= k + 1 <= l."""
    form = slots_form(depth, bars)
    through = [(0, depth)]
    form.subtract(times(through, alive(bars, 0, 0)))
    form.subtract(times(through, alive(bars, depth, depth)))
    form.update(times(through, through))
    form.subtract((min(p, q), max(p, q)) for p, q in pairs if p[0] < q[0] <= p[1] + 1 <= q[1])
    return form


def differential_forms(depth, pairs, bars):
    """Bars from the input against bars to the output; and the same from ranks."""
    by_bars = Counter(
        (min(p, q), max(p, q)) for p, q in pairs if p[0] == 0 and q[1] == depth and q[0] <= p[1] + 1
    )
    by_ranks = Counter()
    for j in range(1, depth + 1):
        by_ranks.update(times(alive(bars, depth, j), alive(bars, j - 1, 0)))
    for j in range(1, depth):
        by_ranks.subtract(times(alive(bars, depth, j), alive(bars, j, 0)))
    return by_bars, by_ranks


def alive(bars, k, i):
    """The bars that r_{k~i} counts."""
    return [bar for bar in bars if bar[0] <= i and bar[1] >= k]


def times(first, second):
    return Counter((min(p, q), max(p, q)) for p in first for q in second)

"""A proof as a certificate, and its check from nothing but the certificate.

The check shares no code with the prover: it builds the blocks again from their definition, finds
their ranks by elimination with fractions, and expands the formulas with dictionaries for
polynomials.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from linnet_exact.claims.proof.blocks import block
from linnet_exact.claims.proof.theorem import MAX_DEPTH, Proof
from linnet_exact.errors import CertificateError
from linnet_exact.files.certificate import digest, sealed

__all__ = ["KIND", "check_proof", "proof_certificate"]

KIND = "dimension-theorem"

Bar = tuple[int, int]
Form = Counter[tuple[Bar, Bar]]  # a quadratic form, by pairs of bars in order
Numbers = Sequence[Sequence[int]]


def proof_certificate(proof: Proof) -> dict[str, Any]:
    """Return a proof as a certificate: every block with its ranks, and the forms they sum to.

    Examples
    --------
    >>> from linnet_exact.claims.proof.theorem import prove
    >>> certificate = proof_certificate(prove(1))
    >>> certificate["kind"], len(certificate["blocks"]), certificate["identity"]
    ('dimension-theorem', 9, True)
    """
    rows = []
    for (source, target), ranks in proof.blocks.items():
        matrices = block(proof.depth, source, target)
        rows.append(
            {
                "from": str(source),
                "to": str(target),
                "layers": list(matrices.layers),
                "slots": list(matrices.slots),
                "tangent_map": [list(row) for row in matrices.tangent_map],
                "condition": [list(row) for row in matrices.condition],
                "tangent": ranks.tangent,
                "differential": ranks.differential,
            }
        )
    content = {
        "format": "linnet-exact/certificate",
        "version": 1,
        "kind": KIND,
        "depth": proof.depth,
        "theorem": {identity.name: identity.formula for identity in proof.identities},
        "blocks": rows,
        "identity": proof.holds,
    }
    return sealed(content)


def check_proof(certificate: Mapping[str, Any]) -> list[str]:
    """Check a certificate of the dimension theorem, and return what it proves, in words.

    Raises
    ------
    CertificateError
        If it does not prove that; the message says where it fails.

    Examples
    --------
    >>> from linnet_exact.claims.proof.theorem import prove
    >>> check_proof(proof_certificate(prove(2)))[0]
    'for all widths of depth 2: dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l'
    """
    depth = certificate.get("depth")
    _require(certificate.get("kind") == KIND, f"it is not a certificate of kind {KIND}")
    _require(certificate.get("sha256") == digest(dict(certificate)), "its digest is wrong")
    _require(isinstance(depth, int) and 1 <= depth <= MAX_DEPTH, f"depth must be 1 to {MAX_DEPTH}")
    assert isinstance(depth, int)
    _require(certificate.get("identity") is True, "it does not claim that the identities hold")
    bars = [(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    blocks = certificate.get("blocks")
    _require(isinstance(blocks, list), "it has no list of blocks")
    assert isinstance(blocks, list)
    pairs = list(product(bars, bars))
    _require(len(blocks) == len(pairs), f"it must have {len(pairs)} blocks, not {len(blocks)}")
    forms = {name: Form() for name in ("slots", "dimension", "differential", "moves")}
    for (source, target), recorded in zip(pairs, blocks, strict=True):
        for name, number in _checked_block(depth, source, target, recorded).items():
            forms[name][min(source, target), max(source, target)] += number
    for name, formula in _formulas(depth, bars).items():
        difference = Counter(forms[name.split()[0]])
        difference.subtract(formula)
        wrong = [pair for pair, number in difference.items() if number]
        _require(not wrong, f"{name}: the coefficient of the bars {wrong[:1]} does not agree")
    for_all = f"for all widths of depth {depth}:"
    return [
        f"{for_all} dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l",
        f"{for_all} rk dμ = Σ ω_k0 ω_Li over i ≤ k+1 = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0",
        f"{for_all} the moves that stay on S are as many as dim S, the normal vectors d_θ − dim S",
    ]


def _checked_block(depth: int, source: Bar, target: Bar, recorded: Any) -> dict[str, int]:
    """Return the numbers of a block after checking that they are what it says."""
    name = f"block {source[0]}-{source[1]} to {target[0]}-{target[1]}"
    (h, k), (i, l) = source, target
    layers = list(range(max(h, i), min(k, l) + 1))
    slots = list(range(max(h + 1, i), min(k + 1, l) + 1))
    tangent_map = [
        [(c == j) * (j <= k) - (c == j - 1) * (i <= j - 1) for c in layers] for j in slots
    ]
    reaches = h == 0 and l == depth
    keep = [
        (c == depth) * (source == (0, depth)) - (c == 0) * (target == (0, depth)) for c in layers
    ]
    condition = [keep] if reaches and any(keep) else []
    tangent = _rank(tangent_map + condition) - _rank(condition)
    differential = int(reaches and bool(slots))
    stays = not (reaches or (h < i and k < l))
    expected = {
        "from": f"{h}-{k}",
        "to": f"{i}-{l}",
        "layers": layers,
        "slots": slots,
        "tangent_map": tangent_map,
        "condition": condition,
        "tangent": tangent,
        "differential": differential,
    }
    _require(recorded == expected, f"{name} is not what the tangent map at a canonical point gives")
    moves = len(slots) if stays else max(len(slots) - 1, 0)
    return {
        "slots": len(slots),
        "dimension": tangent,
        "differential": differential,
        "moves": moves,
    }


def _formulas(depth: int, bars: list[Bar]) -> dict[str, Form]:
    """Return the quadratic forms of the formulas."""

    def rank(k: int, i: int) -> list[Bar]:
        return [bar for bar in bars if bar[0] <= i and bar[1] >= k]

    slots = _sum(_product(rank(j, j), rank(j - 1, j - 1)) for j in range(1, depth + 1))
    dimension = Counter(slots)
    for end in (0, depth):
        dimension.subtract(_product(rank(depth, 0), rank(end, end)))
    dimension.update(_product(rank(depth, 0), rank(depth, 0)))
    for (h, k), (i, l) in product(bars, bars):
        if h < i <= k + 1 <= l:
            dimension[min((h, k), (i, l)), max((h, k), (i, l))] -= 1
    by_ranks = _sum(_product(rank(depth, j), rank(j - 1, 0)) for j in range(1, depth + 1))
    by_ranks.subtract(_sum(_product(rank(depth, j), rank(j, 0)) for j in range(1, depth)))
    by_bars = Form()
    for (h, k), (i, l) in product(bars, bars):
        if h == 0 and l == depth and i <= k + 1:
            by_bars[min((h, k), (i, l)), max((h, k), (i, l))] += 1
    return {
        "slots": slots,
        "dimension": dimension,
        "moves": dimension,
        "differential by bars": by_bars,
        "differential by ranks": by_ranks,
    }


def _product(first: list[Bar], second: list[Bar]) -> Form:
    return Counter((min(p, q), max(p, q)) for p in first for q in second)


def _sum(forms: Iterable[Form]) -> Form:
    total = Form()
    for form in forms:
        total.update(form)
    return total


def _rank(rows: Numbers) -> int:
    """Return the rank of a matrix of integers, by elimination."""
    left = [[Fraction(x) for x in row] for row in rows]
    rank = 0
    while left:
        pivot_row = left.pop()
        at = next((column for column, x in enumerate(pivot_row) if x), None)
        if at is None:
            continue
        rank += 1
        left = [
            [x - row[at] / pivot_row[at] * y for x, y in zip(row, pivot_row, strict=True)]
            for row in left
        ]
    return rank


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise CertificateError(f"the certificate does not hold: {reason}")

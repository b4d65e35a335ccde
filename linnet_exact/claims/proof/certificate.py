"""A proof as a certificate, and its check from nothing but the certificate.

The check shares no code with the prover: it builds the blocks again from their definition, finds
their ranks by elimination with fractions, and expands the formulas with dictionaries for
polynomials.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from linnet_exact.claims.proof.blocks import block
from linnet_exact.claims.proof.theorem import MAX_DEPTH, Proof
from linnet_exact.errors import InputError
from linnet_exact.files import check_certificate
from linnet_exact.files.certificates.document import items, members, natural, text
from linnet_exact.files.certificates.kind import Kind, envelope, require
from linnet_exact.files.certificates.sealing import FORMAT, sealed

__all__ = ["DIMENSION_THEOREM", "KIND", "check_proof", "proof_certificate"]

KIND = "dimension-theorem"

THEOREM = {
    "slots": "d_θ = Σ_j d_j d_j−1",
    "dimension": "dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l",
    "differential by bars": "rk dμ = Σ ω_k0 ω_Li over i ≤ k+1",
    "differential by ranks": "rk dμ = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0",
    "tangent moves": "the number of one-matrix and two-matrix moves that stay on S is dim S",
    "normal moves": "the number of normal vectors is d_θ − dim S",
}
"""What is checked, in words; the prover has words of its own, which must be the same."""

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
        "format": FORMAT,
        "version": 1,
        "kind": KIND,
        "depth": proof.depth,
        "theorem": {identity.name: identity.formula for identity in proof.identities},
        "blocks": rows,
        "identity": proof.holds,
    }
    return sealed(content)


@dataclass(frozen=True)
class ProofClaim:
    """What a certificate says: formulas, and blocks with their ranks."""

    depth: int
    theorem: dict[str, str]
    blocks: list[dict[str, Any]]
    identity: bool


def _read(certificate: dict[str, Any]) -> ProofClaim:
    envelope(certificate, ("depth", "theorem", "blocks", "identity"))
    if not isinstance(certificate["identity"], bool):
        raise InputError("identity must be true or false")
    theorem = certificate["theorem"]
    if not isinstance(theorem, dict):
        raise InputError("theorem must be a JSON object")
    return ProofClaim(
        natural(certificate["depth"], "depth"),
        {name: text(formula, f"theorem {name}") for name, formula in theorem.items()},
        items(certificate["blocks"], "blocks", _read_block),
        certificate["identity"],
    )


def _read_block(value: Any, place: str) -> dict[str, Any]:
    readers: dict[str, Callable[[Any, str], Any]] = {
        "from": text,
        "to": text,
        "layers": _naturals,
        "slots": _naturals,
        "tangent_map": _signs,
        "condition": _signs,
        "tangent": natural,
        "differential": natural,
    }
    members(value, place, readers)
    return {key: read(value[key], f"{place} {key}") for key, read in readers.items()}


def _naturals(value: Any, place: str) -> list[int]:
    return items(value, place, natural)


def _signs(value: Any, place: str) -> list[list[int]]:
    return items(value, place, lambda row, at: items(row, at, _sign))


def _sign(value: Any, place: str) -> int:
    if type(value) is not int or abs(value) > 1:
        raise InputError(f"{place} must be −1, 0 or 1")
    return value


def _check(claim: ProofClaim) -> list[str]:
    """Return what a certificate of the dimension theorem proves, in words."""
    depth, blocks = claim.depth, claim.blocks
    require(1 <= depth <= MAX_DEPTH, f"the depth must be 1 to {MAX_DEPTH}")
    require(claim.identity, "it does not claim that the identities hold")
    require(claim.theorem == THEOREM, "the formulas under theorem are not those that are checked")
    bars = [(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    pairs = list(product(bars, bars))
    require(len(blocks) == len(pairs), f"it must have {len(pairs)} blocks, not {len(blocks)}")
    forms = {name: Form() for name in ("slots", "dimension", "differential", "moves")}
    for (source, target), recorded in zip(pairs, blocks, strict=True):
        for name, number in _checked_block(depth, source, target, recorded).items():
            forms[name][min(source, target), max(source, target)] += number
    for name, formula in _formulas(depth, bars).items():
        difference = Counter(forms[name.split()[0]])
        difference.subtract(formula)
        wrong = [pair for pair, number in difference.items() if number]
        require(not wrong, f"{name}: the coefficient of the bars {wrong[:1]} does not agree")
    for_all = f"for all widths of depth {depth}:"
    return [
        f"{for_all} {THEOREM['dimension']}",
        f"{for_all} rk dμ = Σ ω_k0 ω_Li over i ≤ k+1 = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0",
        f"{for_all} the moves that stay on S are as many as dim S, the normal vectors d_θ − dim S",
    ]


DIMENSION_THEOREM = Kind((1,), _read, _check)
"""The kind ``"dimension-theorem"``."""


def check_proof(certificate: Any) -> list[str]:
    """Check a certificate of the dimension theorem, and return what it proves, in words.

    Raises
    ------
    InputError
        If it is not a certificate of that kind, or not written as one.
    CertificateError
        If it was changed or does not prove that; the message says where it fails.

    Examples
    --------
    >>> from linnet_exact.claims.proof.theorem import prove
    >>> check_proof(proof_certificate(prove(2)))[0]
    'for all widths of depth 2: dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l'
    """
    if not isinstance(certificate, dict) or certificate.get("kind") != KIND:
        raise InputError(f"it is not a certificate of kind {KIND}")
    return check_certificate(certificate, {KIND: DIMENSION_THEOREM})


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
    require(recorded == expected, f"{name} is not what the tangent map at a canonical point gives")
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

"""Strata as orbits of G_W, and their connected components over the real numbers."""

from collections.abc import Iterable
from functools import lru_cache
from random import Random

from linnet_exact.algebra import Matrix
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import POINTS, Pair
from linnet_exact.strata import Barcode, Stratum
from linnet_exact.weights import Weights, canonical_weights, sample
from linnet_exact.weights.group import act

__all__ = ["ONE_ORBIT", "REAL_COMPONENTS", "point_over_canonical_product"]

Signs = tuple[int, ...]  # 0 for + and 1 for −, so that multiplication is addition modulo 2


@lru_cache(maxsize=1024)
def point_over_canonical_product(stratum: Stratum, seed: int | str) -> Weights:
    """Return a pseudo-random point of a stratum whose product is the 0/1 matrix of its rank.

    All strata of a fiber have the same canonical product, so these points are on one fiber.

    Examples
    --------
    >>> stratum = Barcode.parse("0-0,0-2,1-1,2-2").stratum
    >>> point_over_canonical_product(stratum, 1).product()
    Matrix([[0, 1], [0, 0]])
    """
    theta = sample(stratum.barcode, seed)
    flow = theta.flow()
    matrices = list(theta.matrices)
    matrices[0] = matrices[0] @ flow.bases[0]
    matrices[-1] = flow.inverses[-1] @ matrices[-1]
    return Weights(matrices)


def _check_one_orbit(pair: Pair, seed: int) -> Verdict:
    """For points of two strata, no g exists because their rank lists differ."""
    first = point_over_canonical_product(pair.lower, f"{seed}:first")
    second = point_over_canonical_product(pair.upper, f"{seed}:second")
    target = first.product()
    same_fiber = target == second.product()
    if pair.lower != pair.upper:
        return Verdict(
            same_fiber and first.rank_list != second.rank_list, {"same_fiber": same_fiber}
        )
    transport = [
        after @ before
        for after, before in zip(second.flow().bases, first.flow().inverses, strict=True)
    ]
    evidence = {
        "same_fiber": same_fiber,
        "g_takes_one_to_the_other": act(transport, first) == second,
        "g_in_G_W": transport[-1] @ target == target @ transport[0],
    }
    return Verdict(all(evidence.values()), evidence)


def _check_real_components(stratum: Stratum, seed: int) -> Verdict:
    """Points are made with every single sign reversed; flow bases found afresh give the signs."""
    barcode = stratum.barcode
    unit = _signs([Matrix.identity(width) for width in barcode.widths], barcode)
    stabilizers = _span(_signs_of_bar(barcode, bar) for bar in barcode)
    random = Random(f"{seed}:{barcode}")
    classes = []
    for reversed_sign in range(-1, len(unit)):
        wanted = tuple(int(at == reversed_sign) for at in range(len(unit)))
        group = _random_group_element(barcode, wanted, random)
        theta = act(group, canonical_weights(barcode))
        found = _signs(list(theta.flow().bases), barcode)  # in G_W, as W is canonical
        if _sum(found, wanted) not in stabilizers:
            evidence = {"signs_of_g": wanted, "signs_of_flow": found}
            return Verdict(False, evidence)
        classes.append(found)
    all_classes = _span([*classes, *stabilizers])
    return Verdict.equal(
        formula=stratum.real_components,
        sampled=len(all_classes) // len(stabilizers),
        by_incidence=2 ** len(unit) // len(stabilizers),
    )


def _signs(group: list[Matrix], barcode: Barcode) -> Signs:
    """Return the signs of the blocks of g in G_W, W canonical: hidden layers, inputs, outputs, W.

    In flow order the strands [0, L] are the last inputs and the first outputs.
    """
    rank, inputs, outputs = barcode.rank, barcode.widths[0], barcode.widths[-1]
    blocks = group[1:-1]
    if inputs > rank:
        blocks.append(group[0][: inputs - rank, : inputs - rank])
    if outputs > rank:
        blocks.append(group[-1][rank:, rank:])
    if rank:
        blocks.append(group[0][inputs - rank :, inputs - rank :])
    return tuple(int(block.det() < 0) for block in blocks)


def _signs_of_bar(barcode: Barcode, bar: tuple[int, int]) -> Signs:
    """Return the signs of the automorphism that reverses one strand of a bar."""
    group = []
    for layer, width in enumerate(barcode.widths):
        alive = [b for b, n in barcode.items() for _ in range(n) if b.start <= layer <= b.end]
        at = alive.index(bar) if bar in alive else -1
        group.append(_diagonal([-1 if place == at else 1 for place in range(width)]))
    return _signs(group, barcode)


def _random_group_element(barcode: Barcode, signs: Signs, random: Random) -> list[Matrix]:
    """Return a pseudo-random g in G_W, W canonical, whose blocks have these signs."""
    rank, widths = barcode.rank, barcode.widths
    rest = list(signs)
    hidden = [_random_matrix(width, rest.pop(0), random) for width in widths[1:-1]]
    kernel = _random_matrix(widths[0] - rank, rest.pop(0) if widths[0] > rank else 0, random)
    cokernel = _random_matrix(widths[-1] - rank, rest.pop(0) if widths[-1] > rank else 0, random)
    through = _random_matrix(rank, rest.pop(0) if rank else 0, random)
    first = Matrix.block_diagonal([kernel, through])
    last = Matrix.block_diagonal([through, cokernel])
    return [first, *hidden, last]


def _random_matrix(width: int, sign: int, random: Random) -> Matrix:
    """Return a product of a lower and an upper triangular integer matrix of determinant ±1."""
    lower = [
        [random.randint(-2, 2) if j < i else int(i == j) for j in range(width)]
        for i in range(width)
    ]
    upper = [
        [random.randint(-2, 2) if j > i else int(i == j) for j in range(width)]
        for i in range(width)
    ]
    flip = _diagonal([-1 if sign and not place else 1 for place in range(width)])
    shape = (width, width)
    return Matrix(lower, shape=shape) @ flip @ Matrix(upper, shape=shape)


def _diagonal(entries: list[int]) -> Matrix:
    size = len(entries)
    rows = [[entry * (i == j) for j in range(size)] for i, entry in enumerate(entries)]
    return Matrix(rows, shape=(size, size))


def _sum(first: Signs, second: Signs) -> Signs:
    return tuple((a + b) % 2 for a, b in zip(first, second, strict=True))


def _span(vectors: Iterable[Signs]) -> set[Signs]:
    """Return all sums of vectors modulo 2, element by element: they are few."""
    span: set[Signs] = set()
    for vector in vectors:
        if not span:
            span = {tuple(0 for _ in vector)}
        if vector not in span:
            span |= {_sum(vector, other) for other in span}
    return span


ONE_ORBIT = Claim(
    name="one-orbit",
    statement=(
        "two points of the fiber of W are on one stratum if and only if some g with g_L W = W g_0 "
        "takes one to the other; flow bases give it"
    ),
    latex=r"S = G_W\theta,\quad G_W = \{g : g_L W = W g_0\}",
    method="g_j = J'_j J_j^{-1} is computed and applied exactly; different strata differ in ranks",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, transport between points of a stratum",
    domain=POINTS,
    check=_check_one_orbit,
)

REAL_COMPONENTS = Claim(
    name="real-components",
    statement=(
        "a stratum has 2^e connected components over R, where e is the number of signs of G_W "
        "minus the rank over F_2 of the signs that bars reverse"
    ),
    latex=(
        r"\#\pi_0(S(\mathbb{R})) = 2^{g - \rho},\ g \text{ signs of } G_W,\ "
        r"\rho = \operatorname{rk}_{\mathbb{F}_2} \text{ of the signs of bars}"
    ),
    method=(
        "points g·θ with every single sign of g reversed; determinants of flow bases that are "
        "found afresh tell which of them can be on one component"
    ),
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, the group action; π₀ of GL(n, R)",
    check=_check_real_components,
)

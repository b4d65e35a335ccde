"""Finite moves, curves from one stratum to another, and paths between points of one fiber."""

from fractions import Fraction
from itertools import product
from random import Random

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import COVERS, Cover
from linnet_exact.claims.draws import random_stratum
from linnet_exact.claims.theorems.orbits import point_over_canonical_product
from linnet_exact.errors import CertificateError, InputError, NoPathError
from linnet_exact.strata import Interval, Stratum
from linnet_exact.strata.order.moves import Move, apply_move
from linnet_exact.strata.values.interval import ext
from linnet_exact.weights import (
    OneMatrixMove,
    TwoMatrixMove,
    Weights,
    degeneration_through,
    path,
    sample,
)

__all__ = ["DEGENERATION", "MOVES", "PATHS"]

_EPSILONS = (Fraction(1), Fraction(-3), Fraction(10**6), Fraction(1, 10**6))


def _check_moves(stratum: Stratum, seed: int) -> Verdict:
    theta = sample(stratum.barcode, seed)
    checked = 0
    for source, target in product(stratum.barcode, repeat=2):
        for layer in range(1, theta.depth + 1):
            if not (
                source.start <= layer - 1 <= source.end and target.start <= layer <= target.end
            ):
                continue
            if not _one_matrix_move_holds(theta, layer, source, target):
                return _failure("one-matrix", layer, source, target)
            checked += 1
        for layer in range(max(source.start, target.start, 1), min(source.end, target.end) + 1):
            if layer == theta.depth:
                continue
            if not _two_matrix_move_holds(theta, layer, source, target):
                return _failure("two-matrix", layer, source, target)
            checked += 1
    return Verdict(True, {"moves": checked})


def _one_matrix_move_holds(theta: Weights, layer: int, source: Interval, target: Interval) -> bool:
    flow, expected = theta.flow(), theta.barcode
    try:
        move = OneMatrixMove.between(flow, layer, source, target, Fraction(-3, 2))
    except InputError:
        return source.start == 0 and target.end == theta.depth
    if ext(source, target):
        expected = apply_move(expected, Move(source, target))
    moved = move.moved(theta)
    return (
        moved.product() == theta.product()
        and moved.barcode == expected == move.after
        and theta.apply(move).apply(move.reverse()) == theta
    )


def _two_matrix_move_holds(theta: Weights, layer: int, source: Interval, target: Interval) -> bool:
    move = TwoMatrixMove.between(theta.flow(), layer, source, target, Fraction(-3, 2))
    moved = theta.apply(move)
    return (
        moved.product() == theta.product()
        and moved.rank_list == theta.rank_list
        and moved.apply(move.reverse()) == theta
    )


def _failure(kind: str, layer: int, source: Interval, target: Interval) -> Verdict:
    return Verdict(False, {"move": kind, "layer": layer, "from": str(source), "to": str(target)})


def _check_degeneration(cover: Cover, seed: int) -> Verdict:
    theta = sample(cover.lower.barcode, seed)
    family = degeneration_through(theta, cover.upper.barcode)
    for epsilon in _EPSILONS:
        point = family.at(epsilon)
        same_product = point.product() == theta.product()
        if point.barcode != cover.upper.barcode or not same_product:
            evidence = {"epsilon": str(epsilon), "reached": str(point.barcode)}
            return Verdict(False, {**evidence, "same_product": same_product})
    try:
        family.check()
    except CertificateError as error:
        return Verdict(False, {"reason": str(error)})
    return Verdict(family.at(0) == theta, {"layer": family.rise.layer})


def _check_paths(stratum: Stratum, seed: int) -> Verdict:
    partner = random_stratum(stratum.fiber, Random(f"{seed}:{stratum.barcode}"))
    start = point_over_canonical_product(stratum, f"{seed}:start")
    end = point_over_canonical_product(partner, f"{seed}:end")
    evidence = {"to": str(partner.barcode), "separated": _are_separated(start, end)}
    try:
        found = path(start, end)
        found.check()
    except NoPathError:
        return Verdict(evidence["separated"] is True, evidence)
    except CertificateError as error:
        return Verdict(False, {**evidence, "reason": str(error)})
    evidence["steps"] = len(found.steps)
    return Verdict(not evidence["separated"] and found.end == end, evidence)


def _are_separated(start: Weights, end: Weights) -> bool:
    """Return whether a hidden layer of width r has different orientations at the two points.

    There W_{j~0} has r independent rows, and its null space is that of W at both points: the sign
    of a minor that is not 0 cannot change along a path in the fiber.
    """
    rank = start.barcode.rank
    for j in range(1, start.depth):
        if rank and start.network.widths[j] == rank:
            _, pivots = start.product(j, 0).rref()
            first, second = (theta.product(j, 0)[:, pivots].det() for theta in (start, end))
            if first * second < 0:
                return True
    return False


_SOURCE = "Shewchuk and Bhattacharya, arXiv 2404.14855, "

MOVES = Claim(
    name="moves",
    statement=(
        "one-matrix moves W_j + ε u vᵀ from a strand of [h,k] to one of [i,l] keep the product "
        "unless h = 0 and l = L; they keep the barcode unless h < i and k < l, and then connect or "
        "swap the two bars; two-matrix moves keep both"
    ),
    latex=r"\mu(W_j + \varepsilon u v^\top) = \mu(W_j),\ u \in a_{lji},\ v \in b_{k,j-1,h}",
    method="every pair of bars at every layer: products and rank lists are computed afresh",
    source=_SOURCE + "one-matrix and two-matrix moves",
    check=_check_moves,
)

DEGENERATION = Claim(
    name="degeneration",
    statement=(
        "along a cover, through any point of the lower stratum, a line inside the fiber is on the "
        "upper stratum everywhere else: W_j + ε u vᵀ"
    ),
    latex=r"W_j + \varepsilon u v^\top \in T \text{ for all } \varepsilon \ne 0, \quad W_j \in S",
    method=(
        "exact ranks and products at four ε from a millionth to a million, from a pseudo-random "
        "point of the lower stratum; bordered ranks for all ε at once"
    ),
    source=_SOURCE + "connecting and swapping moves",
    domain=COVERS,
    check=_check_degeneration,
)

PATHS = Claim(
    name="paths",
    statement=(
        "two points of one real fiber are joined by a path of moves inside it, unless they differ "
        "in orientation at a hidden layer of width r > 0"
    ),
    latex=r"\theta, \theta' \in \mu^{-1}(W) \implies \theta \leadsto \theta'",
    method=(
        "a path from a pseudo-random point of the stratum to one of another stratum is found, "
        "multiplied out and proved step by step; signs of minors tell which points have none"
    ),
    source=_SOURCE + "transport, connecting and swapping moves",
    check=_check_paths,
)

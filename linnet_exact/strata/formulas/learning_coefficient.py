"""The learning coefficient of a fiber, and what comes with it: its codimension and top components.

Closed formula: M. Aoyagi, on the learning coefficients of deep linear networks; that twice the
coefficient is the codimension of the fiber: S. Pepin Lehalleur and R. Rimányi, arXiv 2411.19920.
Nothing here depends on how many strata there are, nor on the order of the widths.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, NamedTuple

from linnet_exact.strata.formulas.dimension import product_variety_dimension
from linnet_exact.strata.values.network import Network

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["LearningInvariants", "learning_invariants"]


class LearningInvariants(NamedTuple):
    """What the closed formula gives for a fiber."""

    coefficient: Fraction
    """The learning coefficient λ (real log canonical threshold of ‖μ(θ) − W‖²)."""

    multiplicity: int
    """The multiplicity of the pole at −λ."""

    codimension: int
    """2 λ, the codimension of the fiber in weight space."""

    top_components: int
    """The number of irreducible components of that codimension."""


def learning_invariants(network: Network, rank: int) -> LearningInvariants:
    """Return the learning coefficient of the fiber of `rank` and its companions.

    Examples
    --------
    >>> learning_invariants(Network(2, 2, 2), 0)
    LearningInvariants(coefficient=Fraction(3, 2), multiplicity=1, codimension=3, top_components=1)
    """
    from fractions import Fraction  # here, because counting does without it

    excess = sorted(width - rank for width in network.widths)
    base = product_variety_dimension(network, rank)
    bottleneck = _bottleneck(excess)
    if bottleneck is None:
        return LearningInvariants(Fraction(base, 2), 1, base, 1)
    length = len(bottleneck) - 1
    total = sum(bottleneck)
    remainder = total - (-(-total // length) - 1) * length  # in 1..length
    squares = sum(width**2 for width in bottleneck)
    # The formula over one denominator, by which the sum can be divided.
    twice = base + (remainder * (length - remainder) + total**2 - length * squares) // (2 * length)
    return LearningInvariants(
        coefficient=Fraction(twice, 2),
        multiplicity=remainder * (length - remainder) + 1,
        codimension=twice,
        top_components=comb(length, remainder),
    )


def _bottleneck(excess: list[int]) -> list[int] | None:
    """Return the excess widths of the layers that decide, from all of them in increasing order.

    These are the ℓ + 1 ≥ 2 smallest, for the one ℓ with ℓ · (largest of them) < (their sum)
    ≤ ℓ · (each other one). There are none only when the smallest excess is 0.
    """
    total = excess[0]
    for length in range(1, len(excess)):
        total += excess[length]
        inside = length * excess[length] < total
        if inside and (length + 1 == len(excess) or total <= length * excess[length + 1]):
            return excess[: length + 1]
    return None

"""Quadratic forms in the multiplicities of bars, and identities between two of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from linnet_exact.claims.proof.blocks import bar_types
from linnet_exact.strata import Interval

__all__ = ["Form", "Identity", "Ring", "quadratic_form"]

Form = Any  # a SymPy polynomial, an element of a sparse polynomial ring over the integers


class Ring:
    """The polynomials over the integers in the multiplicities ω_ki of the bars of one depth.

    Examples
    --------
    >>> ring = Ring(1)
    >>> ring.width(0) * ring.width(1)
    w_0_0*w_1_0 + w_0_0*w_1_1 + w_1_0**2 + w_1_0*w_1_1
    """

    def __init__(self, depth: int) -> None:
        from sympy import ZZ
        from sympy.polys.rings import ring

        self.depth = depth
        self.bars = bar_types(depth)
        # The names are those of the paper, k first: w_k_i is the multiplicity of [i, k].
        names = sorted(f"w_{bar.end}_{bar.start}" for bar in self.bars)
        polynomials, *generators = ring(names, ZZ)
        by_name = dict(zip(names, generators, strict=True))
        self.zero: Form = polynomials.zero
        self._omega = {bar: by_name[f"w_{bar.end}_{bar.start}"] for bar in self.bars}

    def omega(self, bar: Interval) -> Form:
        """Return the multiplicity of a bar."""
        return self._omega[bar]

    def rank(self, k: int, i: int) -> Form:
        """Return r_k~i = Σ ω_lh over h ≤ i and l ≥ k."""
        return sum(
            (self._omega[bar] for bar in self.bars if bar.start <= i and bar.end >= k), self.zero
        )

    def width(self, j: int) -> Form:
        """Return d_j, the number of bars that contain j."""
        return self.rank(j, j)

    def weights(self) -> Form:
        """Return d_θ = Σ d_j d_{j−1}."""
        widths = [self.width(j) for j in range(self.depth + 1)]
        return sum((widths[j] * widths[j - 1] for j in range(1, self.depth + 1)), self.zero)


@dataclass(frozen=True)
class Identity:
    """Two quadratic forms: one summed from ranks of blocks, one expanded from a formula.

    Attributes
    ----------
    name : str
    formula : str
        The formula, in words of this field.
    latex : str
    from_blocks, from_formula : SymPy polynomial in the multiplicities
    """

    name: str
    formula: str
    latex: str
    from_blocks: Form
    from_formula: Form

    @property
    def holds(self) -> bool:
        """Whether all coefficients agree."""
        return bool(self.from_blocks == self.from_formula)

    @property
    def coefficients(self) -> int:
        """How many coefficients are compared: one for each unordered pair of bars."""
        bars = len(self.from_blocks.ring.gens)
        return bars * (bars + 1) // 2

    @property
    def difference(self) -> str:
        """The difference of the two forms, as a text; `"0"` if they agree."""
        return str(self.from_blocks - self.from_formula)


def quadratic_form(ring: Ring, coefficients: dict[tuple[Interval, Interval], int]) -> Form:
    """Return Σ c(P, Q) ω_P ω_Q over ordered pairs.

    Examples
    --------
    >>> quadratic_form(Ring(1), {(Interval(0, 0), Interval(1, 1)): 2})
    2*w_0_0*w_1_1
    """
    terms: Iterator[Form] = (
        coefficient * ring.omega(source) * ring.omega(target)
        for (source, target), coefficient in coefficients.items()
        if coefficient
    )
    return sum(terms, ring.zero)

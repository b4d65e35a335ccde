"""All critical values of a network's square loss, with the strata that carry them.

The critical values are ½ (tr Y Yᵀ − Σ_{s in S} λ_s), for all sets S of at most min(min d, ρ)
eigenvalues of Γ Σ⁻¹ Γᵀ. A set is a set of numbers 1, …, ρ with λ_1 ≥ … ≥ λ_ρ; of a repeated
eigenvalue the first copies are taken, for the others give the same value.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb

from flint import arb

from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, eigenvalues, to_ball
from linnet_exact.landscape.loss.data import Data
from linnet_exact.landscape.points.conjugates import Conjugates, conjugates
from linnet_exact.landscape.points.critical_strata import (
    can_be_critical,
    can_be_loose,
    can_be_tight,
)
from linnet_exact.landscape.points.criticality import Kind
from linnet_exact.strata import Network, Stratum

__all__ = ["CriticalStratum", "CriticalValue", "Landscape", "landscape"]


@dataclass(frozen=True)
class CriticalStratum:
    """A stratum that carries critical points, and their kinds for one critical value."""

    stratum: Stratum
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class CriticalValue:
    """A critical value ½ (tr Y Yᵀ − Σ_{s in S} λ_s).

    Attributes
    ----------
    selected : tuple of int
        The set S.
    removed : tuple of Eigenvalue
        λ_s for s in S, the largest first.
    energy : Fraction or FieldElement
        tr Y Yᵀ.
    classes : tuple of Conjugates
        All nonzero eigenvalues by conjugacy over the field of the data.
    kinds : tuple of str
        The kinds of its critical points.
    strata : tuple of CriticalStratum
        The strata that carry them, in the order of the fiber's listing.
    """

    selected: tuple[int, ...]
    removed: tuple[Eigenvalue, ...]
    energy: Scalar
    classes: tuple[Conjugates, ...]
    kinds: tuple[Kind, ...]
    strata: tuple[CriticalStratum, ...]

    @property
    def rank(self) -> int:
        """The rank of the products of its critical points."""
        return len(self.selected)

    @cached_property
    def _known_part(self) -> tuple[Scalar, tuple[int, ...]]:
        """The value as a number less half the sum of λ_s for what is left of S.

        All conjugates over the field of the data together have a sum in that field.
        """
        value = self.energy * Fraction(1, 2)
        chosen, summed = Counter((e.polynomial, e.root) for e in self.removed), set()
        for members in self.classes:
            names = {(e.polynomial, e.root) for e in members.values}
            times = {chosen[name] for name in names}
            if len(times) == 1 and times != {0}:
                value = value - Fraction(times.pop(), 2) * members.sum
                summed |= names
        left = [
            s
            for s, e in zip(self.selected, self.removed, strict=True)
            if (e.polynomial, e.root) not in summed
        ]
        return value, tuple(left)

    @property
    def exact(self) -> str:
        """The value as text: a number, or one with ``lambda_s`` for what the field lacks."""
        value, left = self._known_part
        if not left:
            return str(value)
        names = " + ".join(f"lambda_{s}" for s in left)
        half = f"1/2*({names})" if len(left) > 1 else f"1/2*{names}"
        return f"-{half}" if value == 0 else f"{value} - {half}"

    def enclosure(self, bits: int = 128) -> arb:
        """Return a ball around the value."""
        value, left = self._known_part
        rest = [e for s, e in zip(self.selected, self.removed, strict=True) if s in left]
        ball = to_ball(value, bits)
        for eigenvalue in rest:
            ball = ball - eigenvalue.enclosure(bits) / 2
        return ball


@dataclass(frozen=True)
class Landscape:
    """The critical values of a network on some data.

    Attributes
    ----------
    network : Network
    data : Data
    eigenvalues : tuple of Eigenvalue
        λ_1 ≥ … ≥ λ_ρ, a repeated one as often as it is one.
    """

    network: Network
    data: Data
    eigenvalues: tuple[Eigenvalue, ...]

    @property
    def largest_rank(self) -> int:
        """The rank min(min d, ρ) of the global minima."""
        return min(self.network.min_width, len(self.eigenvalues))

    @property
    def least_rank(self) -> int:
        """The least rank of the product at a critical point: ρ without a hidden layer, else 0."""
        return len(self.eigenvalues) if self.network.depth == 1 else 0

    @property
    def is_distinct(self) -> bool:
        """Whether no eigenvalue is repeated."""
        return all(e.multiplicity == 1 for e in self.eigenvalues)

    @cached_property
    def classes(self) -> tuple[Conjugates, ...]:
        """The eigenvalues by conjugacy over the field of the data."""
        return conjugates(self.data, tuple(dict.fromkeys(self.eigenvalues)))

    def count(self) -> int:
        """Return the number of sets S, without listing them."""
        rho = len(self.eigenvalues)
        return sum(comb(rho, r) for r in range(self.least_rank, self.largest_rank + 1))

    def count_strata(self) -> int:
        """Return how many pairs of a set S and a stratum a listing goes through."""
        rho = len(self.eigenvalues)
        return sum(
            comb(rho, r) * self.network.fiber(r).count()
            for r in range(self.least_rank, self.largest_rank + 1)
        )

    def values(
        self, list_limit: int | None = None, with_strata: bool = True
    ) -> Iterator[CriticalValue]:
        """Yield the critical values by rank and by S.

        Parameters
        ----------
        with_strata : bool
            Whether the strata are listed; without them there is nothing to go through but sets S.

        Raises
        ------
        TooLargeError
            If there are more than `list_limit` pairs of a set S and a stratum, or sets S.

        Examples
        --------
        >>> from linnet_exact.algebra import Matrix
        >>> found = landscape(Network(2, 1, 2), Data.from_target(Matrix([[2, 0], [0, 1]])))
        >>> [(value.selected, value.exact, value.kinds) for value in found.values()]
        [((), '5/2', ('strict saddle',)), ((1,), '1/2', ('global minimum',)), ((2,), '2', \
('strict saddle',))]
        """
        if list_limit is not None:
            self._require_few(list_limit, with_strata)
        for rank in range(self.least_rank, self.largest_rank + 1):
            yield from self._values_of_rank(rank, with_strata)

    def _require_few(self, list_limit: int, with_strata: bool) -> None:
        if self.count() > list_limit:
            raise TooLargeError(
                f"there are {self.count()} critical values; at most {list_limit} are listed "
                f"(--list-limit raises the limit)"
            )
        if with_strata and self.count_strata() > list_limit:
            raise TooLargeError(
                f"there are {self.count()} critical values, on {self.count_strata()} strata and "
                f"sets S together; at most {list_limit} are listed (--no-strata leaves the strata "
                f"out, --list-limit raises the limit)"
            )

    def _values_of_rank(self, rank: int, with_strata: bool) -> Iterator[CriticalValue]:
        rho = len(self.eigenvalues)
        strata = [
            s
            for s in (self.network.fiber(rank).strata() if with_strata else ())
            if can_be_critical(s.barcode, rho)
        ]
        other, top = (
            tuple(CriticalStratum(s, self._kinds_on(s, is_top)) for s in strata)
            for is_top in (False, True)
        )
        for S in combinations(range(1, rho + 1), rank):
            if not self._takes_first_copies(S):
                continue
            removed = tuple(self.eigenvalues[s - 1] for s in S)
            is_top = tuple(range(1, rank + 1)) == S
            kinds = self._kinds(rank, is_top)
            yield CriticalValue(
                S, removed, self.data.energy, self.classes, kinds, top if is_top else other
            )

    def _kinds(self, rank: int, is_top: bool) -> tuple[Kind, ...]:
        """Return the kinds of the critical points with S = {1, …, r}, or another S, in order.

        In the first case, below the largest rank, pairs of bars [0, 0] and [L, L] are loose where a
        bar [1, L−1] is added to the minimal barcode, and tight in that barcode itself if L > 2.
        """
        if is_top and rank == self.largest_rank:
            return ("global minimum",)
        if not self.is_distinct:
            return ("undecided",)
        if not is_top or self.network.depth == 2:
            return ("strict saddle",)
        return ("strict saddle", "non-strict saddle")

    def _kinds_on(self, stratum: Stratum, is_top: bool) -> tuple[Kind, ...]:
        """Return those that occur on a stratum."""
        barcode, rho = stratum.barcode, len(self.eigenvalues)
        kinds = self._kinds(stratum.fiber.rank, is_top)
        if len(kinds) == 1:
            return kinds
        occurs = (can_be_loose(barcode, rho), can_be_tight(barcode, rho))
        return tuple(kind for kind, found in zip(kinds, occurs, strict=True) if found)

    def _takes_first_copies(self, S: tuple[int, ...]) -> bool:
        """Return whether no copy of a repeated eigenvalue is in S without those before it."""
        return all(
            s == 1 or s - 1 in S or not self.eigenvalues[s - 2].same_number(self.eigenvalues[s - 1])
            for s in S
        )


def landscape(network: Network, data: Data) -> Landscape:
    """Return the landscape of the square loss of a network on some data.

    Raises
    ------
    ShapeError
        If the data does not fit the network.
    InputError
        If Σ is singular.
    TooLargeError
        If there are too many outputs to find the eigenvalues of Γ Σ⁻¹ Γᵀ.

    Examples
    --------
    >>> from linnet_exact.algebra import Matrix
    >>> landscape(Network(3, 3, 3), Data.from_target(Matrix.identity(3))).count()
    8
    """
    data.require_fits(network)
    if not data.is_invertible:
        raise InputError(
            "Sigma is singular: the samples do not span the inputs, and the critical values are "
            "known only if they do; leave out inputs that depend on others"
        )
    found = [e for e in eigenvalues(data.explained) if not e.is_zero]
    return Landscape(network, data, tuple(e for e in found for _ in range(e.multiplicity)))

"""Which strata carry critical points, and of which kinds: matchings of bars.

Let θ be critical with product W of rank r, and G = W Σ − Γ, of rank m = ρ − r. The columns of
W_{L~j} and the rows of W_{j−1~0} that G sees are spanned by the strands of bars [p, L], p ≤ j, and
[0, q−1], q ≥ j, and G vanishes between them. Two flags and a bilinear form have bases that are
adapted to both and in which the form is a partial permutation (Bruhat). So up to change of bases a
critical point is a matching of m pairs of a bar [0, q−1] and a bar [p, L] with q < p, and every
such matching occurs. The pair is loose if r_{p−1~q} > r: then a strand can be led from the end of
the one bar through layers q, …, p−1 to the start of the other, and the loss falls. All pivots are
tightened iff no pair is loose.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from linnet_exact.strata import Barcode

__all__ = ["Ends", "can_be_critical", "can_be_loose", "can_be_tight", "match"]

Allowed = Callable[[int, int], bool]


@dataclass(frozen=True)
class Ends:
    """The bars of a barcode that end inside, [0, q−1], and that start inside, [p, L].

    Attributes
    ----------
    barcode : Barcode
    inputs : tuple of int
        For each strand of a bar [0, q−1], q − 1 < L: its q.
    outputs : tuple of int
        For each strand of a bar [p, L], p > 0: its p.
    """

    barcode: Barcode
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    @classmethod
    def of(cls, barcode: Barcode) -> "Ends":
        """Read them off a barcode.

        Examples
        --------
        >>> Ends.of(Barcode.parse("0-0:2,0-2,1-2")).inputs
        (1, 1)
        """
        last = barcode.depth
        inputs = [q for q in range(1, last + 1) for _ in range(barcode.omega(q - 1, 0))]
        outputs = [p for p in range(1, last + 1) for _ in range(barcode.omega(last, p))]
        return cls(barcode, tuple(inputs), tuple(outputs))

    def is_apart(self, q: int, p: int) -> bool:
        """Return whether bars [0, q−1] and [p, L] can be a pair: a layer lies between them."""
        return q < p

    def is_tight(self, q: int, p: int) -> bool:
        """Return whether they can be a pair that is not loose."""
        return q < p and self.barcode.rank_list.r(p - 1, q) == self.barcode.rank

    def is_loose(self, q: int, p: int) -> bool:
        """Return whether they can be a loose pair."""
        return q < p and not self.is_tight(q, p)


def can_be_critical(barcode: Barcode, gamma_rank: int) -> bool:
    """Return whether the stratum carries critical points, for a Γ of that rank.

    This is the criterion r_{L~j} − r ≤ (d_L − r) − max(0, r_{j−1~0} − r − (d_0 − ρ)) for all j; the
    product is W_S with any set S of r eigenvalues.

    Examples
    --------
    >>> can_be_critical(Barcode.parse("0-0,1-1"), 1), can_be_critical(Barcode.parse("0-1"), 1)
    (False, True)
    """
    rank, widths, ranks = barcode.rank, barcode.widths, barcode.rank_list
    last, missing = barcode.depth, widths[0] - gamma_rank
    if rank > gamma_rank:
        return False
    return all(
        ranks.r(last, j) <= widths[-1] - max(0, ranks.r(j - 1, 0) - rank - missing)
        for j in range(1, last + 1)
    )


def can_be_tight(barcode: Barcode, gamma_rank: int) -> bool:
    """Return whether the stratum has critical points at which all pivots are tightened.

    Examples
    --------
    >>> can_be_tight(Barcode.parse("0-0,1-1,2-2"), 1), can_be_tight(Barcode.parse("0-0,1-2"), 0)
    (False, True)
    """
    ends = Ends.of(barcode)
    return match(ends, gamma_rank - barcode.rank, ends.is_tight) is not None


def can_be_loose(barcode: Barcode, gamma_rank: int) -> bool:
    """Return whether the stratum has critical points at which some pivot is not tightened.

    Examples
    --------
    >>> can_be_loose(Barcode.parse("0-0,1-1,2-2"), 1)
    True
    """
    return loose_matching(Ends.of(barcode), gamma_rank - barcode.rank) is not None


def loose_matching(
    ends: Ends, size: int, random: Random | None = None
) -> list[tuple[int, int]] | None:
    """Return a matching with at least one loose pair, as `match` does; None if there is none."""
    pairs = [
        (x, y)
        for x, q in enumerate(ends.inputs)
        for y, p in enumerate(ends.outputs)
        if ends.is_loose(q, p)
    ]
    if random is not None:
        random.shuffle(pairs)
    tried = set()
    for x, y in pairs if size > 0 else ():
        kind = ends.inputs[x], ends.outputs[y]
        if kind in tried:
            continue
        tried.add(kind)
        found = match(ends, size - 1, ends.is_apart, random, without=(x, y))
        if found is not None:
            return [(x, y), *found]
    return None


def match(
    ends: Ends,
    size: int,
    allowed: Allowed,
    random: Random | None = None,
    without: tuple[int, int] = (-1, -1),
) -> list[tuple[int, int]] | None:
    """Return so many pairs (index of an input, index of an output) that are allowed.

    Parameters
    ----------
    allowed : callable
        From q and p to whether these may be a pair.
    random : Random, optional
        Makes the matching a pseudo-random one.
    without : pair of int
        An input and an output to leave alone.

    Returns
    -------
    list of pairs, or None if there are not so many.

    Examples
    --------
    >>> ends = Ends.of(Barcode.parse("0-0,1-1,2-2"))
    >>> match(ends, 1, ends.is_apart), match(ends, 2, ends.is_apart)
    ([(0, 0)], None)
    """
    if size < 0:
        return None
    inputs = [x for x in range(len(ends.inputs)) if x != without[0]]
    outputs = [y for y in range(len(ends.outputs)) if y != without[1]]
    if random is not None:
        random.shuffle(inputs)
        random.shuffle(outputs)
    partner: dict[int, int] = {}

    def neighbours(x: int) -> Iterator[int]:
        return (y for y in outputs if allowed(ends.inputs[x], ends.outputs[y]))

    def augment(x: int, seen: set[int]) -> bool:
        for y in neighbours(x):
            if y not in seen:
                seen.add(y)
                if y not in partner or augment(partner[y], seen):
                    partner[y] = x
                    return True
        return False

    for x in inputs:
        if len(partner) == size:
            break
        augment(x, set())
    return [(x, y) for y, x in partner.items()] if len(partner) == size else None

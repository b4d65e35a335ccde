"""The signs that tell the real components of a stratum apart, as bits of an integer.

A flow basis J of a point has one sign for every part of π₀ of G_W: the sign of det J_j for every
hidden layer j (bit j), of J_0 on null W (bit 0), of J_L on the space of outputs modulo col W (bit
L) and of J_0 on the space of inputs modulo null W (bit L + 1). A bit is set where the sign of one
basis against another is −1. Reversing a strand reverses the signs of all layers that it meets, so
two points of one stratum are on one real component exactly when their signs differ by a sum, over
F_2, of the signs of the bars (Shewchuk and Bhattacharya, arXiv 2404.14855, for the group action).
"""

from collections.abc import Iterable

from linnet_exact.strata.order.moves import Move
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval

__all__ = ["SignSpan", "move_signs", "sign_names", "signs_of_bar"]


def sign_names(barcode: Barcode) -> dict[int, str]:
    """Return the bits that are in use in the fiber of `barcode`, each with its name.

    Examples
    --------
    >>> sign_names(Barcode.parse("0-2,0-0"))
    {1: 'layer 1', 0: 'null W', 3: 'row W'}
    """
    depth, widths, rank = barcode.depth, barcode.widths, barcode.rank
    names = {layer: f"layer {layer}" for layer in range(1, depth)}
    if widths[0] > rank:
        names[0] = "null W"
    if widths[-1] > rank:
        names[depth] = "outputs modulo col W"
    if rank > 0:
        names[depth + 1] = "row W"
    return names


def signs_of_bar(bar: Interval, depth: int) -> int:
    """Return the bits of the signs that reversing one strand of `bar` reverses.

    Examples
    --------
    >>> [bin(signs_of_bar(bar, 2)) for bar in Barcode.parse("0-2,0-0,1-2")]
    ['0b1', '0b1010', '0b110']
    """
    if bar.is_through(depth):
        return (2 << depth) | ((1 << depth) - 2)
    return (2 << bar.end) - (1 << bar.start)


def move_signs(lower: Barcode, move: Move) -> int:
    """Return the signs of the flow basis that a rising move leads to, against that before it.

    The move adds +1 times the last strand of [i, l] to the image of the last strand of [h, k].
    The basis after it has, in place of these p and q, the strand of [h, l] that is p, then p + q,
    then q, and that of [i, k], which is p − q, then p; strands are sorted by bar.

    Examples
    --------
    >>> move_signs(Barcode.parse("0-1,1-2"), Move(Interval(0, 1), Interval(1, 2)))
    2
    """
    p, q, long = move.lower, move.upper, move.made[0]
    short = (q.start, p.end)  # empty, and met at no layer, if the move connects

    def strands_between(layer: int, first: tuple[int, int], last: Interval) -> int:
        return sum(count for bar, count in lower.alive(layer).items() if first < bar <= last)

    signs = 0
    for layer in range(long.start, long.end + 1):
        if layer <= p.end:
            passed = strands_between(layer, p, long)
            if layer >= q.start:  # q itself is counted, and makes up for det (p, p − q) = −1
                passed += strands_between(layer, short, q)
        else:
            passed = strands_between(layer, long, q) - 1
        signs |= (passed & 1) << layer
    return signs


class SignSpan:
    """The span over F_2 of sign vectors, which are integers used as rows of bits.

    Examples
    --------
    >>> span = SignSpan([0b110, 0b011])
    >>> span.dimension, span.reduce(0b101), span.reduce(0b111)
    (2, 0, 1)
    >>> span.combination(0b101), span.combination(0b111)
    ([0, 1], None)
    """

    def __init__(self, vectors: Iterable[int]) -> None:
        # Each row has a leading bit that no other row needs to have cleared, and remembers, as
        # bits, which of the vectors it is the sum of.
        self._rows: dict[int, tuple[int, int]] = {}
        for index, vector in enumerate(vectors):
            rest, used = self._eliminate(vector)
            if rest:
                self._rows[rest.bit_length()] = rest, used ^ (1 << index)

    @property
    def dimension(self) -> int:
        """The dimension over F_2."""
        return len(self._rows)

    @property
    def basis(self) -> list[int]:
        """A basis of the span."""
        return [row for row, _ in self._rows.values()]

    def reduce(self, vector: int) -> int:
        """Return the one representative of `vector` modulo the span without leading bits."""
        return self._eliminate(vector)[0]

    def combination(self, vector: int) -> list[int] | None:
        """Return the indices of vectors that sum to `vector`, or None if there are none."""
        rest, used = self._eliminate(vector)
        if rest:
            return None
        return [index for index in range(used.bit_length()) if used >> index & 1]

    def invariants(self, generators: int) -> dict[int, int]:
        """Return a basis of the sums of bits that vanish on the span.

        Parameters
        ----------
        generators : int
            The bits in use.

        Returns
        -------
        dict
            From a bit that `reduce` leaves to the bits whose sum it then holds.

        Examples
        --------
        >>> SignSpan([0b110]).invariants(0b111)
        {0: 1, 1: 6}
        """
        bits = [bit for bit in range(generators.bit_length()) if generators >> bit & 1]
        free = [bit for bit in bits if bit + 1 not in self._rows]
        images = [(bit, self.reduce(1 << bit)) for bit in bits]
        return {at: sum(1 << bit for bit, image in images if image >> at & 1) for at in free}

    def _eliminate(self, vector: int) -> tuple[int, int]:
        used = 0
        for length in sorted(self._rows, reverse=True):
            if vector >> (length - 1) & 1:
                row, summands = self._rows[length]
                vector ^= row
                used ^= summands
        return vector, used

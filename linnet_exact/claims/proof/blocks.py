"""The blocks into which the tangent map and dμ split at a canonical point.

At the canonical point of a barcode every matrix takes a strand to itself or to 0. So the entries
of X_j = H_j W_j − W_j H_{j−1} that go from a strand p of the bar P = [h, k] to a strand q of the
bar Q = [i, l] depend only on the entries of H that go from p to q, and in a way that depends on P
and Q alone:

- unknowns: the entry of H_j from p to q, for every layer j in both P and Q;
- slots: the entry of X_j from p at layer j − 1 to q at layer j, for j − 1 in P and j in Q;
- W_j does not kill p iff j is in P, and q is in the image of W_j iff j − 1 is in Q, so
  X_j = [j ∈ P] H_j − [j − 1 ∈ Q] H_{j−1};
- H_L W = W H_0 says [P = [0, L]] H_L = [Q = [0, L]] H_0, if 0 ∈ P and L ∈ Q;
- dμ(X) = Σ_j W_{L~j} X_j W_{j−1~0} has the entry Σ_j X_j, if 0 ∈ P and L ∈ Q.

No formula for a dimension or a rank is used here.
"""

from dataclasses import dataclass
from functools import lru_cache

from linnet_exact.algebra import Matrix
from linnet_exact.strata import Interval

__all__ = ["Block", "BlockRanks", "bar_types", "block", "ranks_of"]

Rows = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Block:
    """The block of one ordered pair of bar types: from strands of `source` to those of `target`.

    Attributes
    ----------
    layers : tuple of int
        The layers j of the unknowns: the columns of `tangent_map` and `condition`.
    slots : tuple of int
        The layers j of the slots: the rows of `tangent_map` and the columns of `differential`.
    tangent_map, condition, differential : tuple of rows
        X as a function of H; what must vanish for H to keep the product fixed; dμ as a function
        of X. The last two have at most one row.

    Examples
    --------
    >>> swap = block(3, Interval(0, 1), Interval(1, 2))
    >>> swap.layers, swap.slots, swap.tangent_map
    ((1,), (1, 2), ((1,), (-1,)))
    """

    source: Interval
    target: Interval
    layers: tuple[int, ...]
    slots: tuple[int, ...]
    tangent_map: Rows
    condition: Rows
    differential: Rows


@dataclass(frozen=True)
class BlockRanks:
    """What exact ranks say of a block.

    Attributes
    ----------
    slots : int
        The number of coordinates.
    tangent : int
        Of these directions, how many are tangent to the stratum.
    differential : int
        The rank of dμ on the block: 0 or 1.
    """

    slots: int
    tangent: int
    differential: int


def bar_types(depth: int) -> list[Interval]:
    """Return all bars of a depth, sorted.

    Examples
    --------
    >>> [str(bar) for bar in bar_types(1)]
    ['0-0', '0-1', '1-1']
    """
    return [Interval(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]


def block(depth: int, source: Interval, target: Interval) -> Block:
    """Return the block of an ordered pair of bar types.

    Examples
    --------
    >>> block(1, Interval(0, 1), Interval(0, 1)).condition
    ((-1, 1),)
    """
    layers = tuple(j for j in range(depth + 1) if j in _layers(source) and j in _layers(target))
    slots = tuple(
        j for j in range(1, depth + 1) if j - 1 in _layers(source) and j in _layers(target)
    )
    tangent_map = tuple(
        tuple(
            int(column == j and j in _layers(source))
            - int(column == j - 1 and j - 1 in _layers(target))
            for column in layers
        )
        for j in slots
    )
    reaches = 0 in _layers(source) and depth in _layers(target)
    through = Interval(0, depth)
    keep = tuple(
        int(column == depth and source == through) - int(column == 0 and target == through)
        for column in layers
    )
    condition = (keep,) if reaches and any(keep) else ()
    differential = ((1,) * len(slots),) if reaches and slots else ()
    return Block(source, target, layers, slots, tangent_map, condition, differential)


def ranks_of(of: Block) -> BlockRanks:
    """Return the exact ranks of a block; those of equal matrices are computed once.

    Examples
    --------
    >>> ranks_of(block(3, Interval(0, 1), Interval(1, 2)))
    BlockRanks(slots=2, tangent=1, differential=0)
    """
    tangent = _restricted_rank(of.tangent_map, of.condition, len(of.layers))
    return BlockRanks(len(of.slots), tangent, _rank(of.differential, len(of.slots)))


def _layers(bar: Interval) -> range:
    return range(bar.start, bar.end + 1)


def _restricted_rank(rows: Rows, condition: Rows, ncols: int) -> int:
    """Return the rank of a map on the null space of another one: rk [D; C] − rk C."""
    return _rank(rows + condition, ncols) - _rank(condition, ncols)


@lru_cache(maxsize=4096)
def _rank(rows: Rows, ncols: int) -> int:
    return Matrix(rows, shape=(len(rows), ncols)).rank()

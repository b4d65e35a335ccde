"""The number of connected components of a stratum over the real numbers.

A stratum is an orbit of G_W = {g in ∏ GL(d_j) : g_L W = W g_0}, so its components are those of
G_W, which are told apart by signs of determinants, modulo the signs that stabilisers reach. There
is one sign for each hidden layer, one for the input strands that the product kills (when d_0 > r),
one for the output strands that it misses (when d_L > r) and one for the r × r block (when r > 0).
A bar flips the signs of the layers that it meets.

The bar [0, L] settles the sign of the r × r block. Each other bar [i, k] flips a run of
consecutive signs, and is an edge from i to k + 1 in a graph on the gaps 0, …, L + 1 before,
between and after the layers. Such edges are independent over F_2 exactly when they make no circle;
what is left free is one sign for each part of the graph beyond the first.
"""

from linnet_exact.strata.values.barcode import Barcode

__all__ = ["real_components"]


def real_components(barcode: Barcode) -> int:
    """Return the number of connected components, a power of two, of the real stratum.

    Examples
    --------
    >>> [real_components(Barcode.parse(text)) for text in ("0-2", "0-0,1-2", "0-0,1-1,2-2")]
    [2, 2, 1]
    """
    depth = barcode.depth
    parent = list(range(depth + 2))

    def root(gap: int) -> int:
        while parent[gap] != gap:
            parent[gap] = gap = parent[parent[gap]]
        return gap

    for bar in barcode:
        if bar != (0, depth):
            parent[root(bar.start)] = root(bar.end + 1)
    # Without input strands to kill, or output strands to miss, that end of the graph is not there.
    first = 1 if barcode.widths[0] == barcode.rank else 0
    last = depth if barcode.widths[-1] == barcode.rank else depth + 1
    parts = len({root(gap) for gap in range(first, last + 1)})
    return int(2 ** (parts - 1))

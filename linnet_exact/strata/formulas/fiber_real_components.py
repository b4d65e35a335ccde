"""The number of connected components of a whole real fiber.

Let r > 0. At a hidden layer j of width r, W = W_{L~j} W_{j~0} is a product of matrices of rank r
with r columns and r rows. Choose r rows and r columns of W with a nonzero minor: it is the product
of the r × r minors of W_{L~j} in these rows and of W_{j~0} in these columns, so neither is ever 0
on the fiber, and the sign of each is constant on its components. These signs, one for each such
layer, are independent, and they are all that separates: the minimal stratum, which is in the
closure of every other one, has one component for each choice of them.
"""

from linnet_exact.strata.values.network import Network

__all__ = ["fiber_real_components"]


def fiber_real_components(network: Network, rank: int) -> int:
    """Return the number of connected components of the real fiber of a matrix of given rank.

    It is 2 to the number of hidden layers of width r if r > 0, and 1 if r = 0.

    Examples
    --------
    >>> [fiber_real_components(Network(2, 1, 1, 3, 2), rank) for rank in (0, 1)]
    [1, 4]
    """
    return int(2 ** network.widths[1:-1].count(rank)) if rank > 0 else 1

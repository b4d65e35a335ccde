"""Everything that is known about the strata of a fiber, column by column, for many rows at a time.

This is what the commands print and other programs read: the same answers as `Stratum` gives one
by one, for a million strata in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from linnet_exact.strata.listing.bar_sets import maximal_rows, real_component_exponents, supports
from linnet_exact.strata.listing.components import components_of
from linnet_exact.strata.listing.expansion import BLOCK_SIZE, Listing
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.json_integers import integer_to_jsonable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Columns", "jsonable_rows", "stratum_columns"]


class Columns(NamedTuple):
    """Consecutive strata of a listing; all arrays but the first two have one entry a stratum.

    `multiplicities` has a row for each stratum and a column for each of `listing.bars`. `ranks` has
    a row for each of `listing.steps`: the row of [i, k] holds r_k~i less the rank of the fiber. The
    stratum has 2 to the power of `real_component_exponent` components over the real numbers.
    """

    multiplicities: NDArray[np.unsignedinteger]
    ranks: NDArray[np.unsignedinteger]
    dimension: NDArray[np.int64]
    tangent_dimension: NDArray[np.int64]
    local_fiber_dimension: NDArray[np.int64]
    singular: NDArray[np.bool_]
    real_component_exponent: NDArray[np.int64]
    maximal: NDArray[np.bool_]
    minimal: NDArray[np.bool_]


def stratum_columns(
    excess: Excess, prefix: Sequence[int] = (), block_size: int = BLOCK_SIZE
) -> Iterator[Columns]:
    """Yield the strata of a fiber, or those of one `prefix` of its listing, in blocks.

    The components are found before the first block.

    Raises
    ------
    TooLargeError
        If the fiber is far beyond what can be listed.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> for columns in stratum_columns(Excess(Network(1, 2, 1), 0)):
    ...     print(columns.dimension.tolist(), columns.singular.tolist())
    [0, 2, 2, 3] [True, False, False, False]
    """
    import numpy as np

    listing = Listing(*excess)
    found = components_of(*excess)
    components = list(zip(found.dimension, found.ranks.T, strict=True))
    for block in listing.blocks(prefix, block_size):
        support = supports(block.multiplicities)
        ranks = rank_rows(listing, block.multiplicities)
        local = _local_dimensions(block.dimension, block.tangent_dimension, ranks, components)
        yield Columns(
            block.multiplicities,
            ranks,
            block.dimension,
            block.tangent_dimension,
            local,
            block.tangent_dimension > local,
            real_component_exponents(listing, support),
            maximal_rows(listing, support),
            np.logical_not(ranks.any(axis=0)),
        )


def jsonable_rows(excess: Excess) -> Iterator[dict[str, Any]]:
    """Yield for each stratum what `Stratum.to_jsonable` returns, in the order of the listing.

    Raises
    ------
    TooLargeError
        If the fiber is far beyond what can be listed.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> fiber = Network(2, 3, 2).fiber(1)
    >>> list(jsonable_rows(fiber.excess)) == [stratum.to_jsonable() for stratum in fiber.strata()]
    True
    """
    import numpy as np

    listing = Listing(*excess)
    network, rank = excess
    depth, weight_dimension = network.depth, network.weight_dimension
    rank_list = {f"{k}~{i}": rank for k in range(depth + 1) for i in range(k + 1)}
    rank_list.update((f"{j}~{j}", width) for j, width in enumerate(network.widths))
    rank_keys = [f"{k}~{i}" for i, k in listing.steps]
    through = listing.place_of_through
    names = [str(bar) for bar in listing.bars]
    names.insert(through, f"0-{depth}")
    for columns in stratum_columns(excess):
        rows = zip(
            columns.multiplicities.tolist(),
            (columns.ranks.T.astype(np.int64) + rank).tolist(),
            columns.dimension.tolist(),
            columns.tangent_dimension.tolist(),
            columns.local_fiber_dimension.tolist(),
            columns.singular.tolist(),
            columns.real_component_exponent.tolist(),
            columns.maximal.tolist(),
            columns.minimal.tolist(),
            strict=True,
        )
        for counts, ranks, dimension, tangent, local, singular, exponent, maximal, minimal in rows:
            counts.insert(through, rank)
            yield {
                "barcode": {name: n for name, n in zip(names, counts, strict=True) if n},
                "rank_list": {**rank_list, **dict(zip(rank_keys, ranks, strict=True))},
                "dimension": integer_to_jsonable(dimension),
                "codimension": integer_to_jsonable(weight_dimension - dimension),
                "tangent_dimension_of_fiber": integer_to_jsonable(tangent),
                "local_fiber_dimension": integer_to_jsonable(local),
                "singular": singular,
                "real_components": integer_to_jsonable(1 << exponent),
                "maximal": maximal,
                "minimal": minimal,
            }


def _local_dimensions(
    dimension: NDArray[np.int64],
    tangent: NDArray[np.int64],
    ranks: NDArray[np.unsignedinteger],
    components: list[tuple[int, NDArray[np.unsignedinteger]]],
) -> NDArray[np.int64]:
    """Return the dimension of the largest component through each stratum."""
    import numpy as np

    local = dimension.copy()
    open_rows = np.flatnonzero(tangent > dimension)  # at the others the tangent space settles it
    ranks = ranks[:, open_rows]
    for component_dimension, limits in components:
        if not len(open_rows):
            break
        inside = np.ones(len(open_rows), dtype=bool)
        for row, limit in zip(ranks, limits.astype(ranks.dtype), strict=True):
            inside &= row <= limit
        local[open_rows[inside]] = component_dimension
        open_rows, ranks = open_rows[~inside], ranks[:, ~inside]
    return local

"""Everything that is known about the strata of a fiber, column by column, for many rows at a time.

This is what the commands print and other programs read: the same answers as `Stratum` gives one
by one, for a million strata in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.listing.bar_sets import maximal_rows, real_component_exponents, supports
from linnet_exact.strata.listing.components import Components, components_of
from linnet_exact.strata.listing.listing import Block, Listing
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.json_integers import integer_to_jsonable

__all__ = ["Columns", "columns_of", "jsonable_rows", "stratum_columns"]


class Columns(NamedTuple):
    """Consecutive strata of a listing; all arrays but two have one entry for each stratum.

    `fiber` is the place of the fiber that each is in. `multiplicities` has a row for each stratum
    and a column for each of `listing.bars`. `ranks` has a row for each of `listing.steps`: the row
    of [i, k] holds r_k~i less the rank of the fiber. The stratum has 2 to the power of
    `real_component_exponent` components over the real numbers.
    """

    fiber: NDArray[np.int64]
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
    listing: Listing, prefix: Sequence[int] = (), block_size: int | None = None
) -> Iterator[Columns]:
    """Yield the strata of a listing, or those of one `prefix` of it, in blocks.

    The components are found before the first block.

    Raises
    ------
    InputError
        If the first steps do not allow the choices of `prefix`, or there are several fibers.
    TooLargeError
        If there are too many candidates for components.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> for columns in stratum_columns(Listing([Excess(Network(1, 2, 1), 0)])):
    ...     print(columns.dimension.tolist(), columns.singular.tolist())
    [0, 2, 2, 3] [True, False, False, False]
    """
    components = components_of(*listing.fibers)
    for block in listing.blocks(prefix, block_size):
        yield _columns(listing, components, block)


def columns_of(listing: Listing, block: Block) -> Columns:
    """Return what is known about the strata of one block, or of any of its rows.

    Raises
    ------
    TooLargeError
        If there are too many candidates for components.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(1, 2, 1), 0)])
    >>> last = Block(*(column[-1:] for column in listing.whole()))
    >>> columns_of(listing, last).local_fiber_dimension.tolist()
    [3]
    """
    return _columns(listing, components_of(*listing.fibers), block)


def _columns(listing: Listing, components: Components, block: Block) -> Columns:
    support = supports(block.multiplicities)
    ranks = rank_rows(listing, block.multiplicities)
    local = components.local_dimensions(block, ranks)
    return Columns(
        block.fiber,
        block.multiplicities,
        ranks,
        block.dimension,
        block.tangent_dimension,
        local,
        block.tangent_dimension > local,
        real_component_exponents(listing, block.fiber, support),
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
    listing = Listing([excess])
    network, rank = excess
    depth, weight_dimension = network.depth, network.weight_dimension
    rank_list = {f"{k}~{i}": rank for k in range(depth + 1) for i in range(k + 1)}
    rank_list.update((f"{j}~{j}", width) for j, width in enumerate(network.widths))
    rank_keys = [f"{k}~{i}" for i, k in listing.steps]
    through = listing.place_of_through
    names = [str(bar) for bar in listing.bars]
    names.insert(through, f"0-{depth}")
    for columns in stratum_columns(listing):
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

"""The strata of an atlas as rows for other programs: those of mirrored fibers are written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from linnet_exact.atlas.reading.reading import Atlas, StoredFiber, StoredStratum, bars_of
from linnet_exact.atlas.storage.location import damage
from linnet_exact.strata import Interval

__all__ = ["COLUMNS", "all_rows", "barcode_text", "row_of"]

COLUMNS = (
    "widths",
    "rank",
    "barcode",
    "rank_list",
    "dimension",
    "codimension",
    "tangent_dimension_of_fiber",
    "local_fiber_dimension",
    "singular",
    "real_components",
    "maximal",
    "minimal",
)


def all_rows(atlas: Atlas) -> Iterator[dict[str, Any]]:
    """Yield a row for each stratum of each fiber of the box, with the keys `COLUMNS`.

    They come in the order of the fibers; in a mirrored fiber, in the order of the stored strata.
    """
    for fiber in atlas.fibers():
        atlas.derivation.require_strata(fiber.stored_as)
        for stratum in atlas.strata(fiber.first_stratum, fiber.strata):
            with damage(atlas.location):
                row = row_of(fiber, stratum)
            yield row


def row_of(fiber: StoredFiber, stratum: StoredStratum) -> dict[str, Any]:
    """Return one row, with the keys of a stratum as `Stratum.to_jsonable` has them.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> fiber = StoredFiber(5, Network(2, 1, 1).fiber(), 3, 0, stored_as=4)
    >>> row = row_of(fiber, StoredStratum(1, "0-0,1-2,2-2", 2, 2, 2, 2, True))
    >>> row["barcode"], row["rank_list"]["1~0"]
    ({'0-0': 1, '0-1': 1, '2-2': 1}, 1)
    """
    network = fiber.fiber.network
    depth = network.depth
    bars = bars_of(stratum.barcode, depth if fiber.mirrored else None)
    tangent, local = stratum.tangent_dimension, stratum.local_dimension
    return {
        "widths": list(network.widths),
        "rank": fiber.fiber.rank,
        "barcode": {str(bar): count for bar, count in bars},
        "rank_list": _rank_list(bars, depth),
        "dimension": stratum.dimension,
        "codimension": network.weight_dimension - stratum.dimension,
        "tangent_dimension_of_fiber": tangent,
        "local_fiber_dimension": local,
        "singular": None if tangent is None or local is None else tangent > local,
        "real_components": stratum.real_components,
        "maximal": None if stratum.maximal is None else bool(stratum.maximal),
        "minimal": stratum.number == fiber.first_stratum,
    }


def barcode_text(row: dict[str, Any]) -> str:
    """Return the barcode of a row in the notation of the command line.

    Examples
    --------
    >>> barcode_text({"barcode": {"0-0": 2, "0-1": 1}})
    '0-0:2,0-1'
    """
    return ",".join(
        bar if count == 1 else f"{bar}:{count}" for bar, count in row["barcode"].items()
    )


def _rank_list(bars: Iterable[tuple[Interval, int]], depth: int) -> dict[str, int]:
    """Return r_k~i, the number of bars that start by i and end at k or later."""
    omega = dict(bars)
    ranks: dict[str, int] = {}
    later = [0] * (depth + 1)
    for k in range(depth, -1, -1):
        ending_here = 0
        row = []
        for i in range(k + 1):
            ending_here += omega.get(Interval(i, k), 0)
            row.append(later[i] + ending_here)
        later = row
        ranks = {**{f"{k}~{i}": rank for i, rank in enumerate(row)}, **ranks}
    return ranks

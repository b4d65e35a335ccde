"""Questions to an atlas in the language of `refute`."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time
from typing import Any

from linnet_exact.atlas.reading.reading import Atlas, StoredFiber, bars_of
from linnet_exact.atlas.reading.rows import row_of
from linnet_exact.atlas.reading.sql import too_long
from linnet_exact.errors import InputError

__all__ = ["where"]

_STRATA_BETWEEN_LOOKS_AT_THE_CLOCK = 256


def where(atlas: Atlas, text: str, max_seconds: float) -> Iterator[dict[str, Any]]:
    """Yield the rows of the strata, those of mirrored fibers included, of which `text` holds.

    Raises
    ------
    InputError
        If `text` is not an expression over strata, or has no value for one of them.
    TooLargeError
        If it takes more processor time than `max_seconds`; waiting for a reader does not count.
    """
    from linnet_exact.claims.language.expression import Expression
    from linnet_exact.claims.refutation.quantities import FIBER_QUANTITIES, kinds_over

    expression = Expression(text, kinds_over("strata"))
    end = process_time() + max_seconds
    for fiber in atlas.fibers():
        of_fiber = {
            name: FIBER_QUANTITIES[name].value(fiber.fiber)
            for name in expression.names
            if name in FIBER_QUANTITIES
        }
        atlas.derivation.require_strata(fiber.stored_as)
        strata = atlas.strata(fiber.first_stratum, fiber.strata)
        for number, stratum in enumerate(strata):
            if number % _STRATA_BETWEEN_LOOKS_AT_THE_CLOCK == 0 and process_time() > end:
                raise too_long(max_seconds)
            with atlas.damage():
                row = row_of(fiber, stratum)
            values = of_fiber | _quantities(fiber, row, stratum.barcode, expression.names)
            if expression.holds(tuple(values[name] for name in expression.names)):
                yield row


_COLUMN_OF = {
    "dim": "dimension",
    "codim": "codimension",
    "tangent_dim": "tangent_dimension_of_fiber",
    "local_dim": "local_fiber_dimension",
    "singular": "singular",
    "maximal": "maximal",
    "minimal": "minimal",
    "real_components": "real_components",
}


def _quantities(
    fiber: StoredFiber, row: dict[str, Any], barcode: str, names: tuple[str, ...]
) -> dict[str, Any]:
    """Return the named quantities of a stratum, from what is stored of it."""
    from linnet_exact.claims.refutation.strata_table import place

    values: dict[str, Any] = {}
    depth, rank = fiber.fiber.network.depth, fiber.fiber.rank
    for name in names:
        if name in _COLUMN_OF:
            values[name] = row[_COLUMN_OF[name]]
            if values[name] is None:
                raise InputError(f"the atlas does not include invariants, such as {name}")
        elif name == "orbit_codim":
            widths = row["widths"]
            values[name] = row["codimension"] - rank * (widths[0] + widths[-1] - rank)
        elif name == "r":
            values[name] = list(row["rank_list"].values())
        elif name in ("bars", "omega"):
            bars = bars_of(barcode, depth if fiber.mirrored else None)
            if name == "bars":
                values[name] = tuple(tuple(bar) for bar, count in bars for _ in range(count))
            else:
                counts = [0] * ((depth + 1) * (depth + 2) // 2)
                for (start, end), count in bars:
                    counts[place(end, start)] = count
                values[name] = counts
    return values

"""Ask quiverlab for degenerations, and keep what it says: python make_quiverlab.py."""

import importlib.metadata
import json
from pathlib import Path
from typing import Any

LARGER = [(2, 3, 2), (3, 2, 3), (1, 2, 2, 1), (2, 1, 2, 1), (1, 1, 1, 1, 1)]


def answers(widths: tuple[int, ...]) -> dict[str, Any]:
    """The dimension of every orbit, by barcode, and the covers of their order.

    Barcodes are written as linnet_exact does, layers from 0, sorted by both ends.
    """
    import quiverlab
    from quiverlab.modules.barcode import barcode
    from quiverlab.modules.degeneration import degeneration_order

    algebra = quiverlab.linear_path_algebra(len(widths))
    dimensions = dict(enumerate(widths, start=1))
    order = degeneration_order(algebra, dimensions, budget=10_000, budget_dim=1 << 20)
    assert order.is_complete
    names = []
    for vertex in order.vertices:
        bars = sorted(
            (b.birth - 1, b.death - 1, b.multiplicity) for b in barcode(vertex["module"]).bars
        )
        names.append(",".join(f"{i}-{k}" + (f":{n}" if n > 1 else "") for i, k, n in bars))
    return {
        "orbits": {name: v["orbit_dim"] for name, v in zip(names, order.vertices, strict=True)},
        "covers": sorted([names[low], names[high]] for low, high in order.covers),
    }


if __name__ == "__main__":
    found = [{"widths": list(widths), **answers(widths)} for widths in LARGER]
    version = importlib.metadata.version("quiverlab")
    path = Path(__file__).with_name("quiverlab.json")
    path.write_text(json.dumps({"system": "quiverlab", "version": version, "answers": found}))

"""Exact answers about linear neural networks: ranks, strata, fibers and their geometry.

The names below are imported when they are first used, so that `import linnet_exact` is quick and
the combinatorial part works without FLINT being loaded.

Examples
--------
>>> import linnet_exact
>>> linnet_exact.__version__
'0.1.0'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linnet_exact.algebra import QQ, Matrix, NumberField, Subspace
    from linnet_exact.strata import Barcode, Fiber, Interval, Network, RankList, Stratum
    from linnet_exact.weights import Weights

__version__ = "0.1.0"

__all__ = [
    "QQ",
    "Barcode",
    "Fiber",
    "Interval",
    "Matrix",
    "Network",
    "NumberField",
    "RankList",
    "Stratum",
    "Subspace",
    "Weights",
    "__version__",
]

_FLOOR_OF_NAME = {
    **dict.fromkeys(("QQ", "Matrix", "NumberField", "Subspace"), "algebra"),
    **dict.fromkeys(("Barcode", "Fiber", "Interval", "Network", "RankList", "Stratum"), "strata"),
    "Weights": "weights",
}


def __getattr__(name: str) -> object:
    try:
        floor = _FLOOR_OF_NAME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(f"{__name__}.{floor}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""The caches of functions, which would hide a mutant: a test starts with none of them filled."""

import functools
import gc
from collections.abc import Callable
from typing import Any


def every_cache() -> list[Callable[[], None]]:
    found: list[Any] = [
        thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)
    ]
    return [
        thing.cache_clear
        for thing in found
        if str(getattr(thing, "__module__", "")).split(".")[0] in ("linnet_exact", "checker")
    ]


def clear(caches: list[Callable[[], None]]) -> None:
    for empty in caches:
        empty()

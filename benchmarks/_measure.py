"""Shared by the benchmarks: the best of some runs, and tables with ratios."""

import os
import sys
import time
from collections.abc import Callable, Mapping


def cpu_seconds() -> float:
    """CPU seconds of this process, by its own clock, and of its children that have ended."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def best_side_by_side(runs: int, actions: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """CPU seconds for the fastest run of each action; they take turns, so that noise hits all."""
    rounds = [{name: _seconds(action) for name, action in actions.items()} for _ in range(runs)]
    return {name: min(seconds[name] for seconds in rounds) for name in actions}


def print_ratios(seconds: Mapping[str, float]) -> None:
    """Print each time, and its ratio to the first one."""
    base = next(iter(seconds.values()))
    width = max(map(len, seconds))
    for name, time_taken in seconds.items():
        print(f"{name:<{width}}  {time_taken * 1000:10.1f} ms  {time_taken / base:6.2f} x")


def forget() -> None:
    """Empty the caches of linnet_exact, so that what comes next starts from nothing."""
    modules = [module for name, module in sys.modules.items() if name.startswith("linnet_exact")]
    for module in modules:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def compiled(folder: str) -> dict[str, str]:
    """Return an environment that keeps modules compiled in `folder`, as an installation does."""
    kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": folder}


def _seconds(action: Callable[[], object]) -> float:
    start = cpu_seconds()
    action()
    return cpu_seconds() - start

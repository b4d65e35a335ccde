"""All that is timed, beside every peer that is installed, in one report.

    python benchmarks/report.py [--full [--limit SECONDS]] [-o FOLDER]

It writes FOLDER/report.json and FOLDER/scaling.svg and prints the table of ratios of
`linnet_exact/guide/performance.md`. Actions that are compared take turns, so that other load hits
them alike; times are CPU seconds of the process and its children, medians with the range of the
middle half. `--full` takes more runs and larger sizes, and also runs the other benchmarks here,
whose output goes into the JSON.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy: threads that wait burn CPU seconds

from _report_cases import COMPARISONS, SCALINGS
from _report_svg import scaling_svg

HERE = Path(__file__).parent
LIMIT = 1800

Times = list[tuple[float, float]]  # CPU and wall seconds of each run


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--full", action="store_true", help="more runs, and all other benchmarks")
    parser.add_argument(
        "--limit", type=float, default=LIMIT, help="seconds for each of the other benchmarks"
    )
    parser.add_argument("-o", "--output", type=Path, default=Path(), help="a folder")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    runs = 9 if asked.full else 3
    comparisons = {name: compared(make(), runs) for name, make in COMPARISONS.items()}
    print(markdown(comparisons))
    scalings = {case.name: scaled(case, asked.full, runs) for case in SCALINGS}
    for name, curve in scalings.items():
        print(f"{name}: exponent {curve['exponent']:.2f}, expected {curve['expected']}")
    report: dict[str, Any] = {
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "comparisons": comparisons,
        "scalings": scalings,
    }
    if asked.full:
        report["benchmarks"] = {
            path.stem: output_of(path, asked.limit) for path in other_benchmarks()
        }
    (asked.output / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    (asked.output / "scaling.svg").write_text(scaling_svg(scalings), encoding="utf-8")


def compared(actions: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Any]:
    """Time the actions in turns; the first is ours, and ratios are of ours to each other one."""
    times: dict[str, Times] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            times[name].append(timed(action))
    found: dict[str, Any] = {name: summary(measured) for name, measured in times.items()}
    ours = next(iter(found.values()))["cpu"]
    for entry in found.values():
        entry["ratio"] = ours / entry["cpu"]
    return found


def timed(action: Callable[[], object]) -> tuple[float, float]:
    begun, wall = cpu_seconds(), time.perf_counter()
    action()
    return max(cpu_seconds() - begun, 1e-9), time.perf_counter() - wall


def cpu_seconds() -> float:
    """CPU seconds of this process, by its own clock, and of its children that have ended."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def summary(times: Times) -> dict[str, float]:
    cpu, wall = (list(column) for column in zip(*times, strict=True))
    low, _, high = quantiles(cpu, n=4, method="inclusive")
    return {"cpu": median(cpu), "cpu_low": low, "cpu_high": high, "wall": median(wall)}


def scaled(case: Any, full: bool, runs: int) -> dict[str, Any]:
    """Time one action for growing sizes, and fit the exponent of its last half."""
    sizes = case.sizes if full else case.sizes[:-1]
    seconds = [median(timed(case.make(size))[0] for _ in range(runs)) for size in sizes]
    return {
        "sizes": list(sizes),
        "seconds": seconds,
        "exponent": case.exponent(sizes, seconds),
        "expected": case.expected,
    }


def markdown(comparisons: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        "| what | linnet-exact | beside | its time | ratio |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, entries in comparisons.items():
        ours, *others = entries.items()
        for peer, entry in others:
            lines.append(
                f"| {name} | {shown(ours[1])} | {peer} | {shown(entry)} | {entry['ratio']:.2g} |"
            )
    return "\n".join(lines)


def shown(entry: Mapping[str, float]) -> str:
    spread = (entry["cpu_high"] - entry["cpu_low"]) / 2 / entry["cpu"]
    return f"{entry['cpu'] * 1000:.3g} ms ± {spread:.0%}"


def other_benchmarks() -> list[Path]:
    return [path for path in sorted(HERE.glob("[!_]*.py")) if path.name != Path(__file__).name]


def output_of(path: Path, limit: float) -> dict[str, Any]:
    begun = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, str(path)], capture_output=True, text=True, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return {"status": None, "seconds": limit}
    lines = done.stdout.splitlines() or done.stderr.splitlines()
    return {"status": done.returncode, "seconds": time.perf_counter() - begun, "output": lines}


if __name__ == "__main__":
    main()

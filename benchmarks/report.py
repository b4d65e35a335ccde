"""All that is timed, beside every peer that is installed, in one report.

    python benchmarks/report.py [--full] [--limit SECONDS] [-o FOLDER]

It writes FOLDER/report.json and FOLDER/scaling.svg and prints the table of
`linnet_exact/guide/performance.md`, whose rows README.md takes. Actions that are compared take
turns, so that other load hits them alike, each with the caches of the package empty; times are CPU
seconds of the process and its children, medians with the range of the middle half. `--full` takes
more runs and larger sizes, and also runs the other benchmarks here, whose output goes into the
JSON.

No case begins another run, or another size, after --limit seconds (20, with --full 60); a benchmark
of its own is ended then. Each case says on stderr how long it took, and the report which were cut.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy: threads that wait burn CPU seconds

from _measure import cpu_seconds, forget
from _report_cases import COMPARISONS, SCALINGS
from _report_svg import scaling_svg

HERE = Path(__file__).parent
QUICK_LIMIT, FULL_LIMIT = 20, 60

Times = list[tuple[float, float]]  # CPU and wall seconds of each run
Report = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--full", action="store_true", help="more runs, and all other benchmarks")
    parser.add_argument("--limit", type=float, help="seconds for each case")
    parser.add_argument("-o", "--output", type=Path, default=Path(), help="a folder")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    runs, limit = (9, FULL_LIMIT) if asked.full else (3, QUICK_LIMIT)
    limit = asked.limit or limit
    report: Report = {
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "limit": limit,
        "comparisons": {},
        "scalings": {},
        "benchmarks": {},
    }
    try:
        for name, make in COMPARISONS.items():
            timed_case(report["comparisons"], name, compared, make, runs, limit)
        for case in SCALINGS:
            sizes = case.sizes if asked.full else case.sizes[:-1]
            timed_case(report["scalings"], case.name, scaled, case, sizes, runs, limit)
        for path in other_benchmarks() if asked.full else ():
            timed_case(report["benchmarks"], path.stem, output_of, path, limit)
    finally:  # what is measured when Ctrl-C comes is worth keeping
        (asked.output / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    (asked.output / "scaling.svg").write_text(scaling_svg(report["scalings"]), encoding="utf-8")
    print(markdown(report["comparisons"]), end="\n\n")
    for name, curve in report["scalings"].items():
        print(f"{name}: exponent {curve['exponent']:.2f}, expected {curve['expected']}")
    print("\n".join(cuts(report)))


def timed_case(
    found: Report, name: str, measure: Callable[..., Report], *arguments: object
) -> None:
    """Measure a case, and say how long it took."""
    begun = time.perf_counter()
    found[name] = measure(*arguments)
    found[name]["seconds"] = time.perf_counter() - begun
    cut = f", {found[name]['cut']}" if found[name]["cut"] else ""
    print(f"{found[name]['seconds']:7.1f} s  {name}{cut}", file=sys.stderr, flush=True)


def compared(
    make: Callable[[], Mapping[str, Callable[[], object]]], runs: int, limit: float
) -> Report:
    """Time the actions in turns; the first is ours, and ratios are of ours to each other one."""
    actions = make()
    times: dict[str, Times] = {name: [] for name in actions}
    begun = time.perf_counter()
    done = 0
    while done < runs and (done == 0 or time.perf_counter() - begun < limit):
        for name, action in actions.items():
            times[name].append(timed(action))
        done += 1
    found: Report = {name: summary(measured) for name, measured in times.items()}
    ours = next(iter(found.values()))["cpu"]
    for entry in found.values():
        entry["ratio"] = ours / entry["cpu"]
    return {"times": found, "cut": f"{done} of {runs} runs" if done < runs else ""}


def timed(action: Callable[[], object]) -> tuple[float, float]:
    forget()
    begun, wall = cpu_seconds(), time.perf_counter()
    action()
    return max(cpu_seconds() - begun, 1e-9), time.perf_counter() - wall


def summary(times: Times) -> dict[str, float]:
    cpu, wall = (list(column) for column in zip(*times, strict=True))
    low, _, high = quantiles(cpu, n=4, method="inclusive") if len(cpu) > 1 else cpu * 3
    return {"cpu": median(cpu), "cpu_low": low, "cpu_high": high, "wall": median(wall)}


def scaled(case: Any, sizes: Iterable[int], runs: int, limit: float) -> Report:
    """Time one action for growing sizes, at least three, and fit the exponent of the last half."""
    asked, done, seconds = list(sizes), list[int](), list[float]()
    begun = time.perf_counter()
    for size in asked:
        if len(done) >= 3 and time.perf_counter() - begun > limit:
            break
        action = case.make(size)
        seconds.append(median(timed(action)[0] for _ in range(runs)))
        done.append(size)
    return {
        "sizes": done,
        "times": seconds,
        "exponent": case.exponent(done, seconds),
        "expected": case.expected,
        "cut": f"up to {done[-1]} of {asked[-1]}" if len(done) < len(asked) else "",
    }


def markdown(comparisons: Mapping[str, Report]) -> str:
    """Return the table of ratios: a row for each case, with all that is beside it."""
    lines = ["| what | time | ratio |", "|---|---|---|"]
    for name, case in comparisons.items():
        ours, *others = case["times"].items()
        ratios = ", ".join(f"{entry['ratio']:.2g} × {peer}" for peer, entry in others)
        lines.append(f"| {name} | {shown(ours[1])} | {ratios} |")
    return "\n".join(lines)


def shown(entry: Mapping[str, float]) -> str:
    spread = (entry["cpu_high"] - entry["cpu_low"]) / 2 / entry["cpu"]
    milliseconds = entry["cpu"] * 1000
    digits = f"{milliseconds:.3g}" if milliseconds < 1000 else f"{milliseconds:.0f}"
    return f"{digits} ms ± {spread:.0%}"


def cuts(report: Report) -> list[str]:
    """Return a line for each case that the limit has cut."""
    cases = [
        (name, case)
        for part in ("comparisons", "scalings", "benchmarks")
        for name, case in report[part].items()
    ]
    return [
        f"cut by the limit of {report['limit']:g} s: {name}, {case['cut']}"
        for name, case in cases
        if case["cut"]
    ]


def other_benchmarks() -> list[Path]:
    return [path for path in sorted(HERE.glob("[!_]*.py")) if path.name != Path(__file__).name]


def output_of(path: Path, limit: float) -> Report:
    """Run a benchmark; when the limit ends it, and all it started, what it printed is kept."""
    process = subprocess.Popen(
        [sys.executable, "-u", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    cut = ""
    try:
        printed, told = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        cut = "ended"
        os.killpg(process.pid, signal.SIGKILL)
        printed, told = process.communicate()
    lines = printed.splitlines() or told.splitlines()
    return {"status": process.returncode, "cut": cut, "output": lines}


if __name__ == "__main__":
    main()

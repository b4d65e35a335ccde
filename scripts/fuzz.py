#!/usr/bin/env python3
"""Feed every reader and parser with bytes that nobody meant, for as long as there is time.

    python scripts/fuzz.py [HARNESS...] [--seconds N] [--findings FOLDER] [--corpus FOLDER]

atheris (pip install 'linnet-exact[fuzz]') mutates the bytes, guided by which code they reach; it
starts from inputs that are read well, see the folder fuzzing/. Anything but a value or a
`LinnetError`, more than 1 GB, or more than 20 seconds of processor time for one input is a finding:
the input is kept in the folder of findings, one for each place in the code. Then it goes on.
"""

import argparse
import multiprocessing
import os
import re
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import monotonic
from types import FrameType

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "scripts")]

from fuzzing import atlases, documents, tensors, texts  # noqa: E402
from fuzzing.harness import LARGEST  # noqa: E402

HARNESSES = documents.HARNESSES | tensors.HARNESSES | atlases.HARNESSES | texts.HARNESSES
MEMORY = 2**30  # beyond what the libraries take
SECONDS = 20  # under instrumentation, which makes Python a few times slower


class TooSlow(BaseException):
    """No handler of `Exception` may take it for damage of an input."""


def too_slow(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow(f"more than {SECONDS} seconds")


def run(name: str, seconds: int, corpus: Path, findings: Path) -> None:
    """In a process of its own: atheris never returns."""
    import atheris

    log = os.open(corpus.with_name(f"{name}.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    signal.signal(signal.SIGPROF, too_slow)
    with tempfile.TemporaryDirectory() as folder:
        # Libraries that are only used are imported before, uninstrumented.
        for library in ("numpy", "flint", "pyarrow", "pyarrow.parquet", "sympy", "safetensors"):
            __import__(library)
        with atheris.instrument_imports(include=["linnet_exact", "checker", "check_certificate"]):
            harness = HARNESSES[name].prepare(Path(folder))
            for seed in HARNESSES[name].seeds():
                attempt(harness, seed, findings / name)  # imports what is imported late
        in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY, in_use + MEMORY))
        options = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-rss_limit_mb=0"]
        options += [f"-timeout={20 * SECONDS}", f"-artifact_prefix={findings / name}-ended-"]
        options.append(f"-report_slow_units={20 * SECONDS}")  # of a clock that stalls do not stop
        atheris.Setup(
            [name, *options, str(corpus)], lambda data: attempt(harness, data, findings / name)
        )
        atheris.Fuzz()


def attempt(harness: Callable[[bytes], object], data: bytes, findings: Path) -> None:
    from linnet_exact.errors import LinnetError

    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        harness(data)
    except LinnetError as refused:
        message = str(refused)
        if not message.isprintable():
            keep(refused, data, findings)
    except BaseException as error:
        keep(error, data, findings)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def keep(error: BaseException, data: bytes, findings: Path) -> None:
    """Keep an input, and how it ended, unless another has ended so at the same place."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "linnet_exact" in frame.filename] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}:{type(error).__name__}"
    known = findings.with_name(f"{findings.name}-{sha256(place.encode()).hexdigest()[:12]}")
    if not known.exists():
        known.with_suffix(".txt").write_text("".join(traceback.format_exception(error)))
        known.write_bytes(data)


def inputs_tried(log: Path) -> int:
    """Return how many inputs the runs whose log this is have tried."""
    runs = log.read_text(errors="replace").split("INFO: Seed:")[1:]
    counts = [map(int, re.findall(r"^(?:#|Done )(\d+)", run, re.MULTILINE)) for run in runs]
    return sum(max(count, default=0) for count in counts)


def fuzz(name: str, seconds: int, corpus: Path, findings: Path) -> None:
    """Feed one harness; a process that ended, as a fault of a library in C may end it, is followed
    by another for the rest of the time."""
    (corpus / name).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(HARNESSES[name].seeds()):
        (corpus / name / f"seed-{number}").write_bytes(seed)
    end = monotonic() + seconds
    while (left := int(end - monotonic())) > 0:
        arguments = (name, left, corpus / name, findings)
        process = multiprocessing.get_context("spawn").Process(target=run, args=arguments)
        process.start()
        process.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("harness", nargs="*", help=", ".join(HARNESSES))
    parser.add_argument("--seconds", type=int, default=3600, help="for all harnesses together")
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    parser.add_argument("--corpus", type=Path, help="where inputs that reach new code are kept")
    chosen = parser.parse_args()
    names = chosen.harness or list(HARNESSES)
    findings = chosen.findings.absolute()
    findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        corpus = (chosen.corpus or Path(temporary)).absolute()
        for name in names:
            before = set(findings.iterdir())
            fuzz(name, chosen.seconds // len(names), corpus, findings)
            tried = inputs_tried(corpus / f"{name}.log")
            new = sorted({path.stem for path in set(findings.iterdir()) - before})
            print(f"{name}: {tried} inputs; findings: {', '.join(new) or 'none'}", flush=True)
    return int(any(findings.iterdir()))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Feed every reader and parser with bytes that nobody meant, for as long as there is time.

    python scripts/fuzz.py [HARNESS...] [--seconds N] [--corpus FOLDER]

atheris (pip install 'linnet-exact[fuzz]') mutates the bytes, guided by which code they reach; it
starts from the golden certificates and the examples of the tests. Anything but a value, or a
`LinnetError`, ends the run with the bytes that did it: keep them as a test. Each harness has a
process of its own, of at most 4 GB.
"""

import argparse
import contextlib
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
MEMORY = 4 * 2**30
SLOWEST = 30  # seconds for one input
STAND_ALONE = "stand-alone"
FROM_FILES = ("tensors", "certificates", "weights", "matrices", "stand-alone")


def text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: read(data.decode("utf-8", "replace"))


def harnesses() -> dict[str, Callable[[bytes], object]]:
    from linnet_exact import Barcode, Network, NumberField
    from linnet_exact.claims.checking import check_document
    from linnet_exact.claims.language.expression import Expression
    from linnet_exact.claims.refutation.quantities import kinds_over
    from linnet_exact.files import Source, open_tensors, read_json, read_matrix, read_weights
    from linnet_exact.files.tensors.layer_spec import parse_layer

    def source(data: bytes) -> Source:
        return Source(Path("input"), data)

    def read_tensors(data: bytes) -> None:
        opened = open_tensors(source(data))
        for name, tensor in opened.tensors.items():
            if not tensor.note:
                opened.read(name, ())

    return {
        "tensors": read_tensors,
        "certificates": lambda data: check_document(read_json(source(data), one_spelling=True)),
        "weights": lambda data: read_weights(source(data)),
        "matrices": lambda data: read_matrix(source(data)),
        "layers": text(parse_layer),
        "barcodes": text(Barcode.parse),
        "widths": text(Network.parse),
        "fields": text(NumberField),
        "statements": text(lambda line: Expression(line, kinds_over("strata"))),
        STAND_ALONE: stand_alone,
    }


def stand_alone(data: bytes) -> None:
    import check_certificate  # instrumented by then
    from checker.document import Malformed, Refused, read_json

    with contextlib.suppress(Malformed, Refused):
        check_certificate.check(read_json(data))


def run(name: str, seconds: int, corpus: Path) -> None:
    """In a process of its own: atheris never returns."""
    import atheris

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.path[:0] = [str(REPOSITORY / "scripts")]
    with atheris.instrument_imports(include=["linnet_exact", "checker", "check_certificate"]):
        __import__("check_certificate")
        harness = stand_alone if name == STAND_ALONE else harnesses()[name]
    from linnet_exact.errors import LinnetError

    def once(data: bytes) -> None:
        try:
            harness(data)
        except LinnetError as refused:
            message = str(refused)
            assert "\n" not in message, message

    options = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", "-max_len=65536"]
    atheris.Setup([name, *options, "-rss_limit_mb=4096", str(corpus)], once)
    atheris.Fuzz()


def seeds(name: str, corpus: Path) -> None:
    """What a harness starts from: files that are read well."""
    files = [*(REPOSITORY / "tests" / "files" / "golden").glob("*.json")]
    files += [*(REPOSITORY / "tests" / "data").iterdir()]
    files += [*(REPOSITORY / "tests" / "files" / "models").iterdir()]
    lines = ["0-0,0-2,1-1:2,2-2", "3^5", "2,3,2", "w2[:, 0:32].T", "sqrt(2) + 2**(1/3)"]
    lines += ["implies(not maximal, singular)", "sum(r(k, 0) for k in layers) <= dim"]
    for number, line in enumerate(lines):
        (corpus / f"line-{number}").write_text(line)
    for path in files if name in FROM_FILES else []:
        if path.is_file() and path.stat().st_size < 65536:
            (corpus / path.name).write_bytes(path.read_bytes())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("harness", nargs="*")
    parser.add_argument("--seconds", type=int, default=3600, help="for all harnesses together")
    parser.add_argument("--corpus", type=Path, help="where inputs that reach new code are kept")
    chosen = parser.parse_args()
    sys.path[:0] = [str(REPOSITORY)]
    names = chosen.harness or list(harnesses())
    failed = []
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            corpus = (chosen.corpus or Path(temporary)) / name
            corpus.mkdir(parents=True, exist_ok=True)
            seeds(name, corpus)
            arguments = (name, chosen.seconds // len(names), corpus)
            process = multiprocessing.get_context("spawn").Process(target=run, args=arguments)
            process.start()
            process.join()
            if process.exitcode:
                failed.append(name)
    print(f"harnesses {', '.join(names)}; with findings: {', '.join(failed) or 'none'}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())

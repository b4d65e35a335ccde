"""What a harness is: a function that is fed with bytes, and inputs to start from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[2] / "tests"
GOLDEN, MODELS, DATA = TESTS / "files" / "golden", TESTS / "files" / "models", TESTS / "data"
LARGEST = 65536


@dataclass(frozen=True)
class Harness:
    """A function of bytes, made in an empty folder of its own, and inputs that it reads well.

    Imports of the package stand inside the functions: they are instrumented first.
    """

    prepare: Callable[[Path], Callable[[bytes], object]]
    seeds: Callable[[], Iterable[bytes]]


def of_texts(read: Callable[[], Callable[[str], object]], *lines: str) -> Harness:
    def prepare(_: Path) -> Callable[[bytes], object]:
        reader = read()
        return lambda data: reader(data.decode("utf-8", "replace"))

    return Harness(prepare, lambda: [line.encode() for line in lines])


def of_bytes(read: Callable[[bytes], object], seeds: Callable[[], Iterable[bytes]]) -> Harness:
    return Harness(lambda _: read, seeds)


def source(data: bytes, name: str = "input") -> Any:
    from linnet_exact.files import Source

    return Source(Path(name), data)


def files(folder: Path, *patterns: str) -> Callable[[], list[bytes]]:
    def contents() -> list[bytes]:
        found = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
        return [path.read_bytes() for path in found if path.stat().st_size < LARGEST]

    return contents

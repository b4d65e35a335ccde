"""Atlases: SQLite, Parquet, and questions to them."""

from collections.abc import Callable
from pathlib import Path

from fuzzing.harness import DATA, LARGEST, Harness


def where(folder: Path) -> Callable[[bytes], object]:
    from linnet_exact.atlas import Box, build, open_atlas
    from linnet_exact.atlas import where as rows_where

    build(folder / "a.atlas", Box(2, 2))

    def read(data: bytes) -> None:
        with open_atlas(folder / "a.atlas") as atlas:
            for _ in rows_where(atlas, data.decode("utf-8", "replace"), 5):
                pass

    return read


def read_atlas(path: Path) -> None:
    from linnet_exact.atlas import all_rows, check_atlas, open_atlas, status

    with open_atlas(path) as atlas:
        status(atlas)
        for _ in all_rows(atlas):
            pass
        check_atlas(atlas, sample=3)


def atlas(folder: Path) -> Callable[[bytes], object]:
    def read(data: bytes) -> None:
        (folder / "a.atlas").write_bytes(data)
        read_atlas(folder / "a.atlas")
        for path in folder.iterdir():
            path.unlink()

    return read


def atlas_seeds() -> list[bytes]:
    return [(DATA / "version_1.atlas").read_bytes()[:LARGEST]]


def parquet(folder: Path) -> Callable[[bytes], object]:
    """The first byte says which file of a folder of Parquet files the others replace."""
    from linnet_exact.atlas import Box, build

    build(folder / "a", Box(1, 2), parquet=True)
    found = sorted(path for path in (folder / "a").rglob("*.parquet"))
    sound = [path.read_bytes() for path in found]

    def read(data: bytes) -> None:
        number = (data[:1] or b"\0")[0] % len(found)
        found[number].write_bytes(data[1:])
        try:
            read_atlas(folder / "a")
        finally:
            found[number].write_bytes(sound[number])

    return read


def parquet_seeds() -> list[bytes]:
    from tempfile import TemporaryDirectory

    from linnet_exact.atlas import Box, build

    with TemporaryDirectory() as name:
        build(Path(name, "a"), Box(1, 2), parquet=True)
        found = sorted(Path(name).rglob("*.parquet"))
        return [bytes([number]) + path.read_bytes() for number, path in enumerate(found)]


HARNESSES = {
    "atlas": Harness(atlas, atlas_seeds),
    "Parquet": Harness(parquet, parquet_seeds),
    "where": Harness(where, lambda: [b"dim >= 2 and not singular", b"omega(0, 1) in [0, 1]"]),
}

"""Files cut short and changed: whatever they have become, they are read or refused in one line."""

import random
from collections.abc import Iterator
from pathlib import Path

from linnet_exact.errors import FileError
from linnet_exact.files import Source, open_tensors

MODELS = Path(__file__).parents[1] / "models"


def damaged(whole: bytes, step: int, changes: int) -> Iterator[bytes]:
    """Yield the beginnings of a file, and the file with up to three bytes changed."""
    yield from (whole[:length] for length in range(0, len(whole), step))
    rng = random.Random(0)
    for _ in range(changes):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 3)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        yield bytes(content)


def read_all(path: Path, content: bytes) -> str:
    """Read every tensor; return the message of the error that there may be."""
    try:
        opened = open_tensors(Source(path, content))
        for key, found in opened.tensors.items():
            if not found.note:
                opened.read(key, ())
    except FileError as error:
        return str(error)
    return ""


def check_damage(name: str, step: int, changes: int) -> None:
    """Cut a file of a model every few bytes and change it; every cut must be noticed."""
    whole = (MODELS / name).read_bytes()
    messages = [read_all(Path(name), content) for content in damaged(whole, step, changes)]
    refused = [message for message in messages if message]
    assert all(message.startswith(f"{name}: ") and "\n" not in message for message in refused)
    assert all(messages[: -(-len(whole) // step)])

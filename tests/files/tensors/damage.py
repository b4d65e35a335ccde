"""Files cut short and changed: whatever they have become, they are read or refused in one line."""

import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

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


def read_all(path: Path, content: bytes) -> tuple[str, dict[str, Any]]:
    """Return the message of the error that there may be, and a digest of what each tensor holds.

    Of a tensor with a note, it is the note.
    """
    held: dict[str, Any] = {}
    try:
        opened = open_tensors(Source(path, content))
        for key, found in opened.tensors.items():
            held[key] = found.note or sha256(opened.read(key, ()).tobytes()).digest()
    except FileError as error:
        return str(error), {}
    return "", held


def check_damage(name: str, step: int, changes: int) -> None:
    """Cut a file of a model every few bytes, and change it.

    Of a cut that is not noticed, every tensor must hold what it held.
    """
    whole = (MODELS / name).read_bytes()
    everything = read_all(Path(name), whole)
    found = [read_all(Path(name), content) for content in damaged(whole, step, changes)]
    messages = [message for message, _ in found if message]
    assert messages
    assert all(message.startswith(f"{name}: ") and "\n" not in message for message in messages)
    for message, held in found[: -(-len(whole) // step)]:
        notes = {key for key, value in held.items() if isinstance(value, str)}
        assert (
            message
            or notes - {k for k, v in everything[1].items() if isinstance(v, str)}
            or (held == everything[1])
        )

"""What a terminal takes: so many columns, perhaps bold letters; and texts broken to fit it.

Nothing here happens to what goes into a file or to another program.
"""

import os
import re
from collections.abc import Iterator
from typing import TextIO

__all__ = ["broken", "columns_of", "hanging", "heading", "is_plain", "pieces", "shown", "width_of"]

_NARROWEST = 20
_AFTER_COMMA = re.compile(r"(?<=[,;])(?=[^,; ])")


def columns_of(stream: TextIO) -> int | None:
    """Return how many characters a line of a terminal has; None if `stream` is no terminal.

    Examples
    --------
    >>> import io
    >>> columns_of(io.StringIO()) is None
    True
    """
    if not stream.isatty():
        return None
    import shutil  # here, because it brings archives along, and most output goes elsewhere

    return max(_NARROWEST, shutil.get_terminal_size().columns)


def is_plain() -> bool:
    """Whether a terminal shall have neither colours nor bold letters: NO_COLOR, or TERM=dumb."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "dumb") == "dumb"


def heading(text: str, stream: TextIO) -> str:
    """Return a text in bold letters, if `stream` is a terminal that has them.

    Examples
    --------
    >>> import io
    >>> heading("barcode", io.StringIO())
    'barcode'
    """
    if is_plain() or not text.strip() or not stream.isatty():
        return text
    bare = text.strip()
    before, _, after = text.partition(bare)
    return f"{before}\x1b[1m{bare}\x1b[0m{after}"


def width_of(text: str) -> int:
    """Return how many columns a terminal uses for a text of one line.

    Examples
    --------
    >>> width_of("0-2:3"), width_of("層")
    (5, 2)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # here, because nearly all texts are ASCII

    return cell_len(text)


def shown(text: str, stream: TextIO) -> str:
    """Return a text as it will stand in `stream`, whose encoding may lack some characters.

    Examples
    --------
    >>> import io
    >>> shown("2 × 3", io.TextIOWrapper(io.BytesIO(), "ascii", "replace"))
    '2 ? 3'
    """
    encoding = getattr(stream, "encoding", None)
    if text.isascii() or encoding is None or stream.errors in (None, "strict"):
        return text
    return text.encode(encoding, stream.errors).decode(encoding)


def pieces(text: str) -> list[str]:
    """Return the parts of a text that are never broken: words, and bars with their comma.

    Examples
    --------
    >>> pieces("0-0,0-2:3 is one")
    ['0-0,', '0-2:3', 'is', 'one']
    """
    return [piece for word in text.split() for piece in _AFTER_COMMA.split(word)]


def broken(text: str, width: int) -> list[str]:
    """Return a text as lines: broken at blanks, and in a word after a comma if it is too long.

    Only what has neither and is longer than a line is broken anywhere.

    Examples
    --------
    >>> broken("the barcode 0-0,0-2:3,1-1:2,2-2", 11)
    ['the barcode', '0-0,0-2:3,', '1-1:2,2-2']
    >>> broken("1234567", 3)
    ['123', '456', '7']
    """
    if width_of(text) <= width:
        return [text]
    lines, line = [], ""
    for blanks, piece in _parts(text, width):
        if line and width_of(line + blanks + piece) > width:
            lines.append(line)
            line = piece
        else:
            line = line + blanks + piece if line else piece
    return [*lines, line]


def hanging(line: str, width: int, hang: int) -> list[str]:
    """Return a line broken to a width, its rest indented by `hang` more than its beginning.

    Examples
    --------
    >>> hanging("  one two three four five six seven", 26, 2)
    ['  one two three four five', '    six seven']
    """
    indent = len(line) - len(line.lstrip(" "))
    if width_of(line) <= width or indent + hang + _NARROWEST > width:
        return broken(line, width)
    first, *rest = broken(line[indent:], width - indent)
    if not rest:
        return [line]
    others = broken(line[indent + len(first) :].lstrip(" "), width - indent - hang)
    return [" " * indent + first, *(" " * (indent + hang) + other for other in others)]


def _parts(text: str, width: int) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text that fit a line, each with the blanks before it."""
    for blanks, word in re.findall(r"( *)([^ ]+)", text):
        if width_of(word) <= width:
            yield blanks, word
            continue
        before = blanks
        for piece in _AFTER_COMMA.split(word):
            while width_of(piece) > width:
                cut = _fitting(piece, width)
                yield before, piece[:cut]
                before, piece = "", piece[cut:]
            yield before, piece
            before = ""


def _fitting(text: str, width: int) -> int:
    """Return how many characters from the beginning of a text fit, at least one."""
    length = min(width, len(text))
    while length > 1 and width_of(text[:length]) > width:
        length -= 1
    return length

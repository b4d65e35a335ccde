"""The text notation of widths (``2,3,2`` or ``3^5``) and of barcodes (``0-0:2,0-2,1-1``).

Sizes are checked on the text, before any memory is taken for what it describes.
"""

import re

from linnet_exact.errors import InputError
from linnet_exact.strata.values.interval import Interval

__all__ = ["MAX_DEPTH", "MAX_WIDTH", "format_bars", "format_widths", "parse_bars", "parse_widths"]

MAX_DEPTH = 1000
MAX_WIDTH = 10**9

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_WIDTHS_FORM = "positive integers, input side first, such as 2,3,2 or 3^5"
_BARS_FORM = "bars from-to with an optional :multiplicity, such as 0-0:2,0-2,1-1"


def parse_widths(text: str) -> tuple[int, ...]:
    """Return the widths that `text` denotes, input side first.

    Raises
    ------
    InputError
        If an entry is not of the form ``n`` or ``n^times``, or the network would be deeper than
        `MAX_DEPTH` or wider than `MAX_WIDTH`.

    Examples
    --------
    >>> parse_widths("2,3^3,1")
    (2, 3, 3, 3, 1)
    >>> parse_widths("3^1000000000")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: widths: entry 1, '3^1000000000', is deeper than 1000
    """
    widths: list[int] = []
    for position, entry in enumerate(_entries(text, "widths", _WIDTHS_FORM), start=1):
        where = f"widths: entry {position}, {entry[:40]!r},"
        base, caret, exponent = entry.partition("^")
        numbers = [base, exponent] if caret else [base]
        if not all(_DIGITS.fullmatch(number) for number in numbers):
            raise InputError(f"{where} is not a width; expected {_WIDTHS_FORM}")
        width = _bounded(base, MAX_WIDTH)
        times = _bounded(exponent, MAX_DEPTH + 1) if caret else 1
        if width == 0 or times == 0:
            raise InputError(f"{where} is zero; expected {_WIDTHS_FORM}")
        if width is None:
            raise InputError(f"{where} is wider than {MAX_WIDTH}")
        if times is None or len(widths) + times > MAX_DEPTH + 1:
            raise InputError(f"{where} is deeper than {MAX_DEPTH}")
        widths.extend([width] * times)
    return tuple(widths)


def format_widths(widths: tuple[int, ...]) -> str:
    """Return the text of `widths`, without powers.

    Examples
    --------
    >>> format_widths((2, 3, 2))
    '2,3,2'
    """
    return ",".join(map(str, widths))


def parse_bars(text: str) -> dict[Interval, int]:
    """Return the bars that `text` denotes, with their multiplicities; repeated bars add up.

    A multiplicity of zero is allowed and drops the bar.

    Raises
    ------
    InputError
        If an entry is not of the form ``from-to`` or ``from-to:multiplicity``, the bar is
        reversed, it ends beyond layer `MAX_DEPTH`, or there are more than `MAX_WIDTH` of it.

    Examples
    --------
    >>> parse_bars("0-2,1-1:2,1-1")
    {Interval(start=0, end=2): 1, Interval(start=1, end=1): 3}
    >>> parse_bars("0-2,1-1:-2")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: barcode: entry 2, '1-1:-2', has a negative multiplicity
    """
    bars: dict[Interval, int] = {}
    for position, entry in enumerate(_entries(text, "barcode", _BARS_FORM), start=1):
        where = f"barcode: entry {position}, {entry[:40]!r},"
        bar_text, colon, count_text = entry.partition(":")
        if colon and re.fullmatch(r"-[0-9]+", count_text, re.ASCII):
            raise InputError(f"{where} has a negative multiplicity")
        if colon and not _DIGITS.fullmatch(count_text):
            raise InputError(f"{where} has no integer after the colon; expected {_BARS_FORM}")
        try:
            bar = Interval.parse(bar_text)
        except InputError as error:
            raise InputError(f"barcode: entry {position}: {error}") from None
        if bar.end > MAX_DEPTH:
            raise InputError(f"{where} ends beyond layer {MAX_DEPTH}")
        count = _bounded(count_text, MAX_WIDTH) if colon else 1
        if count is None:
            raise InputError(f"{where} has a multiplicity above {MAX_WIDTH}")
        if count:
            bars[bar] = bars.get(bar, 0) + count
    return bars


def format_bars(bars: tuple[tuple[Interval, int], ...]) -> str:
    """Return the text of `bars`, in the order given; a multiplicity of one is not written.

    Examples
    --------
    >>> format_bars(((Interval(0, 0), 2), (Interval(0, 2), 1)))
    '0-0:2,0-2'
    """
    return ",".join(f"{bar}" if count == 1 else f"{bar}:{count}" for bar, count in bars)


def _entries(text: str, what: str, form: str) -> list[str]:
    """Split `text` at commas; an empty entry is refused by its number."""
    entries = [entry.strip() for entry in text.split(",")]
    for position, entry in enumerate(entries, start=1):
        if not entry:
            raise InputError(f"{what}: entry {position} is empty; expected {form}")
    return entries


def _bounded(digits: str, limit: int) -> int | None:
    """Return the number, or None when it is above `limit`; a long text is never converted."""
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(limit)):
        return None
    number = int(digits)
    return number if number <= limit else None

"""Many strata as text, from columns of numbers by look-up tables.

What a few columns say together is looked up: each combination of their values is written once for
a block of thousands of strata. The text is the same, byte for byte, as row by row.
"""

import json
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.table import Columns, stratum_columns
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.json_integers import decimal_text, integer_to_jsonable

__all__ = [
    "CSV_HEADING",
    "barcode_texts",
    "joined_texts",
    "member_text",
    "number_text",
    "stratum_texts",
]

CSV_HEADING = (
    "barcode,rank_list,dimension,codimension,tangent_dimension_of_fiber,local_fiber_dimension,"
    "singular,real_components,maximal,minimal"
)
_COMBINATIONS = 1 << 12  # of the values of columns that are looked up together

Entry = Callable[[int, int], str]


def joined_texts(columns: Sequence[NDArray[np.integer]], entry: Entry) -> list[str]:
    """Return for each row the texts ``entry(column, value)`` of all columns, one after the other.

    Parameters
    ----------
    columns : sequence of arrays
        Of values that are not negative, one for each row.

    Examples
    --------
    >>> columns = [np.array([1, 0]), np.array([2, 7])]
    >>> joined_texts(columns, lambda column, value: f"{'xy'[column]}{value} ")
    ['x1 y2 ', 'x0 y7 ']
    """
    pieces: list[list[str]] = []
    first = 0
    while first < len(columns):
        key = columns[first].astype(np.int64)
        bases = [int(key.max(initial=0)) + 1]
        combinations = bases[0]
        for column in columns[first + 1 :]:
            base = int(column.max(initial=0)) + 1
            combinations *= base
            if combinations > _COMBINATIONS:
                break
            key = key * base + column.astype(np.int64)
            bases.append(base)
        keys, places = np.unique(key, return_inverse=True)
        table = [_text_of(one, bases, first, entry) for one in keys.tolist()]
        pieces.append([table[place] for place in places.tolist()])
        first += len(bases)
    return list(map("".join, zip(*pieces, strict=True)))


def _text_of(key: int, bases: list[int], first: int, entry: Entry) -> str:
    digits = []
    for base in reversed(bases):
        key, digit = divmod(key, base)
        digits.append(digit)
    return "".join(entry(first + at, digit) for at, digit in enumerate(reversed(digits)))


def barcode_texts(
    listing: Listing, multiplicities: NDArray[np.unsignedinteger], style: str
) -> list[str]:
    """Return the barcodes of rows of multiplicities of one fiber.

    Parameters
    ----------
    style : str
        ``"json"`` for the members of an object, ``"csv"`` for `0-0,0-1:2`, as barcodes are read.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(2, 2), 1)])
    >>> (block,) = listing.blocks()
    >>> [barcode_texts(listing, block.multiplicities, style) for style in ("json", "csv")]
    [['"0-0": 1, "0-1": 1, "1-1": 1'], ['0-0,0-1,1-1']]
    """
    (excess,) = listing.fibers
    place = listing.place_of_through
    names = [str(bar) for bar in listing.bars]
    names.insert(place, f"0-{excess.network.depth}")
    columns: list[NDArray[np.integer]] = list(multiplicities.T)
    columns.insert(place, np.full(len(multiplicities), excess.rank))
    separator = ", " if style == "json" else ","

    def entry(column: int, number: int) -> str:
        if number == 0:
            return ""
        if style == "csv" and number == 1:
            return separator + names[column]
        return separator + member_text(names[column], number, style)

    return [text[len(separator) :] for text in joined_texts(columns, entry)]


def stratum_texts(excess: Excess, style: str) -> Iterator[list[str]]:
    """Yield the strata of a fiber in blocks of texts: JSON objects, or lines of CSV.

    Raises
    ------
    TooLargeError
        If the fiber is far beyond what can be listed.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> print(*next(stratum_texts(Excess(Network(1, 1), 1), "csv")))
    0-1,"0~0:1,1~0:1,1~1:1",0,1,0,0,false,1,true,true
    """
    listing = Listing([excess])
    for columns in stratum_columns(listing):
        rows = zip(
            barcode_texts(listing, columns.multiplicities, style),
            _rank_list_texts(listing, columns, style),
            _number_texts(excess, columns, style),
            strict=True,
        )
        if style == "json":
            yield [
                f'{{"barcode": {{{bars}}}, "rank_list": {{{ranks}}}, {numbers}}}'
                for bars, ranks, numbers in rows
            ]
        else:
            yield [
                f'"{bars}","{ranks}",{numbers}' if "," in bars else f'{bars},"{ranks}",{numbers}'
                for bars, ranks, numbers in rows
            ]


def _rank_list_texts(listing: Listing, columns: Columns, style: str) -> list[str]:
    """Return the rank lists; what is the same in all strata is written with what comes next."""
    (excess,) = listing.fibers
    network, rank = excess
    steps = {step: place for place, step in enumerate(listing.steps)}
    separator = ", " if style == "json" else ","
    before: list[str] = []  # what is written before the rank of each step, in order
    order: list[int] = []
    text = ""
    for k in range(network.depth + 1):
        for i in range(k + 1):
            text += separator if text or before else ""
            if (place := steps.get(Interval(i, k))) is None:
                value = network.widths[k] if i == k else rank
                text += member_text(f"{k}~{i}", value, style)
            else:
                before.append(text + member_text(f"{k}~{i}", None, style))
                order.append(place)
                text = ""
    if not order:
        return [text] * len(columns.dimension)

    def entry(column: int, number: int) -> str:
        return before[column] + number_text(number + rank, style)

    return [ranks + text for ranks in joined_texts([columns.ranks[at] for at in order], entry)]


def _number_texts(excess: Excess, columns: Columns, style: str) -> list[str]:
    names = CSV_HEADING.split(",")[2:]
    weight_dimension = excess.network.weight_dimension

    def entry(column: int, value: int) -> str:
        if column == 0:
            parts = [number_text(value, style), number_text(weight_dimension - value, style)]
            labels = names[:2]
        elif column < 3:
            parts, labels = [number_text(value, style)], names[1 + column : 2 + column]
        else:
            exponent, flags = divmod(value, 8)
            singular, maximal, minimal = (str(bool(flags & bit)).lower() for bit in (4, 2, 1))
            parts = [singular, number_text(1 << exponent, style), maximal, minimal]
            labels = names[4:]
        if style == "json":
            parts = [f'"{label}": {part}' for label, part in zip(labels, parts, strict=True)]
        separator = ", " if style == "json" else ","
        return (separator if column else "") + separator.join(parts)

    flags = 4 * columns.singular + 2 * columns.maximal + 1 * columns.minimal
    numbers = [
        columns.dimension,
        columns.tangent_dimension,
        columns.local_fiber_dimension,
        8 * columns.real_component_exponent + flags,
    ]
    return joined_texts(numbers, entry)


def member_text(name: str, number: int | None, style: str) -> str:
    """Return a name with its number, if any, as in JSON objects or as in CSV.

    Examples
    --------
    >>> member_text("0-1", 2, "json"), member_text("0-1", 2, "csv")
    ('"0-1": 2', '0-1:2')
    """
    value = "" if number is None else number_text(number, style)
    return f'"{name}": {value}' if style == "json" else f"{name}:{value}"


def number_text(number: int, style: str) -> str:
    """Return a number, in JSON as text where others would round it.

    Examples
    --------
    >>> number_text(2**60, "json"), number_text(2**60, "csv")
    ('"1152921504606846976"', '1152921504606846976')
    """
    return json.dumps(integer_to_jsonable(number)) if style == "json" else decimal_text(number)

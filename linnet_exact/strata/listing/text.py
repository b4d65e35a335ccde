"""Many strata as text, from columns of numbers: the same, byte for byte, as row by row."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.look_up import (
    Column,
    Part,
    bar_parts,
    joined_texts,
    member_text,
    number_text,
)
from linnet_exact.strata.listing.table import Columns, stratum_columns
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.interval import Interval

__all__ = [
    "CSV_HEADING",
    "bar_columns",
    "barcode_texts",
    "line_parts",
    "number_texts",
    "stratum_texts",
]

CSV_HEADING = (
    "barcode,rank_list,dimension,codimension,tangent_dimension_of_fiber,local_fiber_dimension,"
    "singular,real_components,maximal,minimal"
)


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
    return joined_texts(bar_parts(*bar_columns(listing, multiplicities), style))


def bar_columns(
    listing: Listing, multiplicities: NDArray[np.unsignedinteger]
) -> tuple[list[str], list[Column]]:
    """Return all bars of one fiber, [0, L] with them, and a column of multiplicities for each.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> names, counts = bar_columns(Listing([Excess(Network(2, 2), 1)]), np.array([[1, 1]]))
    >>> names, [column.tolist() for column in counts]
    (['0-0', '0-1', '1-1'], [[1], [1], [1]])
    """
    (excess,) = listing.fibers
    place = listing.place_of_through
    names = [str(bar) for bar in listing.bars]
    names.insert(place, f"0-{excess.network.depth}")
    columns: list[Column] = list(multiplicities.T)
    columns.insert(place, np.full(len(multiplicities), excess.rank))
    return names, columns


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
    opening = "{" if style == "json" else ""
    for columns in stratum_columns(listing):
        names, counts = bar_columns(listing, columns.multiplicities)
        ranks = _rank_list_parts(listing, columns, style)
        numbers = _number_parts(excess, columns, style)
        yield joined_texts([opening, *line_parts(names, counts, ranks, numbers, style)])


def line_parts(
    names: Sequence[str],
    counts: Sequence[Column],
    ranks: Sequence[Part],
    numbers: Sequence[Part],
    style: str,
) -> list[Part]:
    """Return the parts of lines from the barcode on, up to the end.

    Parameters
    ----------
    names, counts : sequences
        The bars, and a column of multiplicities for each.
    ranks, numbers : sequences
        The parts of the rank list, and of what comes after it.

    Examples
    --------
    >>> counts = [np.array([1, 0]), np.array([1, 1])]
    >>> joined_texts(line_parts(["0-0", "0-1"], counts, ["2"], ["7"], "csv"))
    ['"0-0,0-1","2",7', '0-1,"2",7']
    """
    bars = bar_parts(names, counts, style)
    if style == "json":
        return ['"barcode": {', *bars, '}, "rank_list": {', *ranks, "}, ", *numbers, "}"]
    several = np.count_nonzero(np.array(counts), axis=0) > 1
    quote: Part = (several, lambda has_comma: '"' if has_comma else "")
    return [quote, *bars, quote, ',"', *ranks, '",', *numbers]


def _rank_list_parts(listing: Listing, columns: Columns, style: str) -> list[Part]:
    (excess,) = listing.fibers
    network, rank = excess
    steps = {step: place for place, step in enumerate(listing.steps)}
    parts: list[Part] = []
    separator = ""
    for k in range(network.depth + 1):
        for i in range(k + 1):
            if (place := steps.get(Interval(i, k))) is None:
                value = network.widths[k] if i == k else rank
                parts.append(separator + member_text(f"{k}~{i}", value, style))
            else:
                parts.append(separator + member_text(f"{k}~{i}", None, style))
                parts.append((columns.ranks[place], lambda less: number_text(less + rank, style)))
            separator = ", " if style == "json" else ","
    return parts


def _number_parts(excess: Excess, columns: Columns, style: str) -> list[Part]:
    names = CSV_HEADING.split(",")[2:]
    separator = ", " if style == "json" else ","
    weight_dimension = excess.network.weight_dimension

    def written(first: int, *texts: str) -> str:
        labels = names[first : first + len(texts)]
        if style == "json":
            return separator.join(f'"{n}": {text}' for n, text in zip(labels, texts, strict=True))
        return separator.join(texts)

    def dimensions(value: int) -> str:
        both = value, weight_dimension - value
        return written(0, *(number_text(number, style) for number in both))

    def rest(value: int) -> str:
        exponent, flags = divmod(value, 8)
        singular, maximal, minimal = (str(bool(flags & bit)).lower() for bit in (4, 2, 1))
        return written(4, singular, number_text(1 << exponent, style), maximal, minimal)

    flags = 4 * columns.singular + 2 * columns.maximal + 1 * columns.minimal
    return [
        (columns.dimension, dimensions),
        separator,
        (columns.tangent_dimension, lambda value: written(2, number_text(value, style))),
        separator,
        (columns.local_fiber_dimension, lambda value: written(3, number_text(value, style))),
        separator,
        (8 * columns.real_component_exponent + flags, rest),
    ]


def number_texts(excess: Excess, columns: Columns) -> list[list[str]]:
    """Return what comes after the rank list, for a table: a list of texts for each column.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> excess = Excess(Network(1, 1), 1)
    >>> [number_texts(excess, columns) for columns in stratum_columns(Listing([excess]))]
    [[['0'], ['1'], ['0'], ['0'], ['false'], ['1'], ['true'], ['true']]]
    """

    def truth(value: int) -> str:
        return "true" if value else "false"

    parts: list[Part] = [
        (columns.dimension, str),
        (columns.dimension, lambda value: str(excess.network.weight_dimension - value)),
        (columns.tangent_dimension, str),
        (columns.local_fiber_dimension, str),
        (columns.singular, truth),
        (columns.real_component_exponent, lambda value: str(1 << value)),
        (columns.maximal, truth),
        (columns.minimal, truth),
    ]
    return [joined_texts([part]) for part in parts]

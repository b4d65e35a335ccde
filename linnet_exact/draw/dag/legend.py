"""The legend of a drawing of the DAG: what occurs in it, in as few lines as its width allows."""

from collections.abc import Iterable

from linnet_exact.draw.dag.facts import Facts
from linnet_exact.draw.dag.layout import Box
from linnet_exact.draw.dag.node import dot, frame
from linnet_exact.draw.layout import strand_class
from linnet_exact.strata import Barcode

__all__ = ["legend"]

_LETTER, _LINE, _SAMPLE = 6.0, 24, 38
_STRANDS = {
    "through": "from input to output",
    "input": "from the input on",
    "output": "to the output",
    "inner": "in hidden layers only",
}
_WORDS = {
    "maximal": "maximal stratum",
    "minimal": "minimal stratum",
    "singular": "singular in the fiber",
}


def legend(
    strata: Iterable[Facts], moves: Iterable[str], width: int, dots: bool
) -> tuple[list[str], int]:
    """Return the legend as SVG, from its upper left corner on, and its height.

    Parameters
    ----------
    strata, moves
        What is drawn; only what occurs is explained.
    width : int
        What is wider goes to the next line.
    dots : bool
        Whether strata are dots, without strands.

    Examples
    --------
    >>> facts = Facts(Barcode("0-0,1-1"), 0, 1, singular=True, maximal=False, minimal=True)
    >>> parts, height = legend([facts], ["connect"], 500, dots=False)
    >>> height, sum("singular" in part for part in parts)
    (48, 1)
    """
    shown = list(strata)
    kinds = set(moves)
    items = [
        (_node(name, dots), words)
        for name, words in _WORDS.items()
        if any(getattr(facts, name) for facts in shown)
    ]
    if dots and any(not facts.singular for facts in shown):
        items.append((_node("smooth", dots), "smooth"))
    items += [
        (f'<path class="edge {kind}" d="M2 8H30"/>', f"{kind} move")
        for kind in ("connect", "swap")
        if kind in kinds
    ]
    if not dots:
        found = {strand_class(bar, f.barcode.depth) for f in shown for bar in f.barcode}
        items += [
            (f'<path class="strand {kind}" stroke-width="2.4" d="M4 8H28"/>', f"strands {words}")
            for kind, words in _STRANDS.items()
            if kind in found
        ]
    return _in_lines(items, width)


def _node(name: str, dots: bool) -> str:
    kinds = {kind: kind == name for kind in ("singular", "maximal", "minimal")}
    facts = Facts(Barcode("0-1"), 0, 0, **kinds)
    sample = dot(facts, Box(10, 2, 12, 12)) if dots else frame(facts, 30, 18)
    return sample if dots else f'<g transform="translate(1 -1)">{sample}</g>'


def _in_lines(items: Iterable[tuple[str, str]], width: int) -> tuple[list[str], int]:
    parts, x, y = [], 0, 0
    for sample, words in items:
        length = _SAMPLE + round(_LETTER * len(words)) + 18
        if x and x + length > width:
            x, y = 0, y + _LINE
        parts.append(
            f'<g transform="translate({x} {y})">{sample}'
            f'<text x="{_SAMPLE}" y="12" font-size="12">{words}</text></g>'
        )
        x += length
    return parts, y + _LINE

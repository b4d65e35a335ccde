"""Directions of weight space at the canonical point, sorted into tangent and normal ones.

A unit slot (j; p→q) is the matrix unit of W_j from a strand p at layer j − 1 to a strand q at
layer j. The slots of one pair (p, q) follow each other, from the first layer to the last one that
both can share. Shewchuk and Bhattacharya, arXiv 2404.14855, make the bases out of them.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias

from linnet_exact.strata import Barcode, Interval
from linnet_exact.strata.formulas.freedom import slots_of

__all__ = ["BLOCKED", "Kind", "SlotVector", "Space", "slot_vectors"]

Kind: TypeAlias = Literal["one-matrix", "two-matrix", "normal"]
Space: TypeAlias = Literal["stratum", "orbit", "fiber"]


class SlotVector(NamedTuple):
    """The label of a basis vector: a slot, a difference of two slots, or a sum of slots.

    Attributes
    ----------
    kind : str
        ``"one-matrix"``: the slot itself; ``"two-matrix"``: the slot in the first of two layers
        minus the one in the second; ``"normal"``: the sum of all slots of the pair.
    layers : tuple of int
        The j of the matrices W_j that it is in, increasing and without gaps.
    source, source_copy, target, target_copy
        The two strands, each a bar and the number of its copy.
    """

    kind: Kind
    layers: tuple[int, ...]
    source: Interval
    source_copy: int
    target: Interval
    target_copy: int

    @property
    def signs(self) -> tuple[int, ...]:
        """The coefficient of the slot in each layer.

        Examples
        --------
        >>> bar = Interval(0, 1)
        >>> SlotVector("two-matrix", (1, 2), bar, 0, bar, 0).signs
        (1, -1)
        """
        return (1, -1) if self.kind == "two-matrix" else (1,) * len(self.layers)

    def to_jsonable(self) -> dict[str, Any]:
        """Return the label as a JSON object; bars are written ``from-to``.

        Examples
        --------
        >>> SlotVector("one-matrix", (1,), Interval(0, 0), 0, Interval(1, 1), 2).to_jsonable()
        {'kind': 'one-matrix', 'layers': [1], 'from': '0-0', 'from_copy': 0, \
'to': '1-1', 'to_copy': 2}
        """
        return {
            "kind": self.kind,
            "layers": list(self.layers),
            "from": str(self.source),
            "from_copy": self.source_copy,
            "to": str(self.target),
            "to_copy": self.target_copy,
        }


def _rises(source: Interval, target: Interval, depth: int) -> bool:
    return source.start < target.start and source.end < target.end


def _goes_through(source: Interval, target: Interval, depth: int) -> bool:
    return source.start == 0 and target.end == depth


def _rises_or_goes_through(source: Interval, target: Interval, depth: int) -> bool:
    return _rises(source, target, depth) or _goes_through(source, target, depth)


BLOCKED: dict[Space, Callable[[Interval, Interval, int], bool]] = {
    "stratum": _rises_or_goes_through,
    "orbit": _rises,
    "fiber": _goes_through,
}
"""For each space the pairs (source, target) of bars whose slots leave it one by one; the
differences of two slots do not."""


def slot_vectors(barcode: Barcode, space: Space = "stratum") -> Iterator[SlotVector]:
    """Yield the labels of a basis of weight space: first tangent vectors of a space, then normals.

    Parameters
    ----------
    space
        The tangent space of the stratum or of the orbit, or the Zariski tangent space of the fiber,
        null dμ.

    Examples
    --------
    >>> [(v.kind, v.layers) for v in slot_vectors(Barcode.parse("0-2"))]
    [('two-matrix', (1, 2)), ('normal', (1, 2))]
    """
    depth, blocked = barcode.depth, BLOCKED[space]
    normals: list[SlotVector] = []
    for source, sources in barcode.items():
        for target, targets in barcode.items():
            layers = tuple(slots_of(source, target))
            pairs = [(p, q) for p in range(sources) for q in range(targets)] if layers else []
            if not blocked(source, target, depth):
                kind: Kind = "one-matrix"
                tangents: list[tuple[int, ...]] = [(j,) for j in layers]
            else:
                kind, tangents = "two-matrix", list(pairwise(layers))
                normals += (SlotVector("normal", layers, source, p, target, q) for p, q in pairs)
            for p, q in pairs:
                for chosen in tangents:
                    yield SlotVector(kind, chosen, source, p, target, q)
    yield from normals

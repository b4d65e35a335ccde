"""`Network`: the widths of a linear neural network, input side first."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from functools import total_ordering
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, SupportsIndex

from linnet_exact.arguments import as_text, is_listing, shown, wrong_type
from linnet_exact.errors import InputError, WrongTypeError
from linnet_exact.frozen import Frozen
from linnet_exact.strata.values.notation import MAX_DEPTH, MAX_WIDTH, format_widths, parse_widths

if TYPE_CHECKING:
    from linnet_exact.strata.fiber import Fiber

__all__ = ["Network"]


@total_ordering
class Network(Frozen):
    """A linear network with `widths` d_0, …, d_L: d_0 inputs, d_L outputs, depth L ≥ 1.

    Its weights are matrices W_1, …, W_L, with W_j of shape d_j × d_{j−1}. Networks are immutable
    and hashable; they sort by depth, then by widths.

    Raises
    ------
    InputError
        If there are fewer than two widths, or one is not an integer from 1 to 10^9.

    Parameters
    ----------
    *widths : int
        Also one sequence of them, or their text: ``Network((2, 3, 2))``, ``Network("2,3,2")``.

    Examples
    --------
    >>> Network(2, 3, 2) == Network((2, 3, 2)) == Network("2,3,2")
    True
    >>> network = Network(2, 3, 2)
    >>> network.depth, network.weight_dimension, network.min_width
    (2, 12, 2)
    >>> network.widths
    (2, 3, 2)
    >>> Network(2, 0)
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: the width of layer 1 must be at least 1, not 0
    """

    __slots__ = ("_widths",)
    _widths: tuple[int, ...]
    fiber_type: ClassVar[type[Fiber]]
    """What `fiber` makes: a link upward, which `linnet_exact.strata.fiber` fills."""

    def __init__(self, *widths: SupportsIndex | Iterable[SupportsIndex] | str | Network) -> None:
        object.__setattr__(self, "_widths", _checked_widths(_spread(widths)))

    @classmethod
    def parse(cls, text: str) -> Network:
        """Return the network whose widths `text` gives, such as ``2,3,2`` or ``3^5``.

        Raises
        ------
        InputError
            If the text is not a list of at least two widths.

        Examples
        --------
        >>> Network.parse("3^4,1")
        Network(3, 3, 3, 3, 1)
        """
        return cls(*parse_widths(as_text(text, "widths", "2,3,2")))

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths d_0, …, d_L."""
        return self._widths

    @property
    def depth(self) -> int:
        """The number L of weight matrices."""
        return len(self._widths) - 1

    @property
    def weight_dimension(self) -> int:
        """The dimension of weight space, Σ d_j d_{j−1}."""
        return sum(map(operator.mul, self._widths, self._widths[1:]))

    @property
    def min_width(self) -> int:
        """The smallest width, which is the largest rank that a product of the weights can have."""
        return min(self._widths)

    def fiber(self, rank: int = 0) -> Fiber:
        """Return the fiber of a d_L × d_0 matrix of the given rank.

        Raises
        ------
        InputError
            If no product of weights has that rank.

        Examples
        --------
        >>> Network(2, 3, 2).fiber(rank=1).dimension
        8
        """
        return self.fiber_type(self, rank)

    @classmethod
    def of(cls, value: Any, name: str = "network") -> Network:
        """Return the network that `value` is, or that its text or its widths give.

        Raises
        ------
        InputError
            If it is none; `name` is that of the argument, for the message.

        Examples
        --------
        >>> Network.of("2,3^2"), Network.of([2, 3])
        (Network(2, 3, 3), Network(2, 3))
        """
        if isinstance(value, Network):
            return value
        try:
            return cls(value)
        except WrongTypeError:
            forms = "a Network, a sequence of widths or a text such as '2,3,2'"
            raise wrong_type(name, forms, value) from None

    def fibers(self) -> Iterator[Fiber]:
        """Yield the fibers of every rank, 0 first.

        Examples
        --------
        >>> [fiber.count() for fiber in Network(2, 2, 2).fibers()]
        [6, 3, 1]
        """
        return (self.fiber(rank) for rank in range(self.min_width + 1))

    def reversed(self) -> Network:
        """Return the network read from output to input: that of the transposed weights.

        Examples
        --------
        >>> Network(1, 2, 3).reversed()
        Network(3, 2, 1)
        """
        return Network(*self._widths[::-1])

    def __reduce__(self) -> tuple[Any, ...]:
        return (Network, self._widths)

    def __eq__(self, other: object) -> bool:
        return self._widths == other._widths if isinstance(other, Network) else NotImplemented

    def __lt__(self, other: Network) -> bool:
        if not isinstance(other, Network):
            return NotImplemented
        return (self.depth, self._widths) < (other.depth, other._widths)

    def __hash__(self) -> int:
        return hash((Network, self._widths))

    def __str__(self) -> str:
        return format_widths(self._widths)

    def __repr__(self) -> str:
        return f"Network({', '.join(map(str, self._widths))})"


def _spread(widths: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the widths one by one, if they came as a network, a text or one sequence."""
    if len(widths) != 1:
        return widths
    (given,) = widths
    if isinstance(given, Network):
        return given.widths
    if isinstance(given, str):
        return parse_widths(given)
    if is_listing(given):
        return tuple(islice(given, MAX_DEPTH + 2))
    if hasattr(given, "__index__"):
        return widths
    raise wrong_type("widths", "integers, a sequence of them or a text such as '2,3,2'", given)


def _checked_widths(widths: tuple[Any, ...]) -> tuple[int, ...]:
    if len(widths) < 2:
        raise InputError(
            f"a network needs at least two widths, input side first (2,3,2), not {len(widths)}"
        )
    if len(widths) > MAX_DEPTH + 1:
        raise InputError(f"a network may have depth {MAX_DEPTH} at most, not {len(widths) - 1}")
    if {*map(type, widths)} == {int} and min(widths) >= 1 and max(widths) <= MAX_WIDTH:
        return widths
    checked = []
    for layer, width in enumerate(widths):
        try:
            value = operator.index(width)
        except TypeError:
            value = None
        if value is None or isinstance(width, bool):
            raise InputError(f"the width of layer {layer} must be an integer, not {shown(width)}")
        if value < 1:
            raise InputError(f"the width of layer {layer} must be at least 1, not {value}")
        if value > MAX_WIDTH:
            raise InputError(f"the width of layer {layer} must be at most {MAX_WIDTH}, not {value}")
        checked.append(value)
    return tuple(checked)

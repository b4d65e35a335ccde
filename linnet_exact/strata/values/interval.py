"""Bars: intervals of layers, and the two numbers that govern them, Hom and Ext."""

import re
from numbers import Integral
from typing import Any, NamedTuple

from linnet_exact.arguments import as_integer, as_text, wrong_type
from linnet_exact.errors import InputError

__all__ = ["Interval", "ext", "hom"]

_FORM = re.compile(r"([0-9]{1,10})-([0-9]{1,10})", re.ASCII)


class _Ends(NamedTuple):
    start: int
    end: int


class Interval(_Ends):
    """The bar [start, end]: a strand of information born at layer `start`, dead after layer `end`.

    Its text makes it, too: ``Interval("0-2")``.

    Raises
    ------
    InputError
        If it does not run from a layer ≥ 0 to the same or a later one.

    Examples
    --------
    >>> str(Interval(0, 2)), Interval("1-1")
    ('0-2', Interval(start=1, end=1))
    """

    __slots__ = ()

    def __new__(cls, start: int | str, end: int | None = None) -> "Interval":
        """Return the bar [start, end], or the one whose text `start` is."""
        if end is None:
            return cls.of(start)
        if type(start) is not int or type(end) is not int:
            start, end = as_integer(start, "start"), as_integer(end, "end")
        if not 0 <= start <= end:
            raise InputError(
                f"bar {start}-{end} does not run from a layer ≥ 0 to the same or a later one"
            )
        return super().__new__(cls, start, end)

    def __contains__(self, layer: object) -> bool:
        """Return whether the strand is alive at `layer`.

        Examples
        --------
        >>> 1 in Interval(0, 2), 3 in Interval(0, 2)
        (True, False)
        """
        return isinstance(layer, Integral) and self.start <= int(layer) <= self.end

    def is_through(self, depth: int) -> bool:
        """Return whether the bar runs from the input to the output of a network of this depth.

        Examples
        --------
        >>> Interval(0, 2).is_through(2), Interval(0, 1).is_through(2)
        (True, False)
        """
        return self.start == 0 and self.end == depth

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    @classmethod
    def parse(cls, text: str) -> "Interval":
        """Return the bar written ``from-to``.

        Raises
        ------
        InputError
            If `text` has another form, or the bar ends before it starts.

        Examples
        --------
        >>> Interval.parse("2-0")
        Traceback (most recent call last):
        ...
        linnet_exact.errors.InputError: bar '2-0' ends before it starts; write 0-2
        """
        match = _FORM.fullmatch(as_text(text, "bar", "0-2"))
        if match is None:
            raise InputError(f"bar {text[:40]!r} is not of the form from-to, such as 0-2")
        start, end = int(match[1]), int(match[2])
        if start > end:
            raise InputError(f"bar {text!r} ends before it starts; write {end}-{start}")
        return cls(start, end)

    @classmethod
    def of(cls, value: Any, name: str = "bar") -> "Interval":
        """Return the bar that `value` is, or that its text or its two layers give.

        Raises
        ------
        InputError
            If it is none; `name` is that of the argument, for the message.

        Examples
        --------
        >>> Interval.of("0-2") == Interval.of((0, 2)) == Interval(0, 2)
        True
        """
        if isinstance(value, Interval):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        if not (isinstance(value, tuple | list) and len(value) == 2):
            forms = "an Interval, a pair of layers or a text such as '0-2'"
            raise wrong_type(name, forms, value)
        start, end = (as_integer(layer, f"a layer of {name}", least=0) for layer in value)
        return cls.parse(f"{start}-{end}")


def hom(source: Interval, target: Interval) -> int:
    """Return dim Hom(source, target), 0 or 1, of two interval modules of the quiver 0 → 1 → … → L.

    With source [h, k] and target [i, l] it is 1 if and only if i ≤ h ≤ l ≤ k.

    Examples
    --------
    >>> hom(Interval(1, 2), Interval(0, 1)), hom(Interval(0, 1), Interval(1, 2))
    (1, 0)
    """
    return int(target.start <= source.start <= target.end <= source.end)


def ext(lower: Interval, upper: Interval) -> int:
    """Return dim Ext¹(lower, upper), 0 or 1, of two interval modules of the quiver 0 → 1 → … → L.

    With lower [h, k] and upper [i, l] it is 1 if and only if h < i ≤ k + 1 ≤ l. These are the
    pairs that a rising move joins: a connecting move if i = k + 1, a swapping move otherwise.

    Examples
    --------
    >>> ext(Interval(0, 0), Interval(1, 2)), ext(Interval(1, 2), Interval(0, 0))
    (1, 0)
    """
    return int(lower.start < upper.start <= lower.end + 1 <= upper.end)

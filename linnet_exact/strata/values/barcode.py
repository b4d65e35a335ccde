"""`Barcode`: the multiset of bars that says how information flows through a network's layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar

from linnet_exact.arguments import as_integer, as_text, wrong_type
from linnet_exact.errors import InputError
from linnet_exact.frozen import Frozen
from linnet_exact.strata.values.given import given_bar, given_pairs, widths_of_bars
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.json_integers import integer_from_jsonable, integer_to_jsonable
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.notation import format_bars, parse_bars
from linnet_exact.strata.values.rank_list import RankList
from linnet_exact.strata.values.shown import ShownBarcode

if TYPE_CHECKING:
    from linnet_exact.strata.fiber import Fiber
    from linnet_exact.strata.stratum import Stratum

__all__ = ["Barcode"]


class Barcode(Frozen, ShownBarcode, Mapping[Interval, int]):
    """An immutable mapping from bars [i, k] to their multiplicities ω_ki ≥ 1, sorted by bar.

    The multiplicity of [i, k] is the number of independent strands of information born at layer i
    that live up to layer k and no further. Barcodes classify the weights of a network up to
    changes of basis at every layer (Gabriel's theorem for the quiver of type A; in the words used
    here, Shewchuk and Bhattacharya, arXiv 2404.14855). Every layer must have a bar: its width is
    the number of bars that contain it.

    Parameters
    ----------
    bars
        A mapping from (start, end) to a multiplicity, or an iterable of such pairs; bars that
        appear more than once add up, multiplicity zero drops a bar. Or a text: ``"0-0:2,0-2"``.

    Barcodes of one fiber compare by closure: ``<=`` says that the stratum of the one lies in the
    closure of that of the other. This is a partial order.

    Raises
    ------
    InputError
        If a bar is reversed, a multiplicity is negative, or a layer has no bar.

    Examples
    --------
    >>> barcode = Barcode.parse("0-0,0-2,1-1:2,2-2")
    >>> barcode.widths, barcode.rank, barcode.omega(1, 1)
    ((2, 3, 2), 1, 2)
    >>> barcode.network, barcode.depth, barcode.stratum.dimension, barcode.fiber.dimension
    (Network(2, 3, 2), 2, 5, 8)
    >>> Barcode({(0, 0): 1, (2, 2): 1})
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: no bar contains layer 1: its width would be 0
    """

    __slots__ = ("_bars", "_multiplicities", "_network")
    _bars: tuple[tuple[Interval, int], ...]
    _multiplicities: dict[Interval, int]
    _network: Network
    stratum_type: ClassVar[type[Stratum]]
    """What `stratum` makes: a link upward, which `linnet_exact.strata.stratum` fills."""

    def __init__(
        self,
        bars: Mapping[Interval, int]
        | Mapping[tuple[int, int], int]
        | Mapping[str, int]
        | Iterable[tuple[tuple[int, int], int]]
        | str,
    ) -> None:
        pairs: Any = parse_bars(bars) if isinstance(bars, str) else bars
        pairs = pairs.items() if isinstance(pairs, Mapping) else pairs
        multiplicities: dict[Interval, int] = {}
        for bar, given in given_pairs(pairs):
            interval, count = given_bar(bar, given)
            if count:
                multiplicities[interval] = multiplicities.get(interval, 0) + count
        ordered = tuple(sorted(multiplicities.items()))
        self._set(ordered, Network(*widths_of_bars(ordered)))

    def _set(self, bars: tuple[tuple[Interval, int], ...], network: Network) -> None:
        object.__setattr__(self, "_bars", bars)
        object.__setattr__(self, "_multiplicities", dict(bars))
        object.__setattr__(self, "_network", network)

    @classmethod
    def of_network(cls, network: Network, bars: Iterable[tuple[Interval, int]]) -> Barcode:
        """Return the barcode of these `bars`, known to be sorted, positive and to fit `network`.

        Nothing is checked: this is for listings that make many barcodes of one network.

        Examples
        --------
        >>> Barcode.of_network(Network(1, 1), [(Interval(0, 1), 1)])
        Barcode.parse('0-1')
        """
        barcode = object.__new__(cls)
        barcode._set(tuple(bars), network)
        return barcode

    @classmethod
    def parse(cls, text: str) -> Barcode:
        """Return the barcode written as in ``0-0:2,0-2,1-1``.

        Raises
        ------
        InputError
            If the text has another form, or is not the barcode of a network.

        Examples
        --------
        >>> str(Barcode.parse("2-2, 1-1, 1-1, 0-2, 0-0"))
        '0-0,0-2,1-1:2,2-2'
        """
        return cls(parse_bars(as_text(text, "barcode", "0-0:2,0-2")))

    @classmethod
    def of(cls, value: Any, name: str = "barcode") -> Barcode:
        """Return the barcode that `value` is, that it has, or that it is the text of.

        Raises
        ------
        InputError
            If it is none; `name` is that of the argument, for the message.

        Examples
        --------
        >>> Barcode.of("0-1") == Barcode.of(Barcode("0-1").rank_list) == Barcode.of({"0-1": 1})
        True
        """
        if isinstance(value, Barcode):
            return value
        if isinstance(value, str | Mapping) and not isinstance(value, RankList):
            return cls(value)
        having = getattr(value, "barcode", None)
        if isinstance(having, Barcode) and not isinstance(value, type):
            return having
        forms = "a Barcode, what has one, or a text such as '0-0:2,0-2'"
        raise wrong_type(name, forms, value)

    @classmethod
    def from_jsonable(cls, value: Any) -> Barcode:
        """Return the barcode that a JSON object ``{"0-0": 2, …}`` stands for.

        Raises
        ------
        InputError
            If the value is not such an object.

        Examples
        --------
        >>> Barcode.from_jsonable({"0-1": 2})
        Barcode.parse('0-1:2')
        """
        if not isinstance(value, dict):
            raise InputError('a barcode in JSON is an object such as {"0-0": 2, "0-1": 1}')
        return cls(
            (Interval.parse(str(bar)), integer_from_jsonable(count, f"the multiplicity of {bar}"))
            for bar, count in value.items()
        )

    def to_jsonable(self) -> dict[str, int | str]:
        """Return the JSON object ``{"0-0": 2, …}``, sorted by bar.

        Examples
        --------
        >>> Barcode.parse("0-1,0-0:2").to_jsonable()
        {'0-0': 2, '0-1': 1}
        """
        return {str(bar): integer_to_jsonable(count) for bar, count in self._bars}

    @property
    def network(self) -> Network:
        """The network whose weights can have this barcode."""
        return self._network

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths d_0, …, d_L: d_j is the number of bars that contain j."""
        return self._network.widths

    @property
    def depth(self) -> int:
        """The number L of weight matrices."""
        return self._network.depth

    @property
    def rank(self) -> int:
        """The multiplicity of [0, L]: the rank of the product of all weights."""
        return self.omega(self.depth, 0)

    def omega(self, k: int, i: int) -> int:
        """Return ω_ki, the multiplicity of the bar [i, k] (`k` comes first, as in r_k~i).

        Examples
        --------
        >>> Barcode.parse("0-0:2,0-1:3,1-1").omega(1, 0)
        3
        """
        if type(k) is not int or type(i) is not int:
            k, i = as_integer(k, "k"), as_integer(i, "i")
        return self._multiplicities.get(Interval(i, k), 0) if 0 <= i <= k else 0

    def alive(self, layer: int) -> dict[Interval, int]:
        """Return the bars that contain `layer`, with their multiplicities, sorted.

        Examples
        --------
        >>> {str(bar): count for bar, count in Barcode.parse("0-0,0-2,1-1:2").alive(1).items()}
        {'0-2': 1, '1-1': 2}
        """
        layer = as_integer(layer, "layer")
        return {bar: count for bar, count in self._bars if layer in bar}

    @property
    def rank_list(self) -> RankList:
        """The ranks of all subsequence matrices, r_k~i = Σ ω_lh over h ≤ i and l ≥ k."""
        ending_at = [[0] * (k + 1) for k in range(self.depth + 1)]
        for bar, count in self._bars:
            ending_at[bar.end][bar.start] = count
        triangle = []
        row_after = (0,) * (self.depth + 1)
        for ending in reversed(ending_at):
            row_after = tuple(a + b for a, b in zip(accumulate(ending), row_after, strict=False))
            triangle.append(row_after)
        return RankList.of_barcode(tuple(reversed(triangle)))

    @property
    def fiber(self) -> Fiber:
        """The fiber whose points can have this barcode."""
        return self._network.fiber(self.rank)

    @property
    def stratum(self) -> Stratum:
        """The stratum of the points with this barcode, in its fiber."""
        return self.stratum_type(self.fiber, self)

    def reversed(self) -> Barcode:
        """Return the barcode of the transposed network: [i, k] becomes [L − k, L − i].

        Examples
        --------
        >>> Barcode.parse("0-0,0-2,1-1").reversed()
        Barcode.parse('0-2,1-1,2-2')
        """
        depth = self.depth
        return Barcode(
            (Interval(depth - bar.end, depth - bar.start), count) for bar, count in self._bars
        )

    def __getitem__(self, bar: Interval) -> int:
        return self._multiplicities[bar]

    def __iter__(self) -> Iterator[Interval]:
        return iter(self._multiplicities)

    def __len__(self) -> int:
        return len(self._bars)

    def __le__(self, other: Barcode) -> bool:
        if not isinstance(other, Barcode):
            return NotImplemented
        if (self.network, self.rank) != (other.network, other.rank):
            raise InputError(
                f"barcodes of different fibers cannot be compared: widths {self.network} and rank "
                f"{self.rank}, widths {other.network} and rank {other.rank}"
            )
        return self.rank_list <= other.rank_list

    def __lt__(self, other: Barcode) -> bool:
        if not isinstance(other, Barcode):
            return NotImplemented
        return self != other and self <= other

    def __reduce__(self) -> tuple[Any, ...]:
        return (Barcode, (self._bars,))

    def __eq__(self, other: object) -> bool:
        return self._bars == other._bars if isinstance(other, Barcode) else NotImplemented

    def __hash__(self) -> int:
        return hash((Barcode, self._bars))

    def __str__(self) -> str:
        return format_bars(self._bars)

    def __repr__(self) -> str:
        return f"Barcode.parse('{self}')"


RankList.barcode_type = Barcode

"""`RankList`: the ranks r_k~i of all subsequence matrices; the other view of a barcode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from linnet_exact.arguments import as_instance, as_integer, wrong_type
from linnet_exact.errors import InputError
from linnet_exact.frozen import Frozen
from linnet_exact.strata.values.given import given_triangle, omega_of_ranks
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.json_integers import integer_from_jsonable, integer_to_jsonable
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.shown import triangle_html, triangle_latex, triangle_text

if TYPE_CHECKING:
    from linnet_exact.strata.values.barcode import Barcode

__all__ = ["RankList"]

_KEY = re.compile(r"([0-9]{1,10})~([0-9]{1,10})", re.ASCII)


class RankList(Frozen, Mapping[tuple[int, int], int]):
    """An immutable mapping from (k, i) to r_k~i = rk W_k ⋯ W_{i+1}, for L ≥ k ≥ i ≥ 0.

    r_j~j is the width of layer j. Only valid rank lists exist: those of some weights, which are
    the ones whose interval multiplicities
    ω_ki = r_k~i − r_k~i−1 − r_k+1~i + r_k+1~i−1 are all ≥ 0
    (a rank with i = −1 or k = L + 1 counts as 0). ``<=`` compares rank by rank.

    Raises
    ------
    InputError
        If a rank is missing, negative or superfluous, or an interval multiplicity is negative.

    Examples
    --------
    >>> ranks = RankList({(0, 0): 2, (1, 0): 1, (1, 1): 2})
    >>> ranks.barcode
    Barcode.parse('0-0,0-1,1-1')
    >>> ranks.network, ranks.depth, ranks.rank, ranks.triangle
    (Network(2, 2), 1, 1, ((2,), (1, 2)))
    >>> RankList({(0, 0): 2, (1, 0): 3, (1, 1): 2})
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: not a rank list: omega(0, 0) = r(0,0) - r(1,0) = 2 - 3 = -1 < 0
    """

    __slots__ = ("_triangle",)
    _triangle: tuple[tuple[int, ...], ...]
    barcode_type: ClassVar[type[Barcode]]
    """What `barcode` makes: a link upward, which `linnet_exact.strata.values.barcode` fills."""

    def __init__(self, ranks: Mapping[tuple[int, int], int] | Sequence[Sequence[int]]) -> None:
        if isinstance(ranks, list | tuple):
            object.__setattr__(self, "_triangle", given_triangle(ranks))
            return
        if not isinstance(ranks, Mapping):
            raise wrong_type("ranks", "a mapping from (k, i), or rows r_k~0, …, r_k~k", ranks)
        if not all(isinstance(key, tuple) and len(key) == 2 for key in ranks):
            raise InputError("not a rank list: its keys must be pairs (k, i)")
        ranks = {(as_integer(k, "k"), as_integer(i, "i")): rank for (k, i), rank in ranks.items()}
        depth = max((k for k, _ in ranks), default=0)
        if len(ranks) > (depth + 1) * (depth + 2) // 2:
            extra = next((k, i) for k, i in ranks if not 0 <= i <= k)
            raise InputError(f"not a rank list: r({extra[0]},{extra[1]}) does not have k ≥ i ≥ 0")
        for k in range(depth + 1):
            for i in range(k + 1):
                if (k, i) not in ranks:
                    raise InputError(f"not a rank list of depth {depth}: r({k},{i}) is missing")
        triangle = [[ranks[k, i] for i in range(k + 1)] for k in range(depth + 1)]
        object.__setattr__(self, "_triangle", given_triangle(triangle))

    @classmethod
    def from_triangle(cls, rows: Sequence[Sequence[int]]) -> RankList:
        """Return the rank list whose row k is r_k~0, …, r_k~k, for k = 0, …, L.

        Raises
        ------
        InputError
            If the rows do not have 1, 2, …, L + 1 entries, or are not a valid rank list.

        Examples
        --------
        >>> RankList.from_triangle([[2], [1, 2]]).r(1, 0)
        1
        """
        return cls.of_barcode(given_triangle(rows))

    @classmethod
    def of_barcode(cls, triangle: tuple[tuple[int, ...], ...]) -> RankList:
        """Return the rank list with these rows, which are known to be those of a barcode.

        Nothing is checked: this is what `Barcode.rank_list` uses.

        Examples
        --------
        >>> RankList.of_barcode(((2,), (1, 2))).r(1, 0)
        1
        """
        ranks = object.__new__(cls)
        object.__setattr__(ranks, "_triangle", triangle)
        return ranks

    @classmethod
    def from_jsonable(cls, value: Any) -> RankList:
        """Return the rank list that a JSON object ``{"0~0": 2, "1~0": 1, …}`` stands for.

        Raises
        ------
        InputError
            If the value is not such an object, or not a valid rank list.

        Examples
        --------
        >>> RankList.from_jsonable({"0~0": 2, "1~0": 1, "1~1": 2}).widths
        (2, 2)
        """
        if not isinstance(value, dict):
            raise InputError(
                'a rank list in JSON is an object such as {"0~0": 2, "1~0": 1, "1~1": 2}'
            )
        ranks = {}
        for key, rank in value.items():
            match = _KEY.fullmatch(str(key))
            if match is None:
                raise InputError(f"key {str(key)[:40]!r} of a rank list is not of the form k~i")
            ranks[int(match[1]), int(match[2])] = integer_from_jsonable(rank, f"rank {key}")
        return cls(ranks)

    def to_jsonable(self) -> dict[str, int | str]:
        """Return the JSON object ``{"0~0": r_0~0, "1~0": r_1~0, "1~1": r_1~1, …}``.

        Examples
        --------
        >>> RankList.from_triangle([[2], [1, 2]]).to_jsonable()
        {'0~0': 2, '1~0': 1, '1~1': 2}
        """
        return {
            f"{k}~{i}": integer_to_jsonable(rank)
            for k, row in enumerate(self._triangle)
            for i, rank in enumerate(row)
        }

    @property
    def depth(self) -> int:
        """The number L of weight matrices."""
        return len(self._triangle) - 1

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths d_j = r_j~j."""
        return tuple(row[-1] for row in self._triangle)

    @property
    def network(self) -> Network:
        """The network whose weights can have these ranks."""
        return Network(*self.widths)

    @property
    def rank(self) -> int:
        """The rank r_L~0 of the product of all weights."""
        return self._triangle[-1][0]

    def r(self, k: int, i: int) -> int:
        """Return r_k~i; 0 when i = −1 or k = L + 1.

        Examples
        --------
        >>> ranks = RankList.from_triangle([[2], [1, 2]])
        >>> ranks.r(1, 0), ranks.r(2, 0), ranks.r(1, -1)
        (1, 0, 0)
        """
        if type(k) is not int or type(i) is not int:
            k, i = as_integer(k, "k"), as_integer(i, "i")
        return self._triangle[k][i] if 0 <= i <= k <= self.depth else 0

    @property
    def triangle(self) -> tuple[tuple[int, ...], ...]:
        """The rows r_k~0, …, r_k~k for k = 0, …, L."""
        return self._triangle

    @property
    def barcode(self) -> Barcode:
        """The barcode with these ranks."""
        triangle = self._triangle
        return self.barcode_type(
            (Interval(i, k), omega_of_ranks(triangle, k, i))
            for k in range(self.depth + 1)
            for i in range(k + 1)
        )

    def __getitem__(self, key: tuple[int, int]) -> int:
        k, i = key
        if type(k) is not int or type(i) is not int:
            k, i = as_integer(k, "k"), as_integer(i, "i")
        if not 0 <= i <= k <= self.depth:
            raise KeyError(key)
        return self._triangle[k][i]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((k, i) for k in range(self.depth + 1) for i in range(k + 1))

    def __len__(self) -> int:
        return (self.depth + 1) * (self.depth + 2) // 2

    def __le__(self, other: RankList) -> bool:
        if not isinstance(other, RankList):
            return NotImplemented
        ours, theirs = self._of_fiber, other._of_fiber
        if ours != theirs:
            raise InputError(
                f"rank lists of different fibers cannot be compared: widths {ours[0]} and rank "
                f"{ours[1]}, widths {theirs[0]} and rank {theirs[1]}; orbits in weight space are "
                "ordered by at_most()"
            )
        return self.at_most(other)

    def __lt__(self, other: RankList) -> bool:
        if not isinstance(other, RankList):
            return NotImplemented
        return self != other and self <= other

    @property
    def _of_fiber(self) -> tuple[str, int]:
        widths = ",".join(str(row[-1]) for row in self._triangle)
        return widths, self._triangle[-1][0]

    def at_most(self, other: RankList) -> bool:
        """Return whether no rank exceeds that of another rank list of the same widths.

        That is so iff the orbit of weights with these ranks lies in the closure of the other one,
        be their products of one rank or not; within one fiber ``<=`` says the same of strata.

        Raises
        ------
        InputError
            If the widths differ.

        Examples
        --------
        >>> RankList.from_triangle([[1], [0, 1]]).at_most(RankList.from_triangle([[1], [1, 1]]))
        True
        """
        as_instance(other, RankList, "other", "a RankList")
        rows = list(zip(self._triangle, other._triangle, strict=False))
        if self.depth != other.depth or any(a[-1] != b[-1] for a, b in rows):
            raise InputError(
                f"rank lists of widths {self._of_fiber[0]} and {other._of_fiber[0]} cannot be "
                "compared"
            )
        return all(a <= b for ours, theirs in rows for a, b in zip(ours, theirs, strict=True))

    def __str__(self) -> str:
        return self.text()

    def text(self, layers: int | None = None) -> str:
        """Return the ranks as a triangle for people, as `print` shows it; cut after `layers`.

        Examples
        --------
        >>> print(RankList.from_triangle([[2], [1, 2]]).text())
        r_k~i  i=0  1
        k=0      2
        k=1      1  2
        """
        return triangle_text(self._triangle, layers)

    def _repr_html_(self) -> str:
        return triangle_html(self._triangle)

    def _repr_latex_(self) -> str:
        return triangle_latex(self._triangle)

    def __reduce__(self) -> tuple[Any, ...]:
        return (RankList.from_triangle, (self._triangle,))

    def __eq__(self, other: object) -> bool:
        return self._triangle == other._triangle if isinstance(other, RankList) else NotImplemented

    def __hash__(self) -> int:
        return hash((RankList, self._triangle))

    def __repr__(self) -> str:
        return f"RankList.from_triangle({[list(row) for row in self._triangle]})"

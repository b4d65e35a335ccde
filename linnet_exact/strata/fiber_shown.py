"""How a fiber shows itself, and what other libraries make of it: weights, data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linnet_exact.above import above
from linnet_exact.errors import TooLargeError
from linnet_exact.notebook import data_frame, html_table
from linnet_exact.strata.order.moves import apply_move, rising_moves
from linnet_exact.strata.values.barcode import Barcode

if TYPE_CHECKING:
    from random import Random

    from linnet_exact.strata.values.network import Network

__all__ = ["ShownFiber"]

SAMPLE_LIMIT = 20_000_000
"""Most weights that a point of a fiber may have."""


class ShownFiber:
    """What a fiber shows of itself at a prompt and in a notebook."""

    if TYPE_CHECKING:
        network: Network
        rank: int

    def sample(self, seed: int | str = 0, **options: Any) -> Any:
        """Return pseudo-random weights on a maximal stratum; see `linnet_exact.sample`.

        The stratum is found by a pseudo-random climb from the minimal one, so the point is a
        general one of an irreducible component, though not always of a largest one.

        Raises
        ------
        InputError
            If an option is not one that `sample` takes as it is given.
        TooLargeError
            If there would be too many weights.

        Examples
        --------
        >>> from linnet_exact import Network
        >>> theta = Network(2, 3, 2).fiber(1).sample(seed=1)
        >>> theta.fiber, theta.stratum.maximal
        (Network(2, 3, 2).fiber(1), True)
        """
        from random import Random  # with it come libraries that nothing else here needs

        weights = self.network.weight_dimension
        if weights > SAMPLE_LIMIT:
            raise TooLargeError(f"{weights} weights are more than the {SAMPLE_LIMIT} in memory")
        return above("sample")(self._top(Random(f"{seed}")), seed, **options)

    def _top(self, random: Random) -> Barcode:
        barcode: Barcode = self.minimal_stratum.barcode  # type: ignore[attr-defined]
        while moves := list(rising_moves(barcode)):
            barcode = apply_move(barcode, random.choice(moves))
        return barcode

    def to_frame(self, list_limit: int = 1_000_000) -> Any:
        """Return a pandas data frame with a row for each stratum; barcodes are texts.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.
        TooLargeError
            If there are more than `list_limit` strata.

        Examples
        --------
        >>> from linnet_exact import Network
        >>> frame = Network(1, 1, 1).fiber().to_frame()
        >>> frame["barcode"].tolist(), frame["dimension"].tolist()
        (['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2'], [0, 1, 1])
        """
        rows = self.rows(list_limit)  # type: ignore[attr-defined]
        return data_frame(
            [
                row
                | {
                    "barcode": str(Barcode.from_jsonable(row["barcode"])),
                    "rank_list": str_ranks(row),
                }
                for row in rows
            ]
        )

    def __repr__(self) -> str:
        return f"{self.network!r}.fiber({self.rank})"

    def __str__(self) -> str:
        return f"fiber of rank {self.rank} of the network with widths {self.network}"

    def _repr_html_(self) -> str:
        facts = self.to_jsonable(2000)  # type: ignore[attr-defined]
        names = ("strata", "dimension", "codimension", "components", "learning_coefficient")
        rows = [
            [name.replace("_", " "), "too many to list" if facts[name] is None else facts[name]]
            for name in (*names, "multiplicity", "smooth")
        ]
        return html_table(str(self), [], rows)

    def _repr_latex_(self) -> str:
        widths = ",".join(map(str, self.network.widths))
        return rf"$\mu^{{-1}}(W),\ \operatorname{{rk}} W = {self.rank},\ d = ({widths})$"


def str_ranks(row: dict[str, Any]) -> str:
    """Return the rank list of a row as one text.

    Examples
    --------
    >>> str_ranks({"rank_list": {"0~0": 1, "1~0": 0}})
    '0~0:1,1~0:0'
    """
    return ",".join(f"{key}:{rank}" for key, rank in row["rank_list"].items())

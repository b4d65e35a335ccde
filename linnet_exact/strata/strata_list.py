"""`StrataList`: all strata of a fiber as a sequence whose members are made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, overload

from linnet_exact.arguments import wrong_type
from linnet_exact.errors import OutOfRangeError
from linnet_exact.notebook import ROWS
from linnet_exact.strata.stratum import Stratum, strata_html

if TYPE_CHECKING:
    from linnet_exact.strata.fiber import Fiber

__all__ = ["StrataList"]


class StrataList(Sequence[Stratum]):
    """The strata of `fiber`, in the lexicographic order of r_1~0; r_2~0, r_2~1; r_3~0, ….

    Its length is counted, not listed; going through it lists the strata in blocks and keeps none.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> strata = Network(1, 1, 1).fiber().strata()
    >>> len(strata), str(strata[0]), str(strata[-1])
    (3, '0-0,1-1,2-2', '0-1,2-2')
    """

    def __init__(self, fiber: Fiber) -> None:
        self.fiber = fiber
        self._length = fiber.count()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Stratum]:
        listing = self.fiber.listing()
        return (
            Stratum(self.fiber, barcode)
            for block in listing.blocks()
            for barcode in listing.barcodes(block.multiplicities)
        )

    @overload
    def __getitem__(self, index: int) -> Stratum: ...

    @overload
    def __getitem__(self, index: slice) -> list[Stratum]: ...

    def __getitem__(self, index: int | slice) -> Stratum | list[Stratum]:
        try:
            if isinstance(index, bool):
                raise TypeError
            places = range(self._length)[index]
        except TypeError:
            raise wrong_type("the index of a stratum", "an integer or a slice", index) from None
        except IndexError:
            raise OutOfRangeError(
                f"there is no stratum {index}: there are {self._length}, counted from 0"
            ) from None
        if isinstance(places, int):
            return next(islice(self, places, None))
        wanted = set(places)
        found = {at: stratum for at, stratum in enumerate(self) if at in wanted}
        return [found[at] for at in places]

    def _repr_html_(self) -> str:
        return strata_html(self, self.fiber, self._length)

    def __str__(self) -> str:
        lines = [str(stratum) for stratum in islice(self, ROWS)]
        more = [f"… {self._length - ROWS} more"] if self._length > ROWS else []
        return "\n".join(lines + more)

    def __repr__(self) -> str:
        return f"<{self._length} strata of {self.fiber!r}>"

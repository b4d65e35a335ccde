"""What a drawing tells about each stratum."""

from typing import NamedTuple

from linnet_exact.strata import Barcode
from linnet_exact.strata.dag import StratumDAG

__all__ = ["Facts", "facts_of"]


class Facts(NamedTuple):
    """A stratum as it is drawn; `maximal` and `minimal` are meant in the whole fiber.

    Examples
    --------
    >>> bars = Barcode("0-0,1-1")
    >>> print(Facts(bars, 0, 1, singular=True, maximal=False, minimal=True).in_words())
    0-0,1-1: dimension 0, codimension 1, minimal, singular
    """

    barcode: Barcode
    dimension: int
    codimension: int
    singular: bool
    maximal: bool
    minimal: bool

    def in_words(self) -> str:
        """Return all of this in one line."""
        kinds = ["maximal"] * self.maximal + ["minimal"] * self.minimal
        kinds.append("singular" if self.singular else "smooth")
        return ", ".join(
            [f"{self.barcode}: dimension {self.dimension}, codimension {self.codimension}", *kinds]
        )


def facts_of(dag: StratumDAG) -> list[Facts]:
    """Return the facts of each stratum of a DAG, or of a part of one, by its number.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> for facts in facts_of(Network(1, 1, 1).fiber().dag()):
    ...     print(facts.in_words())
    0-0,1-1,2-2: dimension 0, codimension 2, minimal, singular
    0-0,1-2: dimension 1, codimension 1, maximal, smooth
    0-1,2-2: dimension 1, codimension 1, maximal, smooth
    """
    columns = dag.columns
    kinds = columns.singular.tolist(), columns.maximal.tolist(), columns.minimal.tolist()
    size = dag.fiber.network.weight_dimension
    dimensions = dag.dimension.tolist()
    return [
        Facts(barcode, dimension, size - dimension, *its_kinds)
        for barcode, dimension, *its_kinds in zip(dag.barcodes(), dimensions, *kinds, strict=True)
    ]

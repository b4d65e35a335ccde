"""The ranks of subsequence matrices at the strata of a listing, for many rows at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.listing.listing import Listing

__all__ = ["rank_rows"]


def rank_rows(
    listing: Listing, multiplicities: NDArray[np.unsignedinteger]
) -> NDArray[np.unsignedinteger]:
    """Return r_k~i less the rank of the fiber: a row for each step [i, k], a column a stratum.

    Examples
    --------
    >>> from linnet_exact.strata.values.excess import Excess
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(1, 1, 1), 0)])
    >>> rank_rows(listing, next(listing.blocks()).multiplicities).tolist()
    [[0, 0, 1], [0, 1, 0]]
    """
    by_bar = np.ascontiguousarray(multiplicities.T)
    rows = np.zeros((len(listing.steps), len(multiplicities)), dtype=multiplicities.dtype)
    row_of = {step: row for row, step in enumerate(listing.steps)}
    for step, row in reversed(row_of.items()):
        # Bars that start by i and end at k, and those that go on beyond k.
        for start in range(step.start + 1):
            if (column := listing.column(step._replace(start=start))) is not None:
                rows[row] += by_bar[column]
        if (beyond := row_of.get(step._replace(end=step.end + 1))) is not None:
            rows[row] += rows[beyond]
    return rows

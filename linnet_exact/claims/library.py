"""All claims, by name."""

from collections.abc import Sequence
from difflib import get_close_matches

from linnet_exact.claims.claim import Claim
from linnet_exact.claims.dimensions import DIMENSION, RANK_DIFFERENTIAL
from linnet_exact.errors import InputError

__all__ = ["CLAIMS", "claims_named"]

CLAIMS: dict[str, Claim] = {claim.name: claim for claim in (DIMENSION, RANK_DIFFERENTIAL)}


def claims_named(names: Sequence[str]) -> list[Claim]:
    """Return the claims with these names, each once; all of them when no name is given.

    Raises
    ------
    InputError
        If there is no claim of some name; the nearest names are given.

    Examples
    --------
    >>> [claim.name for claim in claims_named(["dimension"])]
    ['dimension']
    """
    for name in names:
        if name not in CLAIMS:
            near = get_close_matches(name, CLAIMS) or list(CLAIMS)
            raise InputError(f"there is no claim {name[:40]!r}; did you mean {' or '.join(near)}?")
    return [CLAIMS[name] for name in dict.fromkeys(names)] or list(CLAIMS.values())

"""All claims, by name."""

from collections.abc import Sequence
from difflib import get_close_matches

from linnet_exact.claims.claim import Claim
from linnet_exact.claims.theorems.balance import BALANCE
from linnet_exact.claims.theorems.closure import ORDER
from linnet_exact.claims.theorems.degrees import DEGREES
from linnet_exact.claims.theorems.dimensions import (
    BOUNDARY,
    DIMENSION,
    ORBIT_DIMENSION,
    RANK_DIFFERENTIAL,
    SINGULAR,
)
from linnet_exact.claims.theorems.finite_fields import POINTS_BY_BRUTE_FORCE, POINTS_OF_STRATA
from linnet_exact.claims.theorems.flow import FLOW, TANGENT_BASIS
from linnet_exact.claims.theorems.landscape import (
    CRITICAL_STRATA,
    GLOBAL_MINIMA,
    KINDS,
    MOVE_CURVATURE,
)
from linnet_exact.claims.theorems.limits import FALLING_MOVES, FRONTIER, MULTIPLICITY, TRANSPORT
from linnet_exact.claims.theorems.listings import (
    CODIMENSIONS,
    COMPONENTS,
    COUNT,
    LEARNING_COEFFICIENT,
    MINIMAL_STRATUM,
    RANK_REDUCTION,
)
from linnet_exact.claims.theorems.orbits import ONE_ORBIT, REAL_COMPONENTS
from linnet_exact.claims.theorems.topology import KINDS_OF_MOVES, REAL_FIBER
from linnet_exact.claims.theorems.walks import DEGENERATION, MOVES, PATHS
from linnet_exact.errors import InputError

__all__ = ["CLAIMS", "claims_named"]

_ALL = (
    DIMENSION,
    RANK_DIFFERENTIAL,
    ORBIT_DIMENSION,
    SINGULAR,
    BOUNDARY,
    FLOW,
    TANGENT_BASIS,
    KINDS_OF_MOVES,
    COUNT,
    CODIMENSIONS,
    RANK_REDUCTION,
    MINIMAL_STRATUM,
    COMPONENTS,
    ORDER,
    DEGENERATION,
    LEARNING_COEFFICIENT,
    POINTS_BY_BRUTE_FORCE,
    POINTS_OF_STRATA,
    ONE_ORBIT,
    REAL_COMPONENTS,
    REAL_FIBER,
    MOVES,
    PATHS,
    FRONTIER,
    FALLING_MOVES,
    TRANSPORT,
    MULTIPLICITY,
    BALANCE,
    KINDS,
    CRITICAL_STRATA,
    GLOBAL_MINIMA,
    MOVE_CURVATURE,
    DEGREES,
)

CLAIMS: dict[str, Claim] = {claim.name: claim for claim in _ALL}


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

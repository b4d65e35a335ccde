"""What a claim is: a statement that can be checked on one case, and the verdict on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from linnet_exact.strata import Stratum

__all__ = ["Claim", "Verdict"]


@dataclass(frozen=True)
class Verdict:
    """Whether a claim holds in one case, and the numbers that say so.

    Examples
    --------
    >>> Verdict.equal(formula=5, jacobian=5)
    Verdict(holds=True, evidence={'formula': 5, 'jacobian': 5})
    """

    holds: bool
    evidence: Mapping[str, Any]

    @classmethod
    def equal(cls, **numbers: object) -> "Verdict":
        """Return the verdict that holds if all the named values are equal."""
        values = list(numbers.values())
        return cls(all(value == values[0] for value in values), numbers)


@dataclass(frozen=True)
class Claim:
    """A statement about every stratum of every fiber, with a check of one case.

    Attributes
    ----------
    name : str
        As it is given to ``linnet-exact verify``.
    statement : str
        The statement in words.
    source : str
        The paper and the place in it.
    check : callable
        From a stratum and a seed to a `Verdict`. The check must not use the statement itself.
    """

    name: str
    statement: str
    source: str
    check: Callable[[Stratum, int], Verdict]

"""What a claim is: a statement that can be checked case by case, and the verdict on one case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from linnet_exact.claims.domain import STRATA, Domain
from linnet_exact.notebook import html_table

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


def _every(case: object) -> bool:
    return True


@dataclass(frozen=True, repr=False)
class Claim:
    """A statement about every case of a domain, with a check of one case.

    Attributes
    ----------
    name : str
        As it is given to ``linnet-exact verify``.
    statement : str
        The statement in words.
    source : str
        The paper and the place in it.
    check : callable
        From a case and a seed to a `Verdict`. The check must not use the statement itself.
    latex : str
        The statement as LaTeX.
    method : str
        How one case is checked, in words.
    domain : Domain
        What the cases are: strata, fibers, covering pairs, pairs of strata or pairs of points.
    applies : callable
        Whether a case is one that the check can afford; the others are left out, uncounted.
    """

    name: str
    statement: str
    source: str
    check: Callable[[Any, int], Verdict]
    latex: str = ""
    method: str = ""
    domain: Domain = STRATA
    applies: Callable[[Any], bool] = _every

    def __str__(self) -> str:
        return f"{self.name}: {self.statement} ({self.source})"

    def __repr__(self) -> str:
        return f"CLAIMS[{self.name!r}]"

    def _repr_html_(self) -> str:
        facts = [
            ("statement", self.statement),
            ("source", self.source),
            ("checked by", self.method),
        ]
        return html_table(f"claim {self.name}", [], [row for row in facts if row[1]])

    def _repr_latex_(self) -> str | None:
        return f"${self.latex}$" if self.latex else None

"""What every search for a counterexample reports."""

import json
from dataclasses import dataclass
from typing import Any

from linnet_exact.notebook import html_table
from linnet_exact.strata import Fiber

__all__ = ["Outcome"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How far a search went, and what it says in words and in JSON.

    Attributes
    ----------
    statement : str
        The expression, or the name of the function.
    over : str
        What the cases are: ``"fibers"``, ``"strata"``, ``"covers"``, ``"pairs"``, ``"weights"`` or
        ``"critical"``.
    checked : int
        How many cases were tried, the counterexample among them.
    violations : int
        In how many of them the statement does not hold; 1 at most unless all were counted.
    reached : Fiber or None
        The fiber in which the time was over; all fibers before it have been searched. None if the
        search went through the whole box, or up to the first violation, in time.
    counted : bool
        Whether the search went on after the first violation.
    seconds : float
    """

    statement: str
    over: str
    checked: int
    violations: int
    reached: Fiber | None
    counted: bool
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether the search went through the whole box, or up to the first violation, in time."""
        return self.reached is None

    @property
    def found(self) -> bool:
        """Whether there is a counterexample."""
        return self.violations > 0

    @property
    def cases(self) -> str:
        """What the cases are, in words."""
        return "critical points" if self.over == "critical" else self.over

    @property
    def note(self) -> str:
        """What the search says, in words."""
        time = ""
        if self.reached is not None:
            where = f"widths {self.reached.network} and rank {self.reached.rank}"
            time = f", when the time was over at {where}: not the whole box"
        if not self.found:
            return f"it held on {self.checked} {self.cases}{time}; this proves nothing beyond them"
        if self.counted:
            return f"{self.violations} of {self.checked} {self.cases} violate it{time}"
        return f"found after {self.checked} {self.cases}, smallest networks first"

    def counterexample_to_jsonable(self) -> dict[str, Any] | None:
        """Return the counterexample as JSON; None if there is none.

        Examples
        --------
        >>> from linnet_exact import refute
        >>> refute("dim >= 0", max_depth=1, max_width=1).counterexample_to_jsonable()
        """
        raise NotImplementedError

    def __str__(self) -> str:
        first = self.counterexample_to_jsonable()
        shown = (
            "" if first is None else f"\ncounterexample: {json.dumps(first, default=str)[:2000]}"
        )
        return f"{self.statement}: {'refuted' if self.found else 'not refuted'}; {self.note}{shown}"

    def _repr_html_(self) -> str:
        rows: list[tuple[str, object]] = [("over", self.over), ("result", self.note)]
        first = self.counterexample_to_jsonable() or {}
        rows += [(name, json.dumps(part, default=str)[:500]) for name, part in first.items()]
        verdict = "refuted" if self.found else "not refuted"
        return html_table(f"{verdict}: {self.statement}", [], rows)

    def to_jsonable(self) -> dict[str, Any]:
        """Return everything as JSON.

        Examples
        --------
        >>> from linnet_exact import refute
        >>> refute("dim >= 0", max_depth=1, max_width=1).to_jsonable()["found"]
        False
        """
        return {
            "statement": self.statement,
            "over": self.over,
            "found": self.found,
            "counterexample": self.counterexample_to_jsonable(),
            "checked": self.checked,
            "violations": self.violations,
            "complete": self.complete,
            "reached": None
            if self.reached is None
            else {"widths": list(self.reached.network.widths), "rank": self.reached.rank},
            "seconds": round(self.seconds, 3),
            "note": self.note,
        }

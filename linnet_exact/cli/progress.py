"""How far the work is: one line on stderr, after a second, if that is a terminal.

Every command has such a line with its name and the time; what is counted has a bar. It goes away
when the work is done, or before anything else is written to the terminal.
"""

from __future__ import annotations

import sys
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Shown

__all__ = ["DELAY", "Progress", "hide_progress", "progress"]

DELAY = 1.0
"""Seconds of work before anything is shown."""


class Progress:
    """A line on stderr, while it is entered; `update` moves it on.

    Attributes
    ----------
    label : str
        What is counted, or done.
    length : int, optional
        How many there are.
    pos : int
        How many are done.
    """

    def __init__(self, label: str, length: int | None = None) -> None:
        self.label, self.length, self.pos = label, length, 0
        self._shown: Shown | None = None
        self._timer: Timer | None = None

    def update(self, more: int) -> None:
        """Say that so many more are done."""
        self.pos += more
        if self._shown is not None:
            self._shown.update(
                self._shown.task_ids[0],
                completed=self.pos,
                total=self.length,
                description=self._description(),
            )

    def hide(self) -> None:
        """Take the line away, for good."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # it may be about to show the line
            self._timer = None
        if self._shown is not None:
            self._shown.stop()
            self._shown = None

    def __enter__(self) -> Progress:
        hide_progress()
        _entered.append(self)
        if sys.stderr.isatty():
            self._timer = Timer(DELAY, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hide()
        _entered.remove(self)

    def _show(self) -> None:
        # Here, because most work is done before.
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Shown
        from rich.table import Column

        from linnet_exact.cli.terminal import is_plain

        name = Column(no_wrap=True, overflow="ellipsis", ratio=3)
        columns = [
            SpinnerColumn("line"),
            TextColumn("{task.description}", markup=False, table_column=name),
            BarColumn(bar_width=None, table_column=Column(ratio=2)),
            TimeElapsedColumn(),
        ]
        shown = Shown(
            *columns,
            console=Console(file=sys.stderr, color_system=None if is_plain() else "auto"),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            refresh_per_second=5,
            expand=True,
        )
        shown.add_task(self._description(), total=self.length, completed=self.pos)
        self._shown = shown
        self.update(0)  # what was done since the line above
        shown.start()

    def _description(self) -> str:
        if self.length is not None:
            return f"{self.label} {self.pos:,} of {self.length:,}"
        return f"{self.label} {self.pos:,}" if self.pos else self.label


_entered: list[Progress] = []
"""Those whose work is being done, from the outside in."""


def progress(label: str, length: int | None = None) -> Progress:
    """Return the line for a piece of work, of so many steps if that is known.

    Use it as `with progress("strata", 27) as bar: ... bar.update(1)`. A line that was shown before
    goes away.

    Examples
    --------
    >>> with progress("strata", 2) as bar:
    ...     bar.update(1)
    ...     bar.pos
    1
    """
    return Progress(label, length)


def hide_progress() -> None:
    """Take away what is shown, because something else is written to the terminal."""
    for each in _entered:
        each.hide()

"""All matrices, heads and chains of a model: exact ranks beside floats, by several processes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from linnet_exact.arguments import as_integer, as_path
from linnet_exact.errors import FileError, LinnetError
from linnet_exact.files import input_record, open_tensors, read_weights
from linnet_exact.files.source import Source
from linnet_exact.models.plan import Plan, Task, plan_of
from linnet_exact.models.progress_file import ProgressFile
from linnet_exact.numeric.survey import product_ranks
from linnet_exact.workers import in_processes

if TYPE_CHECKING:
    import os


__all__ = ["COLUMNS", "Survey", "survey"]

COLUMNS = (
    *("kind", "name", "layer", "head", "factors", "shape", "exact", "float64", "float32"),
    *("distance", "distance_bounds", "agree", "note"),
)
"""The keys of every row."""


@dataclass(frozen=True)
class Survey:
    """What was found of a model.

    Attributes
    ----------
    rows : tuple of dict
        With the keys `COLUMNS`, in the order of the plan.
    plan : Plan
    """

    rows: tuple[dict[str, Any], ...]
    plan: Plan

    @property
    def agree(self) -> bool:
        """Whether every rank by SVD is the exact one."""
        return all(row["agree"] is not False for row in self.rows)

    def to_jsonable(self) -> dict[str, Any]:
        """Return what the command ``survey`` prints."""
        return {
            "rows": list(self.rows),
            "agree": self.agree,
            "left_out": list(self.plan.left_out),
        }


def survey(
    file: "str | os.PathLike[str]",
    plan: Plan | None = None,
    jobs: int = 1,
    progress_file: "str | os.PathLike[str] | None" = None,
    report: Callable[[int], None] = lambda count: None,
) -> Survey:
    """Return exact ranks beside floats for each task of a plan, by default of all that there are.

    Parameters
    ----------
    jobs : int
        The number of processes.
    progress_file : path, optional
        Where what is found is kept. If it is there already, only what it lacks is done.
    report : function, optional
        Called with the number of tasks that were done, whenever some were.

    Raises
    ------
    FileError
        If a file cannot be read or changes, or the progress file is of another survey.

    Examples
    --------
    >>> import tempfile, numpy as np
    >>> path = f"{tempfile.mkdtemp()}/model.npz"
    >>> np.savez(path, v=np.array([[1, 0], [0, 2.0**-30]]))
    >>> row = survey(path).rows[0]
    >>> row["name"], row["exact"], row["float32"], row["distance_bounds"]
    ('v', 2, 1, ['9.313225746E-10', '9.313225747E-10'])
    """
    path = as_path(file, "file")
    source = Source.of(path)
    plan = plan_of(open_tensors(source)) if plan is None else plan
    jobs = as_integer(jobs, "jobs", least=1)
    if progress_file is None:
        found: dict[str, list[dict[str, Any]]] = {}
        _run(source, plan, jobs, found, found.__setitem__, report)
    else:
        tasks = [[task.key, task.note] for task in plan.tasks]
        subject = {"input": input_record(source), "tasks": tasks}
        with ProgressFile(as_path(progress_file, "progress_file"), subject) as kept:
            found = kept.found
            if any(row.keys() != set(COLUMNS) for rows in found.values() for row in rows):
                raise FileError(f"{kept.path}: the rows in it are not those of a survey")
            _run(source, plan, jobs, found, kept.add, report)
    return Survey(tuple(row for task in plan.tasks for row in found[task.key]), plan)


def _run(
    source: Source,
    plan: Plan,
    jobs: int,
    found: dict[str, list[dict[str, Any]]],
    keep: Callable[[str, list[dict[str, Any]]], None],
    report: Callable[[int], None],
) -> None:
    left = [task for task in plan.tasks if task.key not in found]
    report(len(plan.tasks) - len(left))
    # What takes longest comes first, so that no process is left alone with it at the end.
    left.sort(key=lambda task: (-task.memory, task.key))
    for task, rows in in_processes(jobs)(partial(_rows_of, source), iter(left), lambda: False):
        source.require_unchanged()  # or rows of two models would stand side by side
        keep(task.key, rows)
        report(1)


def _rows_of(source: Source, task: Task) -> list[dict[str, Any]]:
    """Work on one task; what cannot be read is a row with a note."""
    if task.note:
        return [_row(task, {"note": task.note})]
    try:
        theta = read_weights(source, task.layers)
        found = product_ranks(theta, task.ends)
    except LinnetError as error:
        return [_row(task, {"note": str(error)})]
    return [_row(task, {**each.to_jsonable(), "note": ""}) for each in found]


def _row(task: Task, known: dict[str, Any]) -> dict[str, Any]:
    row = dict.fromkeys(COLUMNS) | {
        "kind": task.kind,
        "name": task.name,
        "layer": task.layer,
        "head": task.head,
        **known,
    }
    if task.kind == "chain" and row["factors"]:
        row["layer"] = (task.layer or 0) + row["factors"] // 2 - 1  # the last one, of the product
    return row

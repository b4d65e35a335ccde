"""Paths in JSON: everything that is needed to replay and check them."""

from pathlib import Path as FilePath
from typing import Any

from linnet_exact.algebra import Field, Matrix
from linnet_exact.errors import FileError, InputError
from linnet_exact.files.json_text import checked_header, read_json
from linnet_exact.files.json_weights import entry_to_jsonable, field_of_file, rows_to_jsonable
from linnet_exact.strata import Barcode, Interval
from linnet_exact.weights import Path, Weights
from linnet_exact.weights.moves.one_matrix import OneMatrixMove
from linnet_exact.weights.paths.steps import GroupStep, MoveStep, Step

__all__ = ["path_to_jsonable", "read_path"]


def path_to_jsonable(path: Path) -> dict[str, Any]:
    """Return the JSON object that the command ``path`` prints.

    In each step t runs from 0 to 1. A step of kind ``"shear"`` or ``"scale"`` is g(t)·θ with
    g_j(t) = F_j (1 + t (T_j − 1)) F_j^{-1}, where F_j is `frames[j]` and T_j, which is triangular,
    is `factors[j]`. One of kind ``"connect"`` or ``"swap"`` adds t · epsilon · column · row to
    W_layer. `shortest` says whether it is proved that no path passes fewer edges of the stratum
    DAG.

    Examples
    --------
    >>> from linnet_exact.weights import path
    >>> found = path_to_jsonable(path(Weights([[[1]], [[0]]]), Weights([[[0]], [[1]]])))
    >>> found["moves"][0]
    {'move': 'connect', 'direction': 'down', 'bars': ['0-0', '1-1']}
    >>> found["barcodes"][1], found["steps"][0]["column"], found["steps"][0]["epsilon"]
    ({'0-0': 1, '1-1': 1, '2-2': 1}, [[1]], -1)
    """
    return {
        "format": "linnet-exact/path",
        "version": 1,
        "field": path.start.field.to_jsonable(),
        **_walk_to_jsonable(path),
        "shortest": path.shortest,
        "separated_by": path.separated_by,
        "start": [rows_to_jsonable(matrix) for matrix in path.start.matrices],
        "steps": [_step_to_jsonable(step) for step in path.steps],
        "end": [rows_to_jsonable(matrix) for matrix in path.end.matrices],
    }


def read_path(file: FilePath) -> Path:
    """Read a path file. What it claims is not checked here, but by `Path.check`.

    Raises
    ------
    FileError
        If the file holds no path; the message says what is wrong and in which step.

    Examples
    --------
    >>> import json, tempfile
    >>> from linnet_exact.weights import path
    >>> theta = Weights([[[1]], [[0]]])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = FilePath(folder, "path.json")
    ...     _ = file.write_text(json.dumps(path_to_jsonable(path(theta, theta))))
    ...     read_path(file).steps
    ()
    """
    value = checked_header(file, read_json(file), "path")
    field = field_of_file(file, value)
    steps: list[Step] = []
    where = "start"
    try:
        here = start = Weights(_list(value, "start"), field)
        for number, step in enumerate(_list(value, "steps"), start=1):
            where = f"step {number}"
            steps.append(_step(step, here, field))
            here = steps[-1].end
        where = "end"
        end = Weights(_list(value, "end"), field)
    except InputError as error:
        raise FileError(f"{file}: {where}: {error}") from None
    path = Path(start, end, tuple(steps))
    for key, found in _walk_to_jsonable(path).items():
        if value.get(key) != found:
            raise FileError(f'{file}: "{key}" is not what the steps say')
    return path


def _walk_to_jsonable(path: Path) -> dict[str, Any]:
    """Return the edges of the stratum DAG that the path takes, and the strata that it passes."""
    return {
        "moves": [_edge_to_jsonable(step) for step in path.steps if isinstance(step, MoveStep)],
        "barcodes": [barcode.to_jsonable() for barcode in path.barcodes],
    }


def _edge_to_jsonable(step: MoveStep) -> dict[str, Any]:
    """Return an edge of the stratum DAG as the command ``dag`` names it, and the direction."""
    return {
        "move": step.kind,
        "direction": "up" if step.up else "down",
        "bars": [str(step.move.source), str(step.move.target)],
    }


def _step_to_jsonable(step: Step) -> dict[str, Any]:
    if isinstance(step, GroupStep):
        return {
            "kind": step.kind,
            "frames": [rows_to_jsonable(frame) for frame in step.frames],
            "factors": [rows_to_jsonable(factor) for factor in step.factors],
        }
    move = step.move
    return {
        "kind": step.kind,
        "direction": "up" if step.up else "down",
        "layer": move.layer,
        "bars": [str(move.source), str(move.target)],
        "column": rows_to_jsonable(move.column),
        "epsilon": entry_to_jsonable(step.start.field.format(move.epsilon)),
        "row": rows_to_jsonable(move.row),
        "before": move.before.to_jsonable(),
        "after": move.after.to_jsonable(),
    }


def _step(value: Any, start: Weights, field: Field) -> Step:
    if not isinstance(value, dict):
        raise InputError("expected an object")
    if value.get("kind") in ("shear", "scale"):
        frames, factors = (
            tuple(Matrix(rows, field) for rows in _list(value, key, start.depth + 1))
            for key in ("frames", "factors")
        )
        return GroupStep(start, frames, factors)
    layer = value.get("layer")
    if not isinstance(layer, int) or not 1 <= layer <= start.depth:
        raise InputError(f'"layer" must be an integer from 1 to {start.depth}')
    source, target = (Interval.parse(str(bar)) for bar in _list(value, "bars", 2))
    move = OneMatrixMove(
        layer=layer,
        source=source,
        target=target,
        column=Matrix(_list(value, "column"), field),
        row=Matrix(_list(value, "row"), field),
        epsilon=field(value.get("epsilon")),
        before=Barcode.from_jsonable(value.get("before")),
        after=Barcode.from_jsonable(value.get("after")),
    )
    return MoveStep(start, move)


def _list(value: dict[str, Any], key: str, length: int | None = None) -> list[Any]:
    found = value.get(key)
    if not isinstance(found, list) or length not in (None, len(found)):
        raise InputError(f'"{key}" must be a list' + (f" of {length}" if length else ""))
    return found

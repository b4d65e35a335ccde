"""Paths in JSON, written: everything that is needed to replay and check them."""

from typing import Any

from linnet_exact.files.json_weights import entry_to_jsonable, rows_to_jsonable
from linnet_exact.weights import Path
from linnet_exact.weights.paths.steps import GroupStep, MoveStep, Step

__all__ = ["FORMAT", "VERSION", "path_to_jsonable"]

FORMAT = "linnet-exact/path"
VERSION = 3
"""Since 2 a file says whether no path passes fewer edges of the stratum DAG; since 3, how long the
numbers of the points are, and factors need not be triangular if they are dominant."""


def path_to_jsonable(path: Path) -> dict[str, Any]:
    """Return the JSON object that the command ``path`` prints.

    In each step t runs from 0 to 1. A step of kind ``"shear"`` or ``"scale"`` is g(t)·θ with
    g_j(t) = F_j (1 + t (T_j − 1)) F_j^{-1}, where F_j is `frames[j]` and T_j is `factors[j]`,
    triangular, or over Q strictly diagonally dominant. One of kind ``"connect"`` or ``"swap"`` adds
    t · epsilon · column · row to W_layer. `shortest` says whether it is proved that no path passes
    fewer edges of the stratum DAG; `bits` are, for each point between steps, the ends included,
    those of its longest numerator or denominator.

    Examples
    --------
    >>> from linnet_exact.weights import Weights, path
    >>> found = path_to_jsonable(path(Weights([[[1]], [[0]]]), Weights([[[0]], [[1]]])))
    >>> found["moves"][0]
    {'move': 'connect', 'direction': 'down', 'bars': ['0-0', '1-1']}
    >>> found["barcodes"][1], found["steps"][0]["column"], found["steps"][0]["epsilon"]
    ({'0-0': 1, '1-1': 1, '2-2': 1}, [[1]], -1)
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "field": path.start.field.to_jsonable(),
        **_walk_to_jsonable(path),
        "shortest": path.shortest,
        "separated_by": path.separated_by,
        "bits": path.bits,
        "start": [rows_to_jsonable(matrix) for matrix in path.start.matrices],
        "steps": [_step_to_jsonable(step) for step in path.steps],
        "end": [rows_to_jsonable(matrix) for matrix in path.end.matrices],
    }


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

"""What the options of `linnet-exact move` ask for."""

from dataclasses import dataclass
from typing import Any

import click

from linnet_exact.algebra import Field, Matrix
from linnet_exact.files.json_weights import entry_to_jsonable, rows_to_jsonable
from linnet_exact.strata import Interval, Move
from linnet_exact.strata.order.barcode_moves import layers_of
from linnet_exact.weights import Flow, OneMatrixMove, TwoMatrixMove, Weights
from linnet_exact.weights.moves.infinitesimal import (
    TangentMove,
    one_matrix_direction,
    two_matrix_direction,
)
from linnet_exact.weights.moves.vectors import falling_move, move_along, unit_vector

__all__ = ["Request", "infinitesimal_move", "move_row", "requested_move"]


@dataclass(frozen=True)
class Request:
    """The options of the command, as they were given; None where they were not.

    Examples
    --------
    >>> Request(target="0-0,1-1").is_walk
    True
    """

    layer: int | None = None
    source: str | None = None
    target: str | None = None
    eps: str | None = None
    strand: int | None = None
    to_strand: int | None = None
    vector: str | None = None
    covector: str | None = None
    two_matrix: bool = False
    down: bool = False
    infinitesimal: bool = False

    def __post_init__(self) -> None:
        if self.target is None:
            _refuse("give --to BARCODE, or --layer, --from and --to BAR")
        if self.is_walk:
            others = {**vars(self), "target": None}.values()
            if any(value is not None and value is not False for value in others):
                _refuse("without --from, --to BARCODE stands alone")
            return
        if self.layer is None and not self.down:
            _refuse("give --layer: which matrix")
        if self.down and (self.two_matrix or self.infinitesimal or self.eps is not None):
            _refuse("--down goes without --eps, --two-matrix and --infinitesimal")
        if self.infinitesimal and self.eps is not None:
            _refuse("a tangent vector has no --eps")
        if self.strand is not None and self.covector is not None:
            _refuse("give --strand or --covector, not both")
        if self.to_strand is not None and self.vector is not None and not self.down:
            _refuse("give --to-strand or --vector, not both")

    @property
    def is_walk(self) -> bool:
        """Whether it is a walk to a stratum."""
        return self.source is None and self.layer is None

    @property
    def bars(self) -> tuple[Interval, Interval]:
        """The bars of --from and --to."""
        if self.source is None:
            _refuse("give --from: which bar")
        return Interval.parse(self.source or ""), Interval.parse(self.target or "")


def requested_move(flow: Flow, asked: Request) -> OneMatrixMove | TwoMatrixMove:
    """Return the move that is asked for.

    Raises
    ------
    InputError
        If there is no such move.
    """
    source, target = asked.bars
    epsilon = "1" if asked.eps is None else asked.eps
    if asked.down:
        return _falling(flow, asked, Move(source, target))
    layer = asked.layer or 0
    if asked.two_matrix:
        TwoMatrixMove.between(flow, layer, source, target, 0)  # refuses what is not there
        u, v = _vectors(flow, asked, layer, layer)
        columns, rows = (flow.column_range(bar, layer) for bar in (target, source))
        for name, given, there in (("--vector", u, columns), ("--covector", v, rows)):
            if len(given) != len(there):
                _refuse(f"{name} needs {len(there)} coefficients, not {len(given)}")
        direction = flow.bases[layer][:, columns] @ _column(flow, u) @ _column(flow, v).T
        direction @= flow.inverses[layer][rows, :]
        return TwoMatrixMove(layer, direction, flow.weights.field(epsilon), flow.barcode)
    if not 1 <= layer <= flow.weights.depth:
        return OneMatrixMove.between(flow, layer, source, target)  # says which layers there are
    u, v = _vectors(flow, asked, layer, layer - 1)
    return move_along(flow, layer, source, target, u, v, epsilon)


def infinitesimal_move(theta: Weights, asked: Request, form: str) -> dict[str, Any]:
    """Return the tangent vector that is asked for, checked, as it is printed."""
    flow = theta.flow()
    found: TangentMove
    chosen = requested_move(flow, asked) if asked.two_matrix else None
    if isinstance(chosen, TwoMatrixMove):
        found = two_matrix_direction(chosen, theta)
    else:
        source, target = asked.bars
        layer = asked.layer or 0
        if not 1 <= layer <= theta.depth:
            OneMatrixMove.between(flow, layer, source, target)  # says which layers there are
        found = one_matrix_direction(
            flow, layer, source, target, *_vectors(flow, asked, layer, layer - 1)
        )
    found.check()
    value: dict[str, Any] = {"format": "linnet-exact/tangent-vector", "version": 1}
    value["field"] = theta.field.to_jsonable()
    value["vector"] = [rows_to_jsonable(matrix) for matrix in found.vector]
    told = {
        "kind": "two-matrix" if asked.two_matrix else "one-matrix",
        "tangent_to_fiber": True,
        "tangent_to_stratum": found.tangent,
    }
    if form == "table":
        named = {f"X_{j}": rows for j, rows in enumerate(value["vector"], start=1)}
        return {**told, "barcode": theta.barcode, **named}
    name = "H" if found.tangent else "N"
    return {**value, **told, name: [rows_to_jsonable(matrix) for matrix in found.witness]}


def move_row(made: OneMatrixMove | TwoMatrixMove, field: Field) -> dict[str, Any]:
    """Return what is told about a move: its kind, direction, matrices, bars and step."""
    if isinstance(made, TwoMatrixMove):
        kind, direction, layers, bars = "two-matrix", "stay", [made.layer, made.layer + 1], None
    else:
        kind = "one-matrix" if made.kind == "stay" else made.kind
        direction = "stay" if made.kind == "stay" else "up" if made.rises else "down"
        layers, bars = [made.layer], [str(made.source), str(made.target)]
    return {
        "move": kind,
        "direction": direction,
        "matrices": layers,
        "bars": bars,
        "epsilon": entry_to_jsonable(field.format(made.epsilon)),
        "to": str(made.after),
    }


def _falling(flow: Flow, asked: Request, move: Move) -> OneMatrixMove:
    long = move.made[0]
    layer = layers_of(move)[0] if asked.layer is None and layers_of(move) else asked.layer
    u = None if asked.vector is None else asked.vector.split(",")
    v = None if asked.covector is None else asked.covector.split(",")
    if asked.strand is not None:
        if u is not None:
            _refuse("give --strand, or --vector and --covector")
        unit = unit_vector(flow, long, long.start, asked.strand)
        return falling_move(flow, move, layer, unit, unit, asked.to_strand or 0)
    if (u is None) != (v is None):
        _refuse("with --down, --vector and --covector go together")
    return falling_move(flow, move, layer, u, v, asked.to_strand or 0)


def _vectors(flow: Flow, asked: Request, at: int, before: int) -> tuple[list[Any], list[Any]]:
    """Return the coefficients of u at a layer and of v at the same or the one before."""
    source, target = asked.bars
    v: list[Any] = (
        unit_vector(flow, source, before, asked.strand or 0)
        if asked.covector is None
        else asked.covector.split(",")
    )
    u: list[Any] = (
        unit_vector(flow, target, at, asked.to_strand or 0)
        if asked.vector is None
        else asked.vector.split(",")
    )
    return u, v


def _column(flow: Flow, numbers: list[Any]) -> Matrix:
    field = flow.weights.field
    return Matrix([[field(number)] for number in numbers], field)


def _refuse(why: str) -> None:
    raise click.UsageError(why, click.get_current_context(silent=True))

"""Path files, read and checked again: everything that they say of their steps is looked at."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from linnet_exact.algebra import Field, Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.fields.ways_past_zero import has_signs
from linnet_exact.errors import CertificateError, FileError, InputError
from linnet_exact.files.certificates.document import (
    bar,
    counts,
    items,
    members,
    natural,
    one_of,
    text,
)
from linnet_exact.files.certificates.entries import NamedField, field_of, matrix, scalar, weights_of
from linnet_exact.files.certificates.kind import Kind, require
from linnet_exact.files.json_path import FORMAT, VERSION
from linnet_exact.files.json_text import read_json
from linnet_exact.files.source import AnyFile, Source
from linnet_exact.strata import Barcode, Interval, Move
from linnet_exact.strata.order.moves import apply_move
from linnet_exact.weights import Path, Weights
from linnet_exact.weights.moves.one_matrix import OneMatrixMove
from linnet_exact.weights.paths.steps import GroupStep, MoveStep, Step

__all__ = ["PATH", "read_path"]

_KEYS = ("format", "version", "field", "moves", "barcodes", "separated_by", "start", "steps", "end")

Counts: TypeAlias = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Edge:
    """An edge of the stratum DAG, and the direction in which it is gone."""

    kind: str
    direction: str
    bars: list[tuple[int, int]]


@dataclass(frozen=True)
class MoveClaim:
    """A connecting or swapping move, or the reverse of one."""

    edge: Edge
    layer: int
    column: Matrix
    epsilon: Scalar
    row: Matrix
    before: Counts
    after: Counts


@dataclass(frozen=True)
class GroupClaim:
    """A family of changes of basis."""

    kind: str
    frames: list[Matrix]
    factors: list[Matrix]


@dataclass(frozen=True)
class PathClaim:
    """What a path file says."""

    field: Field
    start: list[Matrix]
    steps: list[MoveClaim | GroupClaim]
    end: list[Matrix]
    moves: list[Edge]
    barcodes: list[Counts]
    separated_by: list[str]
    shortest: bool
    bits: list[int] | None


def read_path(file: AnyFile) -> Path:
    """Read a path file and check it.

    Raises
    ------
    FileError
        If the file cannot be read or holds no path; the message says where.
    CertificateError
        If the path is not what the file says of it.

    Examples
    --------
    >>> import json, pathlib, tempfile
    >>> from linnet_exact.files.json_path import path_to_jsonable
    >>> from linnet_exact.weights import path
    >>> theta = Weights([[[1]], [[0]]])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "path.json")
    ...     _ = file.write_text(json.dumps(path_to_jsonable(path(theta, theta))))
    ...     read_path(file).steps
    ()
    """
    source = Source.of(file)
    value = read_json(source, one_spelling=True)
    try:
        claim = _read(value)
    except InputError as error:
        raise FileError(f"{source.path}: {error}") from None
    try:
        return _checked(claim)
    except InputError as error:
        raise CertificateError(str(error)) from None


def _read(value: Any) -> PathClaim:
    version = value.get("version") if isinstance(value, dict) else None
    if type(version) is not int or not 1 <= version <= VERSION:
        raise InputError(f'"version" must be 1, 2 or {VERSION}, not {str(version)[:40]!r}')
    since = {"shortest": 2, "bits": 3}
    keys = members(value, "the path", (*_KEYS, *(key for key in since if version >= since[key])))
    one_of(keys["format"], "format", [FORMAT])
    shortest = keys.get("shortest", False)
    if not isinstance(shortest, bool):
        raise InputError("shortest must be true or false")
    named = field_of(keys["field"])
    return PathClaim(
        field=named.field,
        start=weights_of(keys["start"], "start", named),
        steps=items(keys["steps"], "steps", lambda step, at: _read_step(step, at, named)),
        end=weights_of(keys["end"], "end", named),
        moves=items(keys["moves"], "moves", _read_edge),
        barcodes=items(keys["barcodes"], "barcodes", counts),
        separated_by=items(keys["separated_by"], "separated_by", text),
        shortest=shortest,
        bits=items(keys["bits"], "bits", natural) if version > 2 else None,
    )


def _read_edge(value: Any, place: str, kind: str = "move") -> Edge:
    if kind == "move":
        members(value, place, [kind, "direction", "bars"])
    bars = items(value["bars"], f"{place} bars", bar)
    if len(bars) != 2:
        raise InputError(f"{place} bars must be two")
    return Edge(
        one_of(value[kind], f"{place} {kind}", ["connect", "swap"]),
        one_of(value["direction"], f"{place} direction", ["up", "down"]),
        bars,
    )


def _read_step(value: Any, place: str, named: NamedField) -> MoveClaim | GroupClaim:
    if isinstance(value, dict) and value.get("kind") in ("shear", "scale"):
        members(value, place, ["kind", "frames", "factors"])
        frames, factors = (
            weights_of(value[key], f"{place} {key}", named) for key in ("frames", "factors")
        )
        return GroupClaim(value["kind"], frames, factors)
    where = ["kind", "direction", "layer", "bars"]
    members(value, place, [*where, "column", "epsilon", "row", "before", "after"])
    return MoveClaim(
        edge=_read_edge(value, place, "kind"),
        layer=natural(value["layer"], f"{place} layer"),
        column=matrix(value["column"], f"{place} column", named),
        epsilon=scalar(value["epsilon"], f"{place} epsilon", named),
        row=matrix(value["row"], f"{place} row", named),
        before=counts(value["before"], f"{place} before"),
        after=counts(value["after"], f"{place} after"),
    )


def _checked(claim: PathClaim) -> Path:
    """Return the path after replaying it and comparing it with all that is said of it."""
    has_signs(claim.field)  # of several real embeddings one must be chosen
    here = start = Weights(claim.start, claim.field)
    end = Weights(claim.end, claim.field)
    require(start.network == end.network, "the ends have different widths")
    steps: list[Step] = []
    for number, said in enumerate(claim.steps, start=1):
        try:
            step = _step(said, here)
            steps.append(step)
            here = step.end
        except (InputError, CertificateError) as error:
            raise CertificateError(f"step {number}: {error}") from None
    path = Path(start, end, tuple(steps), claim.shortest)
    path.check()
    edges = [said.edge for said in claim.steps if isinstance(said, MoveClaim)]
    require(claim.moves == edges, '"moves" is not what the steps say')
    passed = [dict(barcode) for barcode in path.barcodes]
    require(claim.barcodes == passed, '"barcodes" is not what the steps say')
    require(claim.separated_by == path.separated_by, '"separated_by" is not what the ends say')
    require(claim.bits in (None, path.bits), '"bits" is not what the points have')
    return path


def _step(said: MoveClaim | GroupClaim, here: Weights) -> Step:
    if isinstance(said, GroupClaim):
        shapes = [(width, width) for width in here.network.widths]
        for parts, name in ((said.frames, "frames"), (said.factors, "factors")):
            require([part.shape for part in parts] == shapes, f"the {name} have other sizes")
        group = GroupStep(here, tuple(said.frames), tuple(said.factors))
        require(group.kind == said.kind, f"the step is of kind {group.kind}")
        return group
    source, target = (Interval(*pair) for pair in said.edge.bars)
    widths = here.network.widths
    require(1 <= said.layer <= here.depth, f"there is no layer {said.layer}")
    shapes = [(widths[said.layer], 1), (1, widths[said.layer - 1])]
    require([said.column.shape, said.row.shape] == shapes, "the column or the row does not fit")
    require(bool(said.epsilon), "epsilon is 0")
    before, after = Barcode(said.before), Barcode(said.after)
    require((dict(before), dict(after)) == (said.before, said.after), "a bar occurs 0 times")
    low, high = (before, after) if said.edge.direction == "up" else (after, before)
    move = Move(source, target)
    require(apply_move(low, move) == high, f"{move} does not lead from {low} to {high}")
    require(move.kind == said.edge.kind, f"the step is of kind {move.kind}")
    return MoveStep(
        here,
        OneMatrixMove(
            layer=said.layer,
            source=source,
            target=target,
            column=said.column,
            row=said.row,
            epsilon=said.epsilon,
            before=before,
            after=after,
        ),
    )


def _check(claim: PathClaim) -> list[str]:
    path = _checked(claim)
    return [
        f"a path of {len(path.steps)} steps in one fiber",
        f"barcodes on the way {'; '.join(map(str, path.barcodes))}",
    ]


PATH = Kind((1, 2, 3), _read, _check)
"""Path files; their format is not that of certificates."""

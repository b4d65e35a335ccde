"""Arguments of wrong types: every callable of the face refuses them by name, and nothing else."""

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import linnet_exact
from linnet_exact import Barcode, LinnetError, Network, Weights

THETA = Weights([[[1, 0], [0, 0]], [[0, 1]]])
BARCODE = Barcode("0-0,0-2,1-1:2,2-2")
DATA = linnet_exact.Data.from_target([[2, 0], [0, 1]])
SMALL = {"max_depth": 1, "max_width": 1}

WRONG: list[Any] = [
    "?", "", None, [], [None], ["x"], [[]], {}, {"x": 1}, object(), 1.5, float("nan"), -1, True,
    b"0-1", np.array(["x"]), np.zeros((2, 2, 2)), np.array(None), int, lambda: 1, {1}, 10**400,
]  # fmt: skip

FUNCTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "canonical_weights": ((), {"barcode": BARCODE, "field": "QQ"}),
    "check_certificate": ((), {"certificate": {}}),
    "critical_point": (
        (),
        {"barcode": BARCODE, "data": DATA, "selected": [1], "seed": 0, "pairs": "any"},
    ),
    "criticality": ((), {"theta": THETA.transpose()[:1], "data": [[1], [2]]}),
    "crosscheck": ((), {"theta": THETA, "rtol": 0.1, "spectra": True, "cores": False}),
    "decompose": ((), {"theta": THETA}),
    "degeneration": ((), {"lower": "0-0,1-1,2-2", "upper": "0-1,2-2", "field": "QQ"}),
    "diagram": ((), {"barcode": BARCODE}),
    "eigenvalues": ((), {"matrix": [[1]]}),
    "gradient": ((), {"theta": THETA, "data": [[1, 2]]}),
    "hessian": ((), {"theta": THETA, "data": [[1, 2]]}),
    "inertia": ((), {"matrix": [[1]]}),
    "loss": ((), {"theta": THETA, "data": [[1, 2]]}),
    "path": ((), {"start": THETA, "end": THETA}),
    "prove": ((), {"depth": 1}),
    "read_data": ((), {"file": "/nowhere", "network": "2,3,2", "samples_in_rows": False}),
    "read_matrix": ((), {"file": "/nowhere"}),
    "read_target": ((), {"file": "/nowhere", "network": "2,3,2"}),
    "read_weights": ((), {"file": "/nowhere", "layers": ["w"]}),
    "refute": (
        (),
        SMALL
        | {"statement": "dim >= 0", "over": "strata", "max_weight_dimension": 1, "rank": 0}
        | {"max_seconds": 1.0, "count": False, "jobs": 1},
    ),
    "refute_weights": (
        (),
        SMALL
        | {"statement": "r(k, i) >= 0", "max_weight_dimension": 1, "rank": 0, "seed": 0}
        | {"max_seconds": 1.0, "count": False},
    ),
    "sample": (
        (),
        {"barcode": BARCODE, "seed": 0, "height": 9, "field": "QQ", "sparse": False}
        | {"target": [[0, 0], [0, 1]]},
    ),
    "snap": ((), {"theta": THETA, "tolerance": 0.1, "barcode": "0-0:2,1-1:2,2-2", "height": 9}),
    "tangent_basis": ((), {"theta": THETA, "space": "stratum"}),
    "verify": (
        (),
        {"claims": "dimension", "networks": "1,1", "seed": 0, "jobs": 1, "rank": 0, "draw": False},
    ),
    "write_weights": ((), {"theta": THETA, "path": "/nowhere/theta.json", "rounded": False}),
}

FIBER = Network(1, 1, 1).fiber()
METHODS: list[tuple[Any, str, dict[str, Any]]] = [
    (Network, "parse", {"text": "2,3"}),
    (Network(2, 3), "fiber", {"rank": 1}),
    (linnet_exact.Interval, "parse", {"text": "0-2"}),
    (linnet_exact.Interval, "of", {"value": "0-2"}),
    (Barcode, "parse", {"text": "0-1"}),
    (Barcode, "of", {"value": "0-1"}),
    (Barcode, "from_jsonable", {"value": {"0-1": 1}}),
    (BARCODE, "omega", {"k": 1, "i": 1}),
    (BARCODE.rank_list, "r", {"k": 1, "i": 1}),
    (linnet_exact.RankList, "from_triangle", {"rows": [[1], [1, 1]]}),
    (linnet_exact.RankList, "from_jsonable", {"value": {"0~0": 1, "1~0": 0, "1~1": 1}}),
    (FIBER.dag(), "node", {"stratum": "0-1,2-2"}),
    (BARCODE.stratum, "points", {"q": 2}),
    (BARCODE.stratum, "sample", {"seed": 0, "height": 9}),
    (FIBER, "points", {"q": 2}),
    (FIBER.strata(), "__getitem__", {"index": 0}),
    (THETA, "product", {"k": 1, "i": 0}),
    (THETA, "__getitem__", {"index": 0}),
    (THETA, "to_numpy", {"dtype": float}),
    (THETA, "apply", {"move": None}),
    (THETA, "tangent_basis", {"space": "orbit"}),
    (FIBER, "strata", {"list_limit": 9}),
    (FIBER, "dag", {"list_limit": 9}),
    (FIBER, "components", {"list_limit": 9}),
    (FIBER, "component_dimensions", {"list_limit": 9}),
    (FIBER, "has_more_strata_than", {"limit": 9}),
    (THETA, "normal_basis", {"space": "orbit"}),
    (THETA, "crosscheck", {"rtol": 0.1}),
    (THETA, "snap", {"tolerance": 0.1, "barcode": "0-0:2,1-1:2,2-2", "height": 9}),
    (THETA, "save", {"path": "/nowhere/theta.json", "rounded": False}),
    (Weights, "load", {"path": "/nowhere", "layers": ["w"]}),
    (Weights, "from_state_dict", {"mapping": {"w": [[1]]}, "pattern": "w"}),
    (Weights, "of", {"value": THETA}),
    (linnet_exact.Data, "from_target", {"target": [[1]]}),
    (linnet_exact.Data, "from_samples", {"inputs": [[1]], "outputs": [[1]]}),
]
CLASSES: list[tuple[Any, dict[str, Any]]] = [
    (Weights, {"matrices": [[[1]]], "field": "QQ"}),
    (Barcode, {"bars": "0-1"}),
    (linnet_exact.RankList, {"ranks": [[1], [1, 1]]}),
    (linnet_exact.Fiber, {"network": "2,3", "rank": 1}),
    (linnet_exact.Stratum, {"fiber": BARCODE.fiber, "barcode": BARCODE}),
]


def test_every_function_is_tried() -> None:
    offered = {
        name for name in linnet_exact.__all__ if inspect.isfunction(getattr(linnet_exact, name))
    }
    assert offered == set(FUNCTIONS)


def calls() -> Iterator[Any]:
    for name, (_, good) in FUNCTIONS.items():
        yield pytest.param(getattr(linnet_exact, name), good, id=name)
    for owner, name, good in METHODS:
        kind = owner if isinstance(owner, type) else type(owner)
        yield pytest.param(getattr(owner, name), good, id=f"{kind.__name__}.{name}")
    for kind, good in CLASSES:
        yield pytest.param(kind, good, id=kind.__name__)


@pytest.mark.parametrize(("function", "good"), list(calls()))
def test_wrong_types_are_refused_by_name(function: Any, good: dict[str, Any]) -> None:
    faults = []
    for name in good:
        for wrong in WRONG:
            if name == "statement" and callable(wrong):
                continue  # a statement of one case, whose own errors are its own
            arguments = good | {name: wrong}
            try:
                found = (
                    function(*arguments.values()) if _is_slot(function) else function(**arguments)
                )
                if inspect.isgenerator(found) or name in ("claims", "networks"):
                    list(found)
            except LinnetError as error:
                if not str(error) or "\n" in str(error) or not _says_what_is_wrong(error, name):
                    faults.append(f"{name}={wrong!r:.40}: {error!r}")
            except Exception as error:
                faults.append(f"{name}={wrong!r:.40}: {type(error).__name__}: {error}")
    assert not faults, "\n".join(faults)


# What messages call an argument that stands for one of several values, or is read in steps.
_CALLED = {"value": ("bar", "theta"), "ranks": ("rows",)}


def _says_what_is_wrong(error: LinnetError, name: str) -> bool:
    """Return whether the message on a wrong type names the argument, and the forms accepted."""
    if not isinstance(error, linnet_exact.WrongTypeError):
        return True
    known = (name, name.removesuffix("s"), *_CALLED.get(name, ()))
    return any(each in str(error) for each in known) and " must " in str(error)


def _is_slot(function: Any) -> bool:
    return getattr(function, "__name__", "") == "__getitem__"


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: f"{type(value).__name__}")
def test_networks_of_wrong_types(wrong: Any) -> None:
    with pytest.raises(LinnetError):
        Network(wrong)
    with pytest.raises(LinnetError):
        Network(2, wrong, 2) if wrong is not True else Network(2, True)

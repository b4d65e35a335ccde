"""Every small change of a certificate: both checkers say the same of it, and what they accept is
true by another computation.
"""

import json
import random
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linnet_exact.algebra import QQ, Matrix, NumberField, field_from_jsonable
from linnet_exact.files import Source
from linnet_exact.files.certificates.path import read_path
from linnet_exact.landscape import Data, criticality
from linnet_exact.weights import Weights
from tests.files.certificates.both import GOLDEN, verdict
from tests.files.certificates.modulo import rank_list_modulo
from tests.files.certificates.mutations import mutations

SMALL = [
    "rank-list-zero", "rank-list-fractions", "rank-list-2-layers", "rank-list-degree-one",
    "rank-list-not-integral", "rank-list-underscores", "snapped-2-field", "dimension-theorem-1",
    "path-square-root", "path-down-and-up", "path-2-down-and-up", "path-3-dominant",
    "transport-points", "transport-fibers", "path-imaginary", "critical-1-origin",
    "critical-1-bottleneck", "critical-2-flat-origin", "critical-2-not-critical",
    "critical-3-flat-origin", "critical-3-not-critical", "critical-3-origin",
    "probable-2-fractions",
]  # fmt: skip
SAMPLED = [
    "rank-list-wide", "rank-list-four-layers", "rank-list-imaginary", "rank-list-large-numbers",
    "critical-2-non-strict", "dimension-theorem-2",
]  # fmt: skip
SLOW = [
    "probable-2-square-roots", "rank-list-two-square-roots", "path-fractions",
    "critical-3-wrong-eigenvector", "critical-3-non-strict", "critical-3-bottleneck",
]  # fmt: skip
EACH, EACH_SLOW = 300, 100
"""Changes of one document; all of them when exhaustive."""


@pytest.mark.parametrize("name", SMALL + SAMPLED + SLOW)
def test_every_change(name: str, request: pytest.FixtureRequest) -> None:
    document = json.loads((GOLDEN / f"{name}.json").read_text())
    changes = list(mutations(document))
    most = EACH_SLOW if name in SLOW else EACH
    if not request.config.getoption("--exhaustive") and len(changes) > most:
        changes = random.Random(name).sample(changes, most)
    accepted = 0
    for place, change in changes:
        if place[:1] in [("separated_by",), ("shortest",)]:
            continue  # the stand-alone checker says that it does not check them
        forged = change()
        if verdict(forged) == 0:
            accepted += 1
            require_truth(json.loads(forged))
    assert accepted < len(changes) / 4


def require_truth(document: dict[str, Any]) -> None:
    kind = document.get("kind", "path")
    if kind in ("rank-list", "snapped-weights", "probable-rank-list"):
        assert document["rank_list"] == rank_list_modulo(document["field"], document["weights"])
    if kind == "snapped-weights":
        for W, V, d in zip(
            document["weights"], document["original"], document["squared_distances"], strict=True
        ):
            require_distance(W, V, d, document["field"])
    if kind == "critical":
        require_kind(document)
    if kind == "path":
        require_path(document)
    if kind == "transport":
        require_transport(document)
    assert kind != "dimension-theorem", "a proof can be written in one way only"


def require_kind(document: dict[str, Any]) -> None:
    described = document["field"]
    field = QQ if described == "QQ" else field_from_jsonable({**described, "generator": "a"})
    text = json.dumps([document[key] for key in ("weights", "sigma", "gamma", "energy", "loss")])
    name = "a" if described == "QQ" else described["generator"]
    weights, sigma, gamma, energy, loss = json.loads(text.replace(name, "a"))
    theta = Weights([Matrix(rows, field) for rows in weights], field)
    data = Data.from_moments(Matrix(sigma, field), Matrix(gamma, field), field(energy))
    found = criticality(theta, data)
    assert field(loss) == found.loss
    assert document["point"] in (found.kind, found.proved)


def require_distance(W: list, V: list, distance: Any, field: Any) -> None:
    known = {"generator": "a", "near": field.get("near")} if field != "QQ" else {}
    K = NumberField(field["minimal_polynomial"], near=known["near"]) if known else QQ
    pairs = [(K(x), K(y)) for w, v in zip(W, V, strict=True) for x, y in zip(w, v, strict=True)]
    assert sum(((x - y) * (x - y) for x, y in pairs), K(0)) == K(distance)


def require_transport(document: dict[str, Any]) -> None:
    """By matrices of NumPy that hold exact numbers."""
    field = field_from_jsonable({**document["field"], "generator": "a"})
    name = document["field"]["generator"]
    start, end, group, inverses = (
        [np.array([[field(str(x).replace(name, "a")) for x in row] for row in W]) for W in lists]
        for lists in (document[key] for key in ("start", "end", "group", "inverses"))
    )
    for g, h in zip(group, inverses, strict=True):
        assert (g.dot(h) == np.eye(len(g), dtype=int)).all()
    W, V = (reduce(lambda x, y: y.dot(x), weights) for weights in (start, end))
    assert (group[-1].dot(W) == V.dot(group[0])).all()
    for j, (W, V) in enumerate(zip(start, end, strict=True)):
        if document["carries"] == "point":
            assert (group[j + 1].dot(W).dot(inverses[j]) == V).all()


def require_path(document: dict[str, Any]) -> None:
    """At parameters inside every step: the product is the same, the barcode one of those named."""
    found = read_path(Source(Path("path.json"), json.dumps(document).encode()))
    product, barcodes = found.start.product(), [barcode.to_jsonable() for barcode in found.barcodes]
    assert barcodes == document["barcodes"]
    for step in found.steps:
        for t in (Fraction(1, 7), Fraction(2, 3)):
            point = step.at(t)
            assert point.product() == product
            assert point.barcode.to_jsonable() in barcodes
    assert found.end == found.points[-1]

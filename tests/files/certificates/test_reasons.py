"""Each reason for which a path, or another kind of certificate, does not hold, in both checkers.

What the checkers say is compared, too: a claim that is refused for another reason shows nothing.
"""

import json
import re
from typing import Any

import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.files.json_path import path_to_jsonable
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.landscape import Data, criticality
from linnet_exact.landscape.inertia.ldl import ldl
from linnet_exact.landscape.loss.derivatives import hessian
from linnet_exact.weights import canonical_weights, path
from tests.files.certificates.both import ours, resealed, theirs
from tests.files.certificates.test_refusals import change, golden

BOTTLENECK, FIT, ORIGIN = "critical-1-bottleneck", "critical-2-fit", "critical-1-origin"
FLAT, SADDLE, FREE = "critical-2-flat-origin", "critical-2-non-strict", "critical-2-not-critical"
UP, DOWN, LONG = "path-2-down-and-up", "path-down-and-up", "path-fractions"
SQUARE, IMAGINARY = "path-square-root", "path-imaginary"
LIKELY, LARGE = "probable-2-four-layers", "probable-2-large-numbers"
SNAPPED, FIELD = "snapped-2", "snapped-2-field"
FIBERS, POINTS = "transport-fibers", "transport-points"
SECOND = {"weights": [[[0, 1]], [[0], [1]]], "loss": "9/2"}  # the smaller eigenvalue is learnt

REASONS: list[tuple[str, dict[str, Any], str, str]] = [
    (BOTTLENECK, {"gamma": [[0]]}, "Gamma is 1x1", "the data does not fit"),
    (BOTTLENECK, {"weights/0": [[1]]}, "the data has 2 inputs", "the data does not fit"),
    (BOTTLENECK, {"weights/1": [[1]]}, "the data has 2 outputs", "the data does not fit"),
    (BOTTLENECK, {"sigma/0/1": 2}, "Sigma is not symmetric", "sigma is not symmetric"),
    (FIT, {"sigma/1/1": 0}, "1 negative eigenvalue", "sigma has a negative eigenvalue"),
    (BOTTLENECK, {"sigma/0/0": 0}, "not in the row space", "gamma is not in the row space"),
    (BOTTLENECK, {"loss": 1}, "the loss is 1/2", "the loss is 1/2"),
    (BOTTLENECK, {"energy": 0}, "the loss is -9/2", "the loss is -9/2"),
    (BOTTLENECK, {"gamma/0/1": 1}, "the gradient says", "the gradient says"),
    (FREE, {"point": "global minimum"}, "the gradient says", "the gradient says"),
    (ORIGIN, {"point": "not critical", "proof": {}}, "the gradient says", "the gradient says"),
    (ORIGIN, {"proof/direction/0": [[0, 0]]}, "does not fit the weights", "direction does not fit"),
    (ORIGIN, {"proof/direction/0/0/0": 0}, "is 0, not negative", "the direction does not fall"),
    (FLAT, {"proof/order/7": 6}, "no order of the rows", "no order of the rows"),
    (SADDLE, {"proof/lower": [[1]]}, "L does not fit", "L does not fit"),
    (FLAT, {"weights/0/0/1": 2}, "H is not L D L.T", "H is not L D L.T"),
    (SADDLE, {"proof/pivots/0": 2}, "H is not L D L.T", "H is not L D L.T"),
    (FIT, {"proof": {"between": 1}}, "needs no other proof", "nothing is left to prove"),
    (BOTTLENECK, {"proof": {}}, "must be a number between", "must be a number between"),
    (ORIGIN, {"point": "global minimum", "proof": {"between": 100}}, "no width bounds",
     "the rank of W is not the least width"),
    (BOTTLENECK, {"proof/between": 0}, "another number of eigen", "another number of eigen"),
    (BOTTLENECK, {"proof/between": 10}, "another number of eigen", "another number of eigen"),
    (BOTTLENECK, SECOND, "has not learnt the largest", "not the largest eigenvalues"),
    (LIKELY, {"weights/1/1/1": 2}, "not the ranks modulo", "not the ranks modulo"),
    (LIKELY, {"barcode/1-1": 0}, "barcode does not belong", "barcode does not belong"),
    (LIKELY, {"dimension": 0}, "dimension of the stratum is 14", "dimension of the stratum is 14"),
    (LIKELY, {"error_bound": 2}, "bound on the error is 0", "bound on the error is 0"),
    (LARGE, {"primes": 1}, "on the error is 14/1152", "on the error is 14/1152"),
    (SNAPPED, {"weights/0": [[0]]}, "had other widths before", "had other widths before"),
    (SNAPPED, {"weights/0/0/0": 0}, "W_1 has moved by the", "W_1 has moved by another"),
    (FIELD, {"original/0/1/1": 0}, "W_1 has moved by the", "W_1 has moved by another"),
    (SNAPPED, {"squared_distances": [0]}, "W_1 has moved by the", "W_1 has moved by another"),
    (SNAPPED, {"squared_distances": [1]}, "W_1 has moved by the", "W_1 has moved by another"),
    (SNAPPED, {"squared_distances": []}, "a distance for every matrix", "distance"),
    (FIBERS, {"end/0": [[1]]}, "do not fit the widths", "different widths"),
    (FIBERS, {"group/0": [[1]]}, "do not fit the widths", "the group does not fit"),
    (FIBERS, {"inverses/0": [[1]]}, "do not fit the widths", "the group does not fit"),
    (FIBERS, {"group/0/0/1": 2}, "g_0 times its inverse is not", "g_0 h_0 is not the identity"),
    (FIBERS, {"start/0/0/1": 1}, "g_L W is not W' g_0", "g_L W is not W' g_0"),
    (POINTS, {"group/0/0/0": -1, "inverses/0/0/0": -1}, "g_0 times its", "g_0 h_0 is not the"),
    (POINTS, {"end/1/0/0": "1/3", "end/1/1/0": "2/3"}, "g_L W is not", "g_L W is not W' g_0"),
    (UP, {"end": [[[-1]]]}, "the ends have different widths", "the ends have different widths"),
    (UP, {"barcodes/1/0-0": 0}, "barcodes. is not what", "barcodes are not those of the steps"),
    (UP, {"barcodes": []}, "barcodes. is not what", "barcodes are not those of the steps"),
    (LONG, {"moves": []}, "moves. is not what", "moves are not those of the steps"),
    (UP, {"steps/1/column/0/0": 2}, "does not arrive at its end", "does not arrive at its end"),
    (LONG, {"steps": []}, "does not arrive at its end", "does not arrive at its end"),
    (UP, {"steps/0/layer": 0}, "step 1: there is no layer 0", "step 1: there is no layer 0"),
    (UP, {"steps/0/layer": 3}, "step 1: there is no layer 3", "step 1: there is no layer 3"),
    (UP, {"steps/0/column": [[1], [1]]}, "column or the row does not fit", "has another length"),
    (UP, {"steps/0/row": [[1, 1]]}, "column or the row does not fit", "has another length"),
    (DOWN, {"steps/1/epsilon": 0}, "step 2: epsilon is 0", "step 2: epsilon is 0"),
    (UP, {"steps/0/bars": ["1-1", "0-0"]}, "do not allow a rising move", "do not allow a rising"),
    (UP, {"steps/0/bars": ["0-0", "2-2"]}, "do not allow a rising move", "do not allow a rising"),
    (UP, {"steps/0/kind": "swap"}, "step 1: the step is of kind connect", "is of kind connect"),
    (DOWN, {"steps/1/direction": "down"}, "has no bar 0-0 to move", "there are no such bars"),
    (UP, {"steps/0/before/0-1": 2}, "does not lead from", "leads to another stratum"),
    (UP, {"steps/0/after/2-2": 0}, "a bar occurs 0 times", "lower end is not on its stratum"),
    (LONG, {"start/0/1/1": -1}, "the lower end of a step", "lower end is not on its stratum"),
    (UP, {"steps/1/layer": 2}, "is on 0-0,1-2, not on 0-1,2-2", "it is on another stratum"),
    (LONG, {"steps/3/factors/0": [[1]]}, "factors have other sizes", "factors have other sizes"),
    (SQUARE, {"steps/0/frames/0": [[1], [1]]}, "frames have other sizes", "frames have other"),
    (LONG, {"steps/2/factors/0/1/0": 1}, "do not stabilise the product", "changes the product"),
    (LONG, {"steps/1/factors/1/1": [1, 1, -1]}, "triangular", "neither triangular nor dominant"),
    (LONG, {"steps/4/factors/0/0/0": 0}, "the step is of kind scale", "is of kind scale"),
    (SQUARE, {"steps/0/factors/1": [[1]]}, "the step is of kind shear", "is of kind shear"),
    (IMAGINARY, {"steps/1/factors/2/0/0": 0}, "singular", "becomes singular on the way"),
    (SQUARE, {"steps/0/factors/0/0/0": -1}, "becomes singular on the way", "singular|lower end"),
    (IMAGINARY, {"steps/0/frames/0/0/0": 0}, "singular", "a frame is singular"),
]  # fmt: skip


def check_refusal(document: dict[str, Any], mine: str, other: str) -> None:
    for found, wanted in ((ours(document), mine), (theirs(document), other)):
        assert found[0] == 1, found
        assert re.search(wanted, found[1]), found


@pytest.mark.parametrize(("name", "changes", "mine", "other"), REASONS)
def test_every_reason(name: str, changes: dict[str, Any], mine: str, other: str) -> None:
    document = golden(name)
    for place, value in changes.items():
        document = change(document, place, value)
    check_refusal(resealed(document), mine, other)


def with_proof_of_no_direction(document: dict[str, Any]) -> dict[str, Any]:
    """The claim that no second derivative is negative, with a true proof."""
    weights = Weights(list(map(Matrix, document["weights"])))
    data = Data.from_moments(
        Matrix(document["sigma"]), Matrix(document["gamma"]), document["energy"]
    )
    factors = ldl(hessian(weights, data))
    proof = {
        "order": list(factors.order),
        "lower": rows_to_jsonable(factors.lower),
        "pivots": [rows_to_jsonable(pivot)[0][0] for pivot in factors.pivots],
    }
    assert criticality(weights, data).is_critical
    return {**document, "point": "non-strict saddle", "proof": proof}


def test_a_minimum_is_no_saddle_though_no_second_derivative_is_negative() -> None:
    minimum = with_proof_of_no_direction(golden(FIT))
    check_refusal(resealed(minimum), "global minimum: G = 0", "it is a global minimum")
    bounded = with_proof_of_no_direction(golden(BOTTLENECK))
    check_refusal(resealed(bounded), "a width bounds the rank of W", "a width is r")


@pytest.mark.parametrize("pivot", [0, -1])
def test_pivots_must_be_positive_though_the_product_is_right(pivot: int) -> None:
    document = golden(SADDLE)
    proof = document["proof"]
    pivots = [*proof["pivots"], pivot]
    at = len(proof["pivots"])
    lower = [[*row, int(place == at)] for place, row in enumerate(proof["lower"])]
    document["proof"] = {**proof, "pivots": pivots, "lower": lower}
    mine = "a pivot is not positive" if pivot == 0 else "H is not L D L.T"
    check_refusal(resealed(document), mine, "a pivot is not positive")


def path_of_one_step(epsilon: int) -> dict[str, Any]:
    """W_2 + s (1, 1)^T (1, 1): the product of W_1, W_2 and W_3 is 1 + s, that of all four 0."""
    first, third, last = [[1], [0]], [[1, 0]], [[0]]
    low, high = "0-3,1-1,2-2,4-4", "0-3,1-2,4-4"
    s = epsilon
    step = {
        "kind": "connect", "direction": "up", "layer": 2, "bars": ["1-1", "2-2"],
        "column": [[1], [1]], "epsilon": s, "row": [[1, 1]],
        "before": Barcode.parse(low).to_jsonable(), "after": Barcode.parse(high).to_jsonable(),
    }  # fmt: skip
    return {
        "format": "linnet-exact/path", "version": 2, "field": "QQ", "shortest": True,
        "moves": [{"move": "connect", "direction": "up", "bars": ["1-1", "2-2"]}],
        "barcodes": [step["before"], step["after"]], "separated_by": [],
        "start": [first, [[1, 0], [0, 0]], third, last], "steps": [step],
        "end": [first, [[1 + s, s], [s, s]], third, last],
    }  # fmt: skip


@pytest.mark.parametrize("epsilon", [1, -2])
def test_a_rank_that_drops_at_one_parameter_is_refused(epsilon: int) -> None:
    """Both ends are on their strata; at s = −1, which −2 passes, another rank is smaller."""
    document = path_of_one_step(epsilon)
    for name, barcode in (("start", "0-3,1-1,2-2,4-4"), ("end", "0-3,1-2,4-4")):
        assert str(Weights(document[name]).barcode) == barcode
    assert theirs(document)[0] == 1
    assert "a rank drops at one parameter" in theirs(document)[1]
    assert ours(document)[0] == 1


def test_points_that_are_not_carried_though_the_fiber_is() -> None:
    """W = 1 is 1/2 · 2 and 1 · 1: the unit in the middle carries no factor to the other."""
    base, one = golden(POINTS), [[1]]
    claim = {"start": [[[2]], [["1/2"]]], "end": [one, one], "group": [one] * 3,
             "inverses": [one] * 3}  # fmt: skip
    fiber = {**base, **claim, "carries": "fiber"}
    assert ours(resealed(fiber))[0] == theirs(resealed(fiber))[0] == 0
    point = {**fiber, "carries": "point"}
    check_refusal(resealed(point), "g_1 W_1 g_0.-1 is not W'_1", "g_1 W_1 h_0 is not W'_1")
    second = {**point, "start": [one, one], "end": [one, [[2]]], "group": [one, one, [[2]]],
              "inverses": [one, one, [["1/2"]]]}  # fmt: skip
    assert ours(resealed(second))[0] == theirs(resealed(second))[0] == 0
    later = {**second, "start": [one, [[2]], [["1/2"]]], "end": [one, one, one],
             "group": [one] * 4, "inverses": [one] * 4}  # fmt: skip
    check_refusal(resealed(later), "g_2 W_2 g_1.-1 is not W'_2", "g_2 W_2 h_1 is not W'_2")


def swapping_path() -> dict[str, Any]:
    low, high = (Barcode.parse(text) for text in ("0-1,1-2,2-3", "0-2,1-1,2-3"))
    found = path(canonical_weights(low), canonical_weights(high))
    return json.loads(json.dumps(path_to_jsonable(found)))


def test_swaps() -> None:
    document = swapping_path()
    (at,) = (n for n, step in enumerate(document["steps"]) if "bars" in step)
    step, edge = document["steps"][at], document["moves"][0]
    assert (step["kind"], step["bars"]) == ("swap", ["0-1", "1-2"])
    assert ours(document)[0] == theirs(document)[0] == 0
    other = change(change(document, f"steps/{at}/kind", "connect"), "moves/0/move", "connect")
    check_refusal(other, "the step is of kind swap", "is of kind swap")
    for bars in (["1-2", "0-1"], ["0-1", "0-2"], ["0-1", "2-3"], ["1-1", "1-2"]):
        forged = change(change(document, f"steps/{at}/bars", bars), "moves/0/bars", bars)
        assert ours(forged)[0] == theirs(forged)[0] == 1
    for key in ("move", "direction", "bars"):
        wrong = {"move": "connect", "direction": "down", "bars": edge["bars"][::-1]}[key]
        forged = change(document, f"moves/0/{key}", wrong)
        check_refusal(forged, "moves. is not what", "moves are not those of the steps")

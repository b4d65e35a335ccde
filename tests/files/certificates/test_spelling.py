"""What is not written the one way that there is, one example for each rule, in both checkers."""

import json
import re
from typing import Any

import pytest

from tests.files.certificates.both import GOLDEN, ours, resealed, verdict
from tests.files.certificates.test_refusals import MINOR, change

LONG = "7" * 100_001
FIELD = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4142"}

MIDDLE = {"generator": "a", "minimal_polynomial": ["1", "-6", "2"]}  # 3/2 and a square root


@pytest.mark.parametrize(
    ("name", "place", "value", "message"),
    [
        ("rank-list-wide", "rank_list/1~0", True, "must be an integer of at least 0"),
        ("rank-list-wide", "rank_list/1~0", -1, "must be an integer of at least 0"),
        ("rank-list-wide", "rank_list/1~0", "1", "must be an integer of at least 0"),
        ("rank-list-wide", "rank_list", [], "must be a JSON object"),
        ("rank-list-wide", "barcode", [], "must be a JSON object"),
        ("rank-list-wide", "dimension", "1/2", "must be an integer"),
        ("rank-list-wide", "dimension", 2**53, "must be texts"),
        ("rank-list-wide", "dimension", None, "must be an integer or a text"),
        ("rank-list-wide", "weights/0/0/0", -(10**15), "must be texts"),
        ("rank-list-wide", "weights/0/0/0", LONG, "at most 100000 characters"),
        ("rank-list-wide", "weights/0/0/0", "0/3", "is no number"),
        ("rank-list-wide", "weights/0/0/0", "5", "write the JSON integer 5"),
        ("rank-list-wide", "field", {**FIELD, "near": None}, "near must be a text"),
        ("rank-list-wide", "field", {**FIELD, "near": 1}, "near must be a text"),
        ("rank-list-wide", "field", {**FIELD, "near": "-0"}, "write 0, not -0"),
        ("rank-list-wide", "field", {**FIELD, "near": "1.40"}, "near must be a text of the form"),
        ("rank-list-wide", "field", {**FIELD, "near": "0"}, "equally near"),
        ("rank-list-wide", "field", {**MIDDLE, "near": "1.5"}, "equally near"),
        ("rank-list-wide", "field", {**FIELD, "minimal_polynomial": ["2", "0", "1"]}, "real root"),
        ("rank-list-wide", "field", {**FIELD, "minimal_polynomial": ["-4", "0", "2"]}, "divisor"),
        ("rank-list-wide", "field", {**FIELD, "minimal_polynomial": ["2", "0", "-1"]}, "leading"),
        ("rank-list-wide", "field", {**FIELD, "minimal_polynomial": ["-2", "0", 1]}, "a text of"),
        ("rank-list-wide", "field", {**FIELD, "minimal_polynomial": ["-2"] + ["0"] * 64 + ["1"]},
         "degree at most 64"),
        ("rank-list-wide", "field", {**FIELD, "minimal_polynomial": [f"-{'7' * 90000}", "0", "1"]},
         "bits"),
        ("rank-list-wide", "field", {"minimal_polynomial": ["-2", "0", "1"]}, "generator"),
        ("rank-list-2-layers", "input/layers", "w1", "must be a list"),
        ("rank-list-2-layers", "input/layers", [1], "must be a text"),
        ("rank-list-2-layers", "version", 1, "the key 'layers' is not known"),
        ("rank-list-of-a-file", "version", 2, "the key 'layers' is missing"),
        ("rank-list-wide", "proof/ranks", [], "must be a JSON object"),
        ("rank-list-wide", "proof/ranks/1~0/at_most", {"shape": [2, 3, 4]}, "two numbers"),
        ("rank-list-wide", "proof/ranks/1~0/at_least", {**MINOR, "rows": [1, 0]}, "must go up"),
        ("rank-list-wide", "proof/ranks/1~0/at_least", {**MINOR, "prime": "007"}, "of the form"),
        ("rank-list-wide", "proof/ranks/1~0/at_least", {**MINOR, "product": "2~0"}, "is not known"),
        ("rank-list-wide", "proof/ranks/1~0/at_most/side", "both", "must be 'left' or 'right'"),
        ("rank-list-two-square-roots", "weights/0/0/0", "1 + a -", "no number of the field"),
        ("rank-list-two-square-roots", "weights/0/0/0", "a^4", "no number of the field"),
        ("rank-list-two-square-roots", "weights/0/0/0", "1*a", "are left out"),
        ("rank-list-two-square-roots", "weights/0/0/0", "2/4*a", "the one way that there is"),
        ("critical-2-flat-origin", "proof/lower/0", [1], "without pivots L has no columns"),
        ("critical-2-origin", "field", FIELD, "must be 'QQ'"),
        ("dimension-theorem-1", "identity", 1, "must be true or false"),
        ("dimension-theorem-1", "theorem", [], "must be a JSON object"),
        ("dimension-theorem-1", "blocks/0/slots", [0.5], "must be an integer"),
        ("path-2-down-and-up", "shortest", 1, "must be true or false"),
        ("path-2-down-and-up", "version", 1, "the key 'shortest' is not known"),
        ("path-2-down-and-up", "version", 4, "must be 1, 2 or 3"),
        ("path-2-down-and-up", "steps/0/bars", ["0-0"], "must be two"),
        ("path-2-down-and-up", "moves/0/bars", ["0-0", "1-1", "2-2"], "must be two"),
        ("path-2-down-and-up", "steps/0/direction", "sideways", "must be 'up' or 'down'"),
        ("transport-points", "carries", "nothing", "must be 'point' or 'fiber'"),
        ("snapped-2", "original", [[]], "at least 1"),
    ],
)  # fmt: skip
def test_every_rule(name: str, place: str, value: Any, message: str) -> None:
    document = json.loads((GOLDEN / f"{name}.json").read_text())
    forged = resealed(change(document, place, value))
    assert verdict(forged) == 2
    assert re.search(message, ours(forged)[1]), ours(forged)[1]


def test_a_decimal_just_beside_the_middle_of_two_roots() -> None:
    document = json.loads((GOLDEN / "rank-list-wide.json").read_text())
    for near in ("1.49999", "1.50001", "-3", "4"):
        forged = resealed(change(document, "field", {**MIDDLE, "near": near}))
        assert verdict(forged) == 1  # it is another field, so the primes do not fit


@pytest.mark.parametrize(
    "text", ['{"a": -0}', '{"a": 1, "a": 1}', "1.0", "1e2", "NaN", "-Infinity", "\ufeffnull", "//"]
)
def test_texts_that_json_lets_pass(text: str) -> None:
    assert verdict(text.encode()) == 2


def test_white_space_order_and_escapes_are_those_of_json() -> None:
    document = json.loads((GOLDEN / "rank-list-2-layers.json").read_text())
    backwards = dict(reversed(document.items()))
    for text in (json.dumps(backwards, indent=3), f"\ufeff {json.dumps(document)}\r\n"):
        assert verdict(text.encode()) == 0
    escaped = json.dumps(document).replace('"kind"', '"\\u006bind"')
    assert verdict(escaped.encode()) == 0

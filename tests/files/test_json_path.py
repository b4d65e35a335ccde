"""Path files: what is written is read back and replayed; what is forged is refused."""

import copy
import json
from pathlib import Path as FilePath

import pytest

from linnet_exact import Barcode, NumberField, Weights
from linnet_exact.algebra import Field
from linnet_exact.errors import CertificateError, FileError, LinnetError
from linnet_exact.files.certificates.path import read_path
from linnet_exact.files.json_path import path_to_jsonable
from linnet_exact.weights import path, sample
from tests.weights.reference import point


def ends(field: Field | None) -> tuple[Weights, Weights]:
    start = Weights([[[1, 0], [0, 1], [0, 0]], [[1, 0, 0], [0, 0, "1/3"]]], field)
    end = Weights([[[2, 0], [0, 0], [0, 0]], [["1/2", 1, 0], [0, 1, 0]]], field)
    return start, end


@pytest.mark.parametrize("field", [None, NumberField("sqrt(2)")])
def test_round_trip(tmp_path: FilePath, field: Field | None) -> None:
    found = path(*ends(field))
    file = tmp_path / "path.json"
    file.write_text(json.dumps(path_to_jsonable(found)))
    again = read_path(file)
    again.check()
    assert again == found
    assert (again.barcodes, again.points) == (found.barcodes, found.points)


def test_irrational_steps(tmp_path: FilePath) -> None:
    field = NumberField("sqrt(2)")
    found = path(Weights([[[1]], [[field.gen]]]), Weights([[["a"]], [[1]]], field))
    value = path_to_jsonable(found)
    assert value["steps"][0]["factors"] == [[[1]], [["a"]], [[1]]]
    (tmp_path / "path.json").write_text(json.dumps(value))
    assert read_path(tmp_path / "path.json") == found


@pytest.fixture
def value() -> dict:
    """A path between dense points, so that no entry is without effect."""
    start, end = (Barcode.parse(text) for text in ("0-0,0-1,0-2,1-1,1-2", "0-0:2,0-2,1-1:2,1-2"))
    return path_to_jsonable(path(point(start, 1), point(end, 2)))


def check(tmp_path: FilePath, value: object) -> None:
    file = tmp_path / "path.json"
    file.write_text(json.dumps(value))
    read_path(file)


def integers_in(part: object, at: tuple = ()) -> list[tuple]:
    """Where integers stand, in the first and last rows of whatever holds them."""
    if isinstance(part, dict):
        return [p for k, v in part.items() for p in integers_in(v, (*at, k))]
    if isinstance(part, list):
        return [p for k in {0, len(part) - 1} if part for p in integers_in(part[k], (*at, k))]
    return [at] if isinstance(part, int) else []


def test_changed_entries_are_noticed(tmp_path: FilePath, value: dict) -> None:
    """All but those in steps that are other steps between the same points."""
    keys = ("start", "steps", "end", "barcodes")
    places = [at for key in keys for at in integers_in(value[key], (key,))]
    harmless = set()
    for at in places:
        forged = copy.deepcopy(value)
        inner = forged
        for key in at[:-1]:
            inner = inner[key]
        inner[at[-1]] += 5
        try:
            check(tmp_path, forged)
        except LinnetError:
            continue
        harmless.add(at[2])
        assert path_to_jsonable(read_path(tmp_path / "path.json"))["moves"] == value["moves"]
    assert len(places) > 40
    assert harmless <= {"frames", "factors"}


def test_a_missing_step_is_noticed(tmp_path: FilePath, value: dict) -> None:
    del value["steps"][-1]
    with pytest.raises(CertificateError, match="does not arrive"):
        check(tmp_path, value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "linnet-exact/weights"}, "format must be 'linnet-exact/path'"),
        ({"version": True}, '"version" must be 1'),
        ({"start": 3}, "start must be a list"),
        ({"start": []}, "start must be a list of at least 1"),
        ({"end": [[]]}, "end.0. must be a list of at least 1"),
        ({"field": "RR"}, "field must be a JSON object"),
        ({"steps": {}}, "steps must be a list"),
        ({"steps": [1]}, "steps.0. must be a JSON object"),
        ({"steps": [{"kind": "connect"}]}, "the key 'direction' is missing"),
        ({"steps": [{"kind": "shear", "frames": [], "factors": []}]}, "frames must be a list of"),
        ({"more": 1}, "the key 'more' is not known"),
    ],
)
def test_what_is_no_path_file(tmp_path: FilePath, value: dict, change: dict, message: str) -> None:
    with pytest.raises(FileError, match=f"path.json: .*{message}"):
        check(tmp_path, value | change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "OTHER"}, "the step is of kind"),
        ({"direction": "OTHER"}, "has no bar|does not lead"),
        ({"layer": 3}, "there is no layer 3"),
        ({"layer": 0}, "there is no layer 0"),
        ({"bars": ["0-0", "2-2"]}, "bars 0-0 and 2-2 do not allow a rising move"),
        ({"bars": ["2-0", "1-1"]}, "bar 2-0 does not run"),
        ({"column": [[1]]}, "the column or the row does not fit"),
        ({"epsilon": 0}, "epsilon is 0"),
    ],
)
def test_what_a_step_is_called_is_checked(
    tmp_path: FilePath, value: dict, change: dict, message: str
) -> None:
    step = next(step for step in value["steps"] if "layer" in step)
    other = {"connect": "swap", "swap": "connect", "up": "down", "down": "up"}
    step |= {key: other[step[key]] if new == "OTHER" else new for key, new in change.items()}
    with pytest.raises(CertificateError, match=f"step .*({message})"):
        check(tmp_path, value)


@pytest.mark.parametrize("key", ["moves", "barcodes", "separated_by"])
def test_what_is_said_of_the_whole_is_checked(tmp_path: FilePath, value: dict, key: str) -> None:
    for forged in ([], [*value[key], *value[key][:1]], ["row W"]):
        if forged != value[key] and (key == "separated_by" or "row W" not in forged):
            with pytest.raises(CertificateError, match=f'"{key}" is not what'):
                check(tmp_path, value | {key: forged})


def test_sampled_points_of_one_stratum(tmp_path: FilePath) -> None:
    theta = sample(Barcode.parse("0-1,1-1"), seed=1)
    check(tmp_path, path_to_jsonable(path(theta, theta)))

"""Layer specifications against NumPy's own slicing."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import FileError, InputError
from linnet_exact.files import open_tensors, read_weights
from linnet_exact.files.tensors.layer_spec import parse_layer, read_layer


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("files") / "weights.npz"
    names = {"w": np.arange(42).reshape(6, 7), "odd[name].T": np.eye(2), "deep": np.ones((2, 3, 4))}
    np.savez(path, **names)
    return path


bounds = st.none() | st.integers(-6, 6)
slices = st.builds(slice, bounds, bounds, st.none() | st.integers(-3, 3).filter(bool))


def written(part: slice) -> str:
    numbers = ["" if n is None else str(n) for n in (part.start, part.stop, part.step)]
    return ":".join(numbers if part.step is not None else numbers[:2])


@given(slices, slices, st.booleans())
def test_slices_mean_what_they_mean_in_numpy(path: Path, rows: slice, columns: slice, turn: bool):
    text = f"w[{written(rows)}, {written(columns)}]{'.T' if turn else ''}"
    array = np.arange(42).reshape(6, 7)
    part = array[rows, columns].T if turn else array[rows, columns]
    if part.size == 0:
        with pytest.raises(FileError, match="must be a matrix with rows and columns"):
            read_layer(open_tensors(path), text)
    else:
        assert read_layer(open_tensors(path), text).tolist() == part.tolist()


def test_names_that_look_like_specifications(path: Path) -> None:
    assert read_weights(path, ["odd[name].T"]).network.widths == (2, 2)
    assert parse_layer("a.T.T").name == "a.T"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("v", "no tensor 'v'; the nearest names are w, "),
        ("W", "no tensor 'W'; the nearest names are "),
        ("deap", "no tensor 'deap'; the nearest names are deep"),
        ("w[0:7, :]", r"layer w\[0:7, :\]: 7 is outside axis 0, which has length 6"),
        ("w[:, -8:]", "-8 is outside axis 1, which has length 7"),
        ("w[6]", "6 is outside axis 0"),
        ("w[0]", r"must be a matrix with rows and columns; what is taken has shape \(7,\)"),
        ("deep", r"the tensor has shape \(2, 3, 4\); take a part of it"),
        ("w[0, :, :]", r"3 indices for a tensor of shape \(6, 7\)"),
    ],
)
def test_what_does_not_fit_the_file(path: Path, text: str, message: str) -> None:
    with pytest.raises(FileError, match=message):
        read_weights(path, [text])


@pytest.mark.parametrize(
    "text",
    ["", "[0:1]", "w[]", "w[a:b]", "w[0:1:2:3]", "w[::0]", "w[1.5]", "w[,]", "w[:,]", "w[1e9:]",
     "w[" + "9" * 10_000 + ":]"],
)  # fmt: skip
def test_texts_of_another_form(path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_weights(path, [text])

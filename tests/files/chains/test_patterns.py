"""Patterns for names of tensors."""

import re
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights
from linnet_exact.files.chains.patterns import _fits, matching_layers
from linnet_exact.weights import Weights

SIGNS = {r"\*\*": ".*", r"\*": "[^./]*", r"\?": "[^./]"}
NAMES = [f"l.{n}.{x}" for n in (10, 2, 0) for x in ("w", "b.w")] + ["a*b", "l.x"]


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "m.npz"
    np.savez(path, **{name: np.full((2, 2), at) for at, name in enumerate(NAMES)})
    return open_tensors(path)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("l.*.w", ["l.0.w", "l.2.w", "l.10.w"]),
        ("l.?.w[0:1, :]", ["l.0.w[0:1, :]", "l.2.w[0:1, :]"]),
        ("l.**.w.T", ["l.0.b.w.T", "l.0.w.T", "l.2.b.w.T", "l.2.w.T", "l.10.b.w.T", "l.10.w.T"]),
        ("a*b", ["a*b"]),
        ("**", sorted(NAMES, key=lambda n: [(not p.isdigit(), int(p) if p.isdigit() else 0, p)
                                            for p in re.findall(r"\d+|\D+", n)])),
    ],
)  # fmt: skip
def test_natural_order(model, pattern, expected):
    assert matching_layers(model, [pattern]) == expected


def test_one_line_names_near_names(model):
    with pytest.raises(FileError, match=r"no tensor fits 'l\.\*\.v'; the nearest names are l\."):
        matching_layers(model, ["l.*.v"])
    with pytest.raises(FileError, match=r"\* has no dots, and 'l\*\*b\.w' fits l\.0\.b\.w"):
        matching_layers(model, ["l*b.w"])


def test_the_time_of_a_search_is_bounded(tmp_path):
    path = tmp_path / "m.npz"
    np.savez(path, **{"a" * 200: np.ones((1, 1))})
    start = time.process_time()
    with pytest.raises(FileError):
        matching_layers(open_tensors(path), ["*a" * 40 + "b"])
    assert time.process_time() - start < 1


@given(st.text("ab./", max_size=8), st.lists(st.sampled_from(["*", "**", "?", "a", "b", "."])))
def test_patterns_are_regular_expressions(name, parts):
    text = "".join(parts)
    pattern = re.sub(r"\\\*\\\*|\\\*|\\\?", lambda m: SIGNS[m[0]], re.escape(text))
    split = [part for part in re.split(r"(\*\*|\*|\?)", text) if part]
    assert _fits(name, split) is bool(re.fullmatch(pattern, name))


def test_weights_are_read_by_patterns(model):
    read = read_weights(model.path, ["l.*.w"])
    assert read == Weights([np.full((2, 2), NAMES.index(f"l.{n}.w")) for n in (0, 2, 10)])

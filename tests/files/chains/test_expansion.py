"""What chains stand for: against Python's own loops and NumPy's own slices."""

import numpy as np
import pytest

from linnet_exact.errors import InputError
from linnet_exact.files import open_tensors, read_weights
from linnet_exact.files.chains.expansion import MAX_FACTORS, Chain
from linnet_exact.weights import Weights

BLOCKS = """
h = 1
d = 2
v[l] = "b.{l}.v"
o[l] = "b.{l}.o"
for l in 0..3: v[l][h*d:(h+1)*d, :]; o[l][:, h*d:(h+1)*d]
"""


@pytest.fixture
def model(tmp_path):
    random = np.random.default_rng(5)
    arrays = {f"b.{l}.{x}": random.integers(-9, 9, (6, 6)) / 4 for l in range(4) for x in "vo"}
    np.savez(tmp_path / "model.npz", **arrays)
    return tmp_path / "model.npz", arrays


@pytest.mark.parametrize("head", [0, 1, 2])
def test_blocks_are_numpys(model, head):
    path, arrays = model
    rows = slice(2 * head, 2 * head + 2)
    matrices = [
        part for l in range(4) for part in (arrays[f"b.{l}.v"][rows], arrays[f"b.{l}.o"][:, rows])
    ]
    chain = Chain.parse(BLOCKS, [f"h = {head}"])
    assert read_weights(path, chain) == Weights(matrices)
    assert read_weights(path, chain.layers()) == Weights(matrices)


def test_loops_nest_go_one_way_and_end_with_the_line():
    chain = Chain.parse('for l in 0..1: "a{l}"; for m in l..1: "b{l}{m}"\n(for l in 2..2: c); e')
    assert chain.layers() == ["a0", "b00", "b01", "a1", "b11", "c", "e"]


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        ("W1; W2.T", ["W1", "W2.T"]),
        ("W[0, :, 1:4:2].T", ["W[0, :, 1:4:2].T"]),
        ("W[-3:, ::-1]", ["W[-3:, ::-1]"]),
        ('w = "a.{2*3}.T x"[1:, :]; w', ["a.6.T x[1:, :]"]),
        ('w = "a"[0:1, :].T; w.T; w', ["a[0:1, :]", "a[0:1, :].T"]),
        ('w[k] = "a"[k:k+1, :]; for l in 3..4: w[l-3]', ["a[0:1, :]", "a[1:2, :]"]),
        ('"a{{0}}"', ["a{0}"]),
        ("""'a"b'""", ['a"b']),
        ("n = 7; W[n//2:n%4, :]", ["W[3:3, :]"]),
    ],
)
def test_factors(text, layers):
    assert Chain.parse(text).layers() == layers
    assert Chain.parse("\n".join(Chain.parse(text).lines())).layers() == layers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no factors"),
        ("d = 2", "no factors"),
        ("W[x:, :]", "x has no value"),
        ("x = 1; x", "x is an integer"),
        ("x = 1; x = 2; W", "x is defined twice"),
        ("l = 1; for l in 0..1: W", "l has a value already"),
        ("for l in 3..2: W", "there is nothing between"),
        ("x = 1 // 0; W", "divides by 0"),
        ("x = 10000000000 * 10000000000; W", "above"),
        (f"for l in 0..{MAX_FACTORS}: W", f"more than {MAX_FACTORS} factors"),
        ("for l in 0..99: for m in 0..99: for n in 0..99: W", f"more than {MAX_FACTORS}"),
        ('w = "a"[0, :]; w[0, :]', "has brackets or .T of its own"),
        ('w = "a".T; w[0, :]', "has brackets or .T of its own"),
        ('"a[0]"', "cannot name the tensor"),
        ('"a.T"', "cannot name the tensor"),
        ("W[::0]", "step of a slice cannot be 0"),
    ],
)
def test_chains_without_meaning(text, said):
    with pytest.raises(InputError, match=said):
        Chain.parse(text).layers()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["x = 1"], "x is given but does not occur"),
        (["h = 1", "h = 2"], "given twice"),
        (["W"], "defines nothing"),
        (["h = "], "expected an integer"),
    ],
)
def test_what_is_given_is_of_use(given, said):
    with pytest.raises(InputError, match=said):
        Chain.parse(BLOCKS, given)


def test_names_may_be_given(model):
    path, arrays = model
    chain = Chain.parse("for l in 0..1: u[l][0:2, :]; u[l][:, 0:2]", ['u[l] = "b.{l}.v"'])
    assert chain.layers(open_tensors(path))[2] == "b.1.v[0:2, :]"
    assert read_weights(path, chain).matrices[3] == Weights([arrays["b.1.v"][:, 0:2]]).matrices[0]

"""The face of the package: its names, the methods where people look, texts for values."""

import operator
import subprocess
import sys

import numpy as np
import pytest

import linnet_exact
from linnet_exact import (
    Barcode,
    Data,
    Fiber,
    InputError,
    Interval,
    LinnetError,
    Matrix,
    Network,
    OutOfRangeError,
    RankList,
    Stratum,
    Weights,
    WrongTypeError,
)

TEXT = "0-0,0-2,1-1:2,2-2"


def test_the_names_are_those_of_dir_and_all_exist() -> None:
    floors = {"algebra", "atlas", "claims", "draw", "errors", "files", "guide", "landscape"}
    floors |= {"numeric", "strata", "weights", "workers"}
    assert set(dir(linnet_exact)) == set(linnet_exact.__all__) | floors
    for name in dir(linnet_exact):
        assert getattr(linnet_exact, name) is not None, name
    with pytest.raises(AttributeError):
        linnet_exact.wieghts  # noqa: B018


def test_every_error_is_offered() -> None:
    from linnet_exact import errors

    classes = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert {name for name in classes if name[0] != "_"} <= set(linnet_exact.__all__)


def test_the_import_loads_no_library_of_numbers() -> None:
    code = (
        "import sys, linnet_exact; dir(linnet_exact); linnet_exact.strata; linnet_exact.Barcode;"
        "print([m for m in ('numpy', 'flint', 'sympy', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("[]\n", "")


def test_methods_answer_as_the_functions_do() -> None:
    theta = linnet_exact.sample(TEXT, seed=3)
    assert theta == Barcode(TEXT).stratum.sample(seed=3)
    assert theta.tangent_basis().tangent == linnet_exact.tangent_basis(theta).tangent
    assert theta.normal_basis("orbit") == linnet_exact.tangent_basis(theta, "orbit").normal
    assert theta.normal_basis().row_space() == theta.normal_space()
    assert theta.crosscheck().to_jsonable() == linnet_exact.crosscheck(theta).to_jsonable()
    assert str(theta.diagram()) == str(theta.flow().diagram()) == str(Barcode(TEXT).diagram())
    found = theta.snap(barcode="0-0:2,1-1:3,2-2:2")
    assert all(matrix.is_zero() for matrix in found.weights)


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_samples_of_a_fiber_lie_on_maximal_strata(rank: int) -> None:
    fiber = Network("2,3,2").fiber(rank)
    drawn = {fiber.sample(seed=seed).stratum for seed in range(12)}
    assert drawn == set(fiber.components() or ())


def test_texts_stand_for_values() -> None:
    assert Network((2, 3, 2)) == Network("2,3,2") == Network([2, 3, 2]) == Network(Network(2, 3, 2))
    assert Network(np.array([2, 3, 2])) == Network(2, 3, 2)
    assert Barcode(TEXT) == Barcode.of(TEXT) == Barcode({"0-0": 1, "0-2": 1, "1-1": 2, "2-2": 1})
    assert Interval.of("0-2") == Interval.of([0, 2])
    assert Fiber("2,3,2", 1) == Network(2, 3, 2).fiber(1)
    assert Stratum(Fiber("2,3,2", 1), TEXT) == Barcode(TEXT).stratum
    assert RankList([[2], [1, 2]]) == RankList({(0, 0): 2, (1, 0): 1, (1, 1): 2})
    assert linnet_exact.sample(TEXT, field="sqrt(2)").field.degree == 2
    assert linnet_exact.canonical_weights("0-1", "QQ").matrices == (Matrix([[1]]),)
    assert Weights([[["a"]]], field="sqrt(2)").field.degree == 2
    assert Fiber("1,1,1").dag().node("0-1,2-2") == 2
    assert str(linnet_exact.degeneration("0-0,1-1,2-2", "0-1,2-2").move) == "connect 0-0,1-1"
    assert linnet_exact.path([[[1]], [[0]]], [[[2]], [[0]]]).steps
    assert linnet_exact.loss([[[2]], [[1]]], [[5]]) == Data.from_target([[5]]).loss(Matrix([[2]]))
    assert linnet_exact.inertia([[0, 1], [1, 0]]).negative == 1


def test_barcodes_compare_by_closure_as_strata_do() -> None:
    strata = list(Network(2, 2, 2).fiber().strata())
    for a in strata:
        for b in strata:
            assert (a.barcode <= b.barcode) == (a <= b) == (a.rank_list <= b.rank_list)
            assert (a.barcode < b.barcode) == (a < b) == (a.rank_list < b.rank_list)
            assert (a.barcode > b.barcode) == (b < a)
    with pytest.raises(InputError, match="different fibers"):
        Barcode("0-1") <= Barcode("0-1:2")  # noqa: B015
    with pytest.raises(TypeError):
        Barcode("0-1") <= 3  # type: ignore[operator]  # noqa: B015


def test_weights_are_a_sequence_whose_slices_are_networks() -> None:
    theta = Weights([[[1, 2]], [[3], [4]], [[5, 6]]])
    assert len(theta) == 3
    assert tuple(theta) == theta.matrices == tuple(theta[j] for j in range(3))
    assert theta[-1] == Matrix([[5, 6]])
    assert theta[1:].network == Network(1, 2, 1)
    assert theta[:2].product() == theta.product(2, 0)
    assert theta[:] == theta
    for index in (3, -4, slice(2, 2), slice(None, None, -1), slice(0, 3, 2)):
        with pytest.raises(IndexError) as caught:
            theta[index]
        assert isinstance(caught.value, OutOfRangeError)
    for wrong in ("0", None, 1.0, (0, 1)):
        with pytest.raises(WrongTypeError):
            theta[wrong]  # type: ignore[call-overload]


def test_weights_beside_numpy_are_never_one_array() -> None:
    theta = Weights([[[1, "1/3"]], [[3]]])
    with pytest.raises(WrongTypeError, match="to_numpy"):
        np.asarray(theta)
    with pytest.raises(TypeError):
        np.ones(2) * theta
    assert [array.dtype for array in theta.to_numpy(np.float32)] == [np.float32, np.float32]
    with pytest.raises(WrongTypeError, match="dtype"):
        theta.to_numpy(int)
    with pytest.raises(WrongTypeError, match="dtype"):
        theta.to_numpy("nothing")


@pytest.mark.parametrize("ending", ["json", "npz", "safetensors"])
def test_what_is_saved_is_loaded(tmp_path, ending: str) -> None:  # type: ignore[no-untyped-def]
    theta = Weights([[[1, 0.5], [2, -3]], [[0, 1e-300]]])
    theta.save(str(tmp_path / f"theta.{ending}"))
    assert Weights.load(str(tmp_path / f"theta.{ending}")) == theta
    assert [file.name for file in tmp_path.iterdir()] == [f"theta.{ending}"]


def test_nothing_is_rounded_unasked(tmp_path) -> None:  # type: ignore[no-untyped-def]
    thirds = Weights([[["1/3", 1]]])
    with pytest.raises(InputError, match=r"1 entries .*rounded=True"):
        thirds.save(tmp_path / "theta.npz")
    thirds.save(tmp_path / "theta.npz", rounded=True)
    assert Weights.load(tmp_path / "theta.npz")[0][0, 0] == 1 / 3
    irrational = Weights([[["a"]]], field="sqrt(2)")
    irrational.save(tmp_path / "theta.json")
    assert Weights.load(tmp_path / "theta.json") == irrational
    with pytest.raises(LinnetError, match=r"theta\.pt"):
        thirds.save(tmp_path / "theta.pt")
    with pytest.raises(LinnetError, match="cannot be written"):
        thirds.save(tmp_path / "nowhere" / "theta.json")


def test_weights_from_arrays_and_state_dicts() -> None:
    first, second = np.arange(6.0).reshape(3, 2), np.ones((1, 3), dtype=np.float32)
    expected = Weights([first, second])
    assert Weights.from_arrays(first, second) == Weights.from_arrays([first, second]) == expected
    assert Weights.from_arrays(first).matrices == (Matrix(first),)
    assert Weights.from_arrays([[1, 2]]).network == Network(2, 1)
    layers = {"net.10.weight": second, "net.2.weight": first, "net.2.scale": np.ones(3)}
    assert Weights.from_state_dict(layers, r"net\.\d+\.weight") == expected
    with pytest.raises(InputError, match="bias"):
        Weights.from_state_dict({"0.weight": first, "0.bias": np.ones(3)})
    with pytest.raises(InputError, match=r"net\.10\.weight"):
        Weights.from_state_dict(layers, "nothing")
    with pytest.raises(InputError, match="regular expression"):
        Weights.from_state_dict(layers, "(")
    with pytest.raises(WrongTypeError, match="mapping"):
        Weights.from_state_dict([first])  # type: ignore[arg-type]


def test_rank_lists_compare_within_a_fiber_as_barcodes_do() -> None:
    low, high = Barcode("0-0,1-1,2-2").rank_list, Barcode("0-0,1-2").rank_list
    assert low < high
    for other in ("0-2", "0-1,2-2:2", "0-0,1-1"):  # another rank, other widths, another depth
        assert Barcode(other).rank_list != low
        for compare in (operator.le, operator.lt, operator.ge, operator.gt):
            with pytest.raises(InputError, match="different fibers cannot be compared: widths"):
                compare(low, Barcode(other).rank_list)
    assert low.at_most(Barcode("0-2").rank_list)
    with pytest.raises(InputError, match="cannot be compared"):
        low.at_most(Barcode("0-1,2-2:2").rank_list)


def test_booleans_and_fractions_are_no_layers_and_no_slices() -> None:
    ranks = Barcode("0-1").rank_list
    for wrong in (True, 0.5, "0"):
        for call in (
            lambda wrong=wrong: ranks[wrong, 0],
            lambda wrong=wrong: ranks[1, wrong],
            lambda wrong=wrong: Interval(wrong, 2),
            lambda wrong=wrong: Interval(0, wrong),
        ):
            with pytest.raises(WrongTypeError):
                call()
    assert ranks[np.int64(1), np.int64(0)] == 1
    assert Interval(np.int64(0), np.int64(2)) == Interval(0, 2)
    matrix = Matrix([[1, 2], [3, 4]])
    for slice_ in (slice(0, 2, 0), slice("a"), slice(0.5), slice(False, True)):
        with pytest.raises(InputError):
            matrix[slice_]

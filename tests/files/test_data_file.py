import json

import numpy as np
import pytest

from linnet_exact.algebra import Matrix
from linnet_exact.errors import FileError
from linnet_exact.files import read_data, read_target
from linnet_exact.landscape import Data
from linnet_exact.strata import Network

X, Y = np.array([[1, 2, 0.5], [0, 1, 4]]), np.array([[3, 0, 1]])
NETWORK = Network(2, 3, 1)
EXPECTED = Data.from_samples(Matrix(X), Matrix(Y))


def write_json(path, **content):
    path.write_text(json.dumps({"format": "linnet-exact/data", "version": 1, **content}))
    return path


def write_csv(path, table, first=()):
    lines = [*first, *(",".join(map(str, row)) for row in table)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_same_data_in_every_format(tmp_path):
    from safetensors.numpy import save_file

    np.savez(tmp_path / "a.npz", X=X, Y=Y)
    np.savez(tmp_path / "m.npz", Sigma=X @ X.T, Gamma=Y @ X.T, energy=np.float64((Y**2).sum()))
    save_file({"X": X, "Y": Y.astype(float)}, tmp_path / "a.safetensors")
    np.save(tmp_path / "a.npy", np.vstack([X, Y]))
    rows = [[str(x) for x in row] for row in X.tolist()]
    write_json(tmp_path / "a.json", X=rows, Y=Y.tolist())
    matrix = [[str(x) for x in row] for row in np.vstack([X, Y]).tolist()]
    (tmp_path / "b.json").write_text(
        json.dumps({"format": "linnet-exact/matrix", "version": 1, "matrix": matrix})
    )
    write_csv(tmp_path / "a.csv", np.vstack([X, Y]).tolist())
    named = [["x1", *X[0]], ["x2", *X[1]], ["y", *Y[0]]]
    write_csv(tmp_path / "named.csv", named)
    for name in (
        "a.npz",
        "m.npz",
        "a.safetensors",
        "a.npy",
        "a.json",
        "b.json",
        "a.csv",
        "named.csv",
    ):
        assert read_data(tmp_path / name, NETWORK) == EXPECTED, name


def test_samples_in_rows(tmp_path):
    np.savez(tmp_path / "a.npz", X=X.T, Y=Y.T)
    np.save(tmp_path / "a.npy", np.vstack([X, Y]).T)
    write_csv(tmp_path / "a.csv", np.vstack([X, Y]).T.tolist())
    write_csv(tmp_path / "named.csv", np.vstack([Y, X]).T.tolist(), ["y,x1,x2"])
    for name in ("a.npz", "a.npy", "a.csv", "named.csv"):
        assert read_data(tmp_path / name, NETWORK, samples_in_rows=True) == EXPECTED, name


def test_decimals_are_exact_in_csv_and_json(tmp_path):
    write_csv(tmp_path / "a.csv", [["0.1"], ["1e-3"]])
    assert read_data(tmp_path / "a.csv", Network(1, 1)).sigma == Matrix([["1/100"]])
    write_json(tmp_path / "a.json", X=[["0.1"]], Y=[["1/3"]])
    assert read_data(tmp_path / "a.json", Network(1, 1)).gamma == Matrix([["1/30"]])


def test_targets(tmp_path):
    M = np.array([[1.0, 0.5]])
    np.save(tmp_path / "M.npy", M)
    np.savez(tmp_path / "M.npz", M=M)
    write_csv(tmp_path / "M.csv", M.tolist())
    for name in ("M.npy", "M.npz", "M.csv"):
        assert read_target(tmp_path / name, NETWORK) == Data.from_target(Matrix(M)), name


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"X": X, "Y": np.ones((1, 4))}, "X has 3 samples and Y has 4; samples are columns"),
        (
            {"X": np.ones((3, 2)), "Y": np.ones((1, 2))},
            "the data has 3 inputs but the network of widths 2,3,1 has 2",
        ),
        ({"X": X, "Y": np.ones((2, 3))}, "the data has 2 outputs"),
        ({"X": np.array([[1, np.nan, 0], [0, 0, 0]]), "Y": Y}, "X: row 1, column 2: .*not nan"),
        ({"X": X, "Y": np.array([[0, -np.inf, 0]])}, "Y: row 1, column 2: .*not -inf"),
        ({"X": X}, "expected X and Y, or Sigma and Gamma .*; it has X"),
        ({"W": X, "V": X}, "expected X and Y .*neither|it has neither"),
        ({"X": X, "Y": Y, "Sigma": X, "Gamma": Y}, "expected X and Y, or"),
        ({"Sigma": np.array([[1, 2], [3, 4]]), "Gamma": np.ones((1, 2))}, "Sigma is not symmetric"),
        ({"Sigma": -np.eye(2), "Gamma": np.ones((1, 2))}, "2 negative eigenvalues"),
        ({"Sigma": np.eye(2), "Gamma": np.ones((1, 2)), "energy": np.ones(2)}, "energy"),
        (
            {"Sigma": np.diag([2, 0]), "Gamma": np.array([[3, 0]]), "energy": np.float64(4)},
            "energy is 4, but tr Y Y.T of samples with this Sigma and Gamma is at least 9/2; leave",
        ),
        ({"X": X.astype(complex), "Y": Y}, "complex128"),
    ],
)
def test_bad_arrays_are_named_in_one_line(tmp_path, arrays, words):
    path = tmp_path / "a.npz"
    np.savez(path, **arrays)
    with pytest.raises(FileError, match=words) as caught:
        read_data(path, NETWORK)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("1,2\n3\n", "line 2 has 1 entries, expected 2"),
        ("1\n2\nnan\n", "line 3, column 1: .*nan"),
        ("1\n2\n", "each sample has 2 numbers; widths 2,3,1 need 2 inputs and 1 outputs, 3 in all"),
        ("a,1\nb,2\nc,3\n", "'a' begins neither with x"),
        ("x,1\nx,2\ny,z\n", "line 3, column 2"),
        ("x\nx\ny\n", "names but no numbers"),
        ('"1\n', "not CSV"),
    ],
)
def test_bad_tables_are_named_in_one_line(tmp_path, text, words):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(FileError, match=words) as caught:
        read_data(path, NETWORK)
    assert "\n" not in str(caught.value)


def test_bad_json(tmp_path):
    path = write_json(tmp_path / "a.json", X=[[0.5]], Y=[[1]])
    with pytest.raises(FileError, match="may have been rounded"):
        read_data(path, Network(1, 1))
    write_json(path, X=[[1]], Y=[[1]], Z=[[1]])
    with pytest.raises(FileError, match='key "Z" is not known'):
        read_data(path, Network(1, 1))
    path.write_bytes(b"\xff")
    with pytest.raises(FileError, match="UTF-8"):
        read_data(path, Network(1, 1))
    with pytest.raises(FileError, match="No such file"):
        read_data(tmp_path / "none.csv", Network(1, 1))

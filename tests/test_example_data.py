"""The trained example is what tests/data/README.md says."""

from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parent / "data"


def test_both_files_hold_the_same_network():
    load_file = pytest.importorskip("safetensors.numpy").load_file
    tensors = load_file(DATA / "digits.safetensors")
    with np.load(DATA / "digits.npz") as arrays:
        assert arrays.files == sorted(tensors) == ["W1", "W2", "W3"]
        for name in arrays.files:
            assert arrays[name].dtype == np.float64
            assert np.array_equal(arrays[name], tensors[name])


def test_floating_point_sees_lower_ranks():
    with np.load(DATA / "digits.npz") as arrays:
        weights = [arrays[name] for name in arrays.files]
    alive = [np.count_nonzero(weight.any(axis=1)) for weight in weights]
    assert alive == [12, 11, 10]
    assert np.linalg.matrix_rank(weights[2] @ weights[1] @ weights[0]) == 9
    assert [np.linalg.matrix_rank(weight.astype(np.float32)) for weight in weights] == [9, 9, 9]

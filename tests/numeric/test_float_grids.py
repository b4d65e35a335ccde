"""Snapped weights whose entries are floats, exactly, with the ranks of the stratum."""

import numpy as np
import pytest

from linnet_exact import Barcode, Matrix, Weights
from linnet_exact.errors import InputError
from linnet_exact.numeric import snap
from linnet_exact.numeric.float_grids import are_floats
from linnet_exact.weights import sample


@pytest.mark.parametrize(("precision", "most"), [("float32", 0.1), ("float64", 1e-4)])
@pytest.mark.parametrize("barcode", ["0-0,0-2,1-1", "0-0,0-1:2,1-2,2-2", "0-0,1-1", "0-1,0-2"])
def test_entries_are_floats_and_ranks_are_exact(barcode, precision, most):
    random = np.random.default_rng(3)
    exact = sample(Barcode(barcode), seed=1)
    noisy = [
        (array + 1e-6 * random.standard_normal(array.shape)).astype(precision)
        for array in (matrix.to_numpy() for matrix in exact.matrices)
    ]
    tolerance = None if barcode == "0-0,1-1" else most  # W = 0 is as far away as W is large
    found = snap(Weights(noisy), tolerance, barcode, precision=precision)
    arrays = [matrix.to_numpy().astype(precision) for matrix in found.weights.matrices]
    again = Weights(arrays)
    assert again == found.weights
    assert again.barcode == Barcode(barcode)
    assert max(found.relative_distances) <= (tolerance or 1)


def test_weights_that_are_there_already_stay():
    theta = Weights([[[1.0, 2.0], [2.0, 4.0]]])
    found = snap(theta, barcode=theta.barcode, precision="float32")
    assert found.weights == theta
    rounded = snap(Weights([[["1/3", "2/3"]]]), barcode="0-0,0-1", precision="float32")
    assert are_floats(rounded.weights.matrices[0], "float32")
    assert max(rounded.relative_distances) < 1e-6


def test_layers_that_are_left_alone_are_not_changed():
    free = Weights([[[1.5, 0.1], [0.3, 2.0]], [[1.0, 1.0], [1.0, 1.0001]]])
    found = snap(free, barcode="0-1,0-2,2-2", precision="float64")
    assert found.weights.barcode == Barcode("0-1,0-2,2-2")
    left = snap(Weights([[[0.1, 0.7]], [[0.3]]]), barcode="0-0,0-2", precision="float64")
    assert left.weights == Weights([[[0.1, 0.7]], [[0.3]]])


def test_refusals():
    theta = Weights([[[1.0, 0.1], [0.3, 2.0]]])
    with pytest.raises(InputError, match="of the weights with entries that are float32"):
        snap(theta, barcode="0-0,0-1,1-1", tolerance=1e-9, precision="float32")
    with pytest.raises(InputError, match="precision must be float32 or float64"):
        snap(theta, barcode="0-0,0-1,1-1", precision="float16")
    with pytest.raises(InputError, match="no height beside it"):
        snap(theta, barcode="0-0,0-1,1-1", precision="float32", height=3)


def test_what_is_a_float():
    assert are_floats(Matrix([[2**24]]), "float32")
    assert not are_floats(Matrix([[2**24 + 1]]), "float32")
    assert are_floats(Matrix([[2.0**-149]]), "float32")
    assert not are_floats(Matrix([[2.0**-150]]), "float32")
    assert not are_floats(Matrix([[10**400]]), "float64")

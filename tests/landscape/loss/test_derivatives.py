import itertools
from random import Random

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.errors import InputError, ShapeError, TooLargeError
from linnet_exact.landscape import Data, gradient, hessian, inertia, loss, second_derivative
from linnet_exact.landscape.loss.derivatives import to_direction
from linnet_exact.weights import Weights, act
from tests.landscape.reference import random_matrix, symbolic_loss


@pytest.mark.parametrize("widths", [(2, 3), (1, 1, 1), (2, 1, 2), (2, 1, 2, 1), (1, 2, 1, 1, 1)])
def test_derivatives_are_those_of_sympy(widths):
    random = Random(3)
    theta = Weights([random_matrix(m, n, random) for n, m in itertools.pairwise(widths)])
    X, Y = random_matrix(widths[0], 4, random), random_matrix(widths[-1], 4, random)
    data = Data.from_samples(X, Y)
    expression, values = symbolic_loss(theta, X, Y)
    symbols = list(values)
    assert expression.subs(values) == sympy.Rational(str(loss(theta, data)))
    expected = [sympy.diff(expression, symbol).subs(values) for symbol in symbols]
    assert [x for part in gradient(theta, data) for x in part.to_sympy()] == expected
    H = hessian(theta, data)
    assert H.to_sympy() == sympy.hessian(expression, symbols).subs(values)


@given(seed=st.integers(0, 10**6))
def test_the_second_derivative_needs_no_hessian(seed):
    random = Random(seed)
    K = random.choice([Matrix([[1]]).field, NumberField("sqrt(2)")])
    widths = [random.randint(1, 3) for _ in range(random.randint(2, 4))]
    theta = Weights([random_matrix(m, n, random, K) for n, m in itertools.pairwise(widths)])
    data = Data.from_samples(
        random_matrix(widths[0], 2, random), random_matrix(widths[-1], 2, random)
    )
    x = random_matrix(theta.network.weight_dimension, 1, random)
    direction = to_direction(theta, x)
    found = second_derivative(theta, data, direction)
    assert found == (x.T @ hessian(theta, data) @ x)[0, 0]


def test_inertia_is_constant_along_the_hidden_group():
    random = Random(8)
    theta = Weights([random_matrix(3, 2, random), random_matrix(2, 3, random)])
    data = Data.from_target(random_matrix(2, 2, random))
    g = Matrix([[1, 2, 0], [0, 1, 5], [1, 0, 1]])
    moved = act([Matrix.identity(2), g, Matrix.identity(2)], theta)
    assert inertia(hessian(moved, data)) == inertia(hessian(theta, data))


def test_a_target_is_the_data_of_the_unit_vectors():
    M = Matrix([[1, "1/2"], [0, 3], [4, 0]])
    assert Data.from_target(M) == Data.from_samples(Matrix.identity(2), M)


def test_bad_data_is_named():
    with pytest.raises(ShapeError, match="X has 2 samples and Y has 3"):
        Data.from_samples(Matrix([[1, 2]]), Matrix([[1, 2, 3]]))
    with pytest.raises(InputError, match="Sigma is not symmetric: row 1, column 2"):
        Data(Matrix([[1, 2], [3, 4]]), Matrix([[1, 1]]))
    with pytest.raises(InputError, match="Sigma has 1 negative eigenvalue"):
        Data.from_moments(Matrix([[1, 2], [2, 1]]), Matrix([[1, 1]]))
    with pytest.raises(InputError, match="row 1 of Gamma"):
        Data.from_moments(Matrix([[1, 0], [0, 0]]), Matrix([[1, 1]]))
    with pytest.raises(ShapeError, match="the data has 1 inputs but the network of widths 2,1"):
        loss(Weights([[[1, 2]]]), Data.from_target(Matrix([[5]])))
    with pytest.raises(ShapeError, match="the data has 2 outputs"):
        loss(Weights([[[1]]]), Data.from_target(Matrix([[5], [6]])))
    with pytest.raises(ShapeError, match="at least one weight matrix"):
        second_derivative(Weights([[[1]]]), Data.from_target(Matrix([[5]])), [])
    with pytest.raises(TooLargeError, match="2000 weights"):
        hessian(Weights([Matrix.zero(20, 100)]), Data.from_target(Matrix.zero(20, 100)))

import itertools
from fractions import Fraction

import pytest

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.errors import InputError
from linnet_exact.landscape import Data, criticality
from linnet_exact.landscape.points.critical_points import critical_point
from linnet_exact.strata import Barcode
from linnet_exact.weights import Weights

TARGET = Data.from_target(Matrix([[2, 0], [0, 1]]))


def zeros(*widths):
    return Weights([Matrix.zero(m, n) for n, m in itertools.pairwise(widths)])


def test_a_point_that_is_not_critical():
    found = criticality(Weights([[[1, 0], [0, 1]]]), TARGET)
    assert not found.is_critical
    assert found.kind == "not critical"
    assert found.gradient == (Matrix([[-1, 0], [0, 0]]),)
    assert found.gradient_norm_squared == 1
    assert found.selected is None
    assert found.escape is None


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_the_origin(depth):
    found = criticality(zeros(*[2] * (depth + 1)), TARGET)
    assert found.selected == ()
    assert found.kind == ("strict saddle" if depth == 2 else "non-strict saddle")
    assert all(pivot.tightened == (depth > 2) for pivot in found.pivots)


def test_depth_one_has_nothing_but_the_minimum():
    X, Y = Matrix([[1, 2, 0], [0, 1, 1]]), Matrix([[1, 0, 2]])
    data = Data.from_samples(X, Y)
    best = criticality(Weights([data.regression]), data)
    assert best.is_critical
    assert best.kind == "global minimum"
    assert best.pivots == ()
    assert criticality(Weights([[[0, 0]]]), data).kind == "not critical"


def test_a_saddle_with_the_wrong_eigenvectors():
    theta = Weights([[[0, 0], [0, 1]], [[0, 0], [0, 1]]])
    found = criticality(theta, TARGET)
    assert (found.selected, found.kind, found.loss) == ((2,), "strict saddle", 2)
    assert found.escape.second_derivative < 0


def test_zero_gamma_makes_zero_the_minimum():
    found = criticality(zeros(2, 1, 2), Data.from_target(Matrix.zero(2, 2)))
    assert found.kind == "global minimum"
    assert found.selected == ()
    assert found.hypotheses.gamma_rank == 0
    assert found.inertia.negative == 0


def test_singular_sigma_is_undecided_and_the_hessian_is_given():
    data = Data.from_samples(Matrix([[1, 2], [0, 0]]), Matrix([[1, 1]]))
    found = criticality(zeros(2, 2, 1), data)
    assert found.kind == "undecided"
    assert "Sigma is singular" in found.hypotheses.failure
    assert found.selected is None
    assert found.inertia.negative > 0
    assert found.proved == "strict saddle"
    assert found.escape.second_derivative < 0
    theta = Weights([[[1, 0]], [["3/5"]]])
    minimum = criticality(theta, data)
    assert minimum.is_critical
    assert minimum.kind == "undecided"
    assert minimum.proved == "global minimum"


def test_equal_eigenvalues_are_undecided():
    found = criticality(zeros(2, 2, 2), Data.from_target(Matrix.identity(2)))
    assert found.kind == "undecided"
    assert "repeated" in found.hypotheses.failure
    assert found.hypotheses.distinct_eigenvalues is False
    assert found.proved == "strict saddle"


def test_fewer_samples_than_inputs_make_sigma_singular():
    data = Data.from_samples(Matrix([[1], [2], [3]]), Matrix([[1]]))
    assert criticality(zeros(3, 1, 1), data).kind == "undecided"


def test_more_outputs_than_inputs():
    data = Data.from_samples(Matrix([[1, 2]]), Matrix([[1, 1], [0, 2], [1, 0]]))
    found = criticality(zeros(1, 2, 3), data)
    assert found.hypotheses.gamma_rank == 1
    assert found.kind == "strict saddle"
    best = critical_point(Barcode.parse("0-2,1-1,2-2:2"), data, [1])
    assert criticality(best, data).kind == "global minimum"


def test_irrational_eigenvectors():
    data = Data.from_target(Matrix([[1, 1], [0, 1]]))
    theta = critical_point(Barcode.parse("0-0,0-2,1-1,2-2"), data, [2])
    assert theta.field.degree == 2
    found = criticality(theta, data)
    assert found.selected == (2,)
    assert found.kind == "strict saddle"


def test_data_over_a_number_field():
    K = NumberField("sqrt(2)")
    data = Data.from_target(Matrix([["a", 0], [0, 1]], K))
    found = criticality(zeros(2, 1, 2), data)
    assert found.kind == "strict saddle"
    theta = critical_point(Barcode.parse("0-0,0-2,2-2"), data, [1])
    assert criticality(theta, data).kind == "global minimum"


def test_fields_without_signs_are_refused():
    K = NumberField("x^2 + 1")
    with pytest.raises(InputError, match="no real embedding"):
        criticality(Weights([[["a"]]], K), Data.from_target(Matrix([[1]])))


def test_the_loss_at_a_critical_point_is_that_of_baldi_and_hornik():
    data = Data.from_target(Matrix([[3, 0, 0], [0, 2, 0], [0, 0, 1]]))
    for S in ([], [1], [3], [1, 3], [1, 2, 3]):
        r = len(S)
        bars = {"0-0": 3 - r, "1-1": 3 - r, "2-2": 3 - r, "0-2": r}
        theta = critical_point(
            Barcode.parse(",".join(f"{b}:{n}" for b, n in bars.items() if n)), data, S
        )
        assert criticality(theta, data).loss == Fraction(14 - sum((4 - s) ** 2 for s in S), 2)

"""Eigenvalues of data over Q(a), and critical points over the fields that they need."""

from fractions import Fraction

import numpy as np
import pytest

from linnet_exact.algebra import Matrix, NumberField
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.landscape import Data, any_selection, critical_point, criticality, landscape
from linnet_exact.landscape.inertia.eigenvalues import eigenvalues
from linnet_exact.landscape.points.conjugates import conjugates
from linnet_exact.landscape.points.products import critical_product
from linnet_exact.strata import Barcode, Network

SQRT2, CBRT2 = NumberField("sqrt(2)"), NumberField("cbrt(2)")
ONE_CLASS = Data.from_target(Matrix([["a", 1], [0, "1 - a"]], SQRT2))
TWO_CLASSES = Data.from_target(Matrix([["a", 0], [0, "1 - a"]], SQRT2))
CUBIC = Data.from_target(Matrix([["a", 1, 0], [0, "1 - a", 2], [1, "a^2", 1]], CBRT2))
SINGULAR = Data.from_samples(
    Matrix([["a", 1, 0], [1, 0, 1]], SQRT2), Matrix([[1, 0, 0], [0, "a", 1], ["a", 0, 1]], SQRT2)
)
# 4 - a + a = 4 + a - a: the conjugates of λ + a do not all differ.
COLLIDING = Data.from_moments(
    Matrix([["4 - a", 0], [0, "4 + a"]], SQRT2).inverse(), Matrix([[1, 0], [0, 1]])
)
REPEATED = Data.from_target(Matrix([["a", 0, 0], [0, "a", 0], [0, 0, "1 + a"]], SQRT2))
MIXED = Data.from_target(
    Matrix([["a", 1, 0, 0], [0, 2, 0, 0], [0, 0, 3, 1], [0, 0, "a", 1]], SQRT2)
)  # two pairs of conjugates
ALL = [ONE_CLASS, TWO_CLASSES, CUBIC, SINGULAR, COLLIDING, REPEATED, MIXED]


def floats(matrix: Matrix) -> np.ndarray:
    return np.array([[float(x) for x in row] for row in matrix.rows()])


def in_floats(data: Data) -> tuple[np.ndarray, np.ndarray]:
    return np.linalg.eigh(floats(data.explained))


@pytest.mark.parametrize("data", ALL)
def test_classes_have_the_sums_and_eigenvectors_that_floats_have(data: Data) -> None:
    values = [e for e in eigenvalues(data.explained) if not e.is_zero]
    found = conjugates(data, values)
    assert sorted((e for c in found for e in c.values), key=values.index) == values
    T = data.explained
    for c in found:
        assert float(c.sum) == pytest.approx(sum(float(e.enclosure()) for e in c.values))
        P = c.projection
        assert P == P.T == P @ P
        assert P @ T == T @ P
        assert P.rank() == sum(e.multiplicity for e in c.values)
        # No smaller part of the class has its eigenvectors over the field of the data.
        degrees = {len(c.polynomial) - 1}
        assert degrees == {data.field.degree * len(c.values)}


def test_how_many_classes_there_are() -> None:
    sizes = [
        [len(c.values) for c in conjugates(d, [e for e in eigenvalues(d.explained) if e.degree])]
        for d in ALL
        if d is not SINGULAR  # it has the eigenvalue 0
    ]
    assert sizes == [[2], [1, 1], [3], [1, 1], [1, 1], [2, 2]]


@pytest.mark.parametrize(
    ("data", "selected", "degree"),
    [
        (ONE_CLASS, [1], 4), (ONE_CLASS, [2], 4), (ONE_CLASS, [1, 2], 2), (ONE_CLASS, [], 2),
        (TWO_CLASSES, [2], 2), (CUBIC, [2], 9), (CUBIC, [1, 3], 9), (CUBIC, [1, 2, 3], 3),
        (SINGULAR, [1], 4), (MIXED, [1, 2], 8), (MIXED, [1], 4), (COLLIDING, [1], 2),
    ],
)  # fmt: skip
def test_products_are_those_of_floats(data: Data, selected: list[int], degree: int) -> None:
    W = critical_product(data, selected)
    assert W.field.degree == degree
    vectors = in_floats(data)[1][:, ::-1][:, [s - 1 for s in selected]]
    expected = vectors @ vectors.T @ floats(data.regression)
    np.testing.assert_allclose(floats(W), expected, atol=1e-9)


@pytest.mark.parametrize(
    ("data", "barcode", "selected"),
    [
        (ONE_CLASS, "0-0,0-2,1-1,2-2", (2,)),
        (TWO_CLASSES, "0-0,0-3,1-1,2-2,3-3", (1,)),
        (SINGULAR, "0-0,0-2,2-2:2", (1,)),
    ],
)
def test_points_are_critical_and_have_their_eigenvalues(
    data: Data, barcode: str, selected: tuple[int, ...]
) -> None:
    theta = critical_point(Barcode.parse(barcode), data, selected)
    found = criticality(theta, data)
    assert found.is_critical
    assert found.selected == selected
    values = in_floats(data)[0][::-1]
    loss = (float(data.energy) - sum(values[s - 1] for s in selected)) / 2
    assert float(found.loss) == pytest.approx(loss)


def test_a_set_that_needs_no_larger_field_is_preferred() -> None:
    assert any_selection(Barcode.parse("0-0,0-2:2,1-1,2-2"), CUBIC) == (1, 2)
    pair = any_selection(Barcode.parse("0-0:2,0-2:2,1-1:2,2-2:2"), MIXED)
    assert critical_product(MIXED, pair).field.degree == 2


def test_fields_of_too_large_a_degree_are_refused_with_the_degree() -> None:
    rows = [[3, 1, 0, "a", 0], [0, 2, 1, 0, 1], [1, 0, "a", 1, 0], [0, 1, 0, 5, 1], [1, 0, 1, 0, 7]]
    data = Data.from_target(Matrix(rows, SQRT2))
    with pytest.raises(TooLargeError, match="degree 40 over Q; the limit is 24"):
        critical_product(data, [1, 2])


@pytest.mark.parametrize("data", ALL)
def test_critical_values_are_those_of_floats(data: Data) -> None:
    outputs, inputs = data.gamma.shape
    values = in_floats(data)[0][::-1]
    for value in landscape(Network(inputs, 2, outputs), data).values():
        expected = (float(data.energy) - sum(values[s - 1] for s in value.selected)) / 2
        assert float(value.enclosure()) == pytest.approx(expected, abs=1e-9)


def test_losses_are_exact_where_the_field_has_them() -> None:
    values = landscape(Network(2, 2, 2), TWO_CLASSES).values()
    assert [value.exact for value in values] == ["5/2 - a", "3/2 - a", "1", "0"]
    *_, last = landscape(Network(3, 3, 3), CUBIC).values()
    assert last.exact == "0"
    repeated = [v.exact for v in landscape(Network(3, 3, 3), REPEATED).values() if v.rank == 2]
    assert repeated == ["1", str(Fraction(3, 2)) + " + a"]


@pytest.mark.parametrize(("polynomial", "hint"), [("x^2 + 1", False), ("x^2 - 2", True)])
def test_fields_without_a_real_embedding_are_refused(polynomial: str, hint: bool) -> None:
    K = NumberField(polynomial)
    with pytest.raises(InputError, match=r"target is over .* which has no real emb") as refused:
        Data.from_target(Matrix([["a", 1]], K))
    assert ("near=" in str(refused.value)) == hint
    with pytest.raises(InputError, match="Y is over"):
        Data.from_samples(Matrix([[1]]), Matrix([["a"]], K))

"""Complex conjugation: under every embedding it is that of the complex numbers."""

import pytest
from flint import acb_poly, ctx
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Matrix, NumberField, Subspace, Weights
from linnet_exact.algebra.fields.conjugation import conjugate_of_generator
from linnet_exact.errors import InputError
from linnet_exact.weights.spaces.tangent import tangent_basis

CM = [
    "x^2 + 1",
    "x^2 + x + 1",
    "3*x^2 + 2*x + 5",
    "x^4 + 1",
    "x^4 + 5*x^2 + 5",
    "x^2 + 2*x + 10^30",
]
CM += ["x^4 + x^3 + x^2 + x + 1", "x^6 + x^3 + 1", "7*x^4 + 21*x^2 + 7/2"]
REAL = ["sqrt(2)", "x^2 - 2", "x^3 - 2", "x^4 - 2"]
NEITHER = ["x^4 + x + 1", "x^4 + 2*x^2 + 2", "x^6 + x + 1"]


FRACTIONS = ["16*x^4 + 8*x^3 + 4*x^2 + 2*x + 1", "81*x^4 + 27*x^3 + 9*x^2 + 3*x + 1"]


@pytest.mark.parametrize("text", CM + FRACTIONS)
def test_the_image_of_the_generator(text: str) -> None:
    field = NumberField(text)
    image = conjugate_of_generator(field)
    assert image is not None
    with ctx.workprec(300):
        for root, _ in field.integer_polynomial.complex_roots():
            assert acb_poly(image._polynomial)(root).overlaps(root.conjugate())


@pytest.mark.parametrize("text", NEITHER)
def test_fields_without_orthogonality(text: str) -> None:
    field = NumberField(text)
    with pytest.raises(InputError, match="no complex conjugation of its own"):
        Subspace([[1, "a"]], field).orthogonal_complement()
    with pytest.raises(InputError, match="no orthogonality over it"):
        tangent_basis(Weights([Matrix([[1]], field), Matrix([["a"]], field)]))


@pytest.mark.parametrize("text", CM + REAL)
@given(numbers=st.lists(st.integers(-2, 2), min_size=12, max_size=12))
def test_a_space_and_its_complement_span_everything(text: str, numbers: list[int]) -> None:
    field = NumberField(text)
    entries = [field.element([a, b], 1) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    space = Subspace([entries[:3], entries[3:]], field)
    complement = space.orthogonal_complement()
    assert space.dimension + complement.dimension == 3 == (space + complement).dimension
    assert complement.orthogonal_complement() == space


@pytest.mark.parametrize("text", CM + REAL)
@pytest.mark.parametrize("space", ["stratum", "orbit", "fiber"])
def test_tangent_and_normal_vectors_span_weight_space(text: str, space) -> None:
    field = NumberField(text)
    for weights in ([[[1]], [["a"]]], [[[1, "a"]], [["a"], [1]]], [[["a", 1], [1, 0]], [[0, 0]]]):
        theta = Weights([Matrix(rows, field) for rows in weights])
        basis = tangent_basis(theta, space)
        whole = theta.network.weight_dimension
        assert Matrix.vstack([basis.tangent, basis.normal]).rank() == whole
        assert basis.check()
        if space == "stratum":
            assert Subspace(basis.tangent) == theta.tangent_space()
            assert Subspace(basis.normal) == theta.normal_space()


def test_the_check_notices_a_normal_vector_that_is_tangent() -> None:
    field = NumberField("x^2 + 1")
    basis = tangent_basis(Weights([Matrix([[1]], field), Matrix([["a"]], field)]))
    broken = type(basis)(
        basis.weights,
        basis.space,
        basis.tangent,
        basis.tangent,
        basis.tangent_labels,
        basis.normal_labels,
    )
    assert not broken.check()

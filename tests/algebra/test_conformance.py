"""The laws that hold over every field: one entry more in `FIELDS` tests a new field by all of them.

Elements are compared with rational matrices: the companion matrix C of the minimal polynomial
makes Q(a) a ring of e x e matrices, c_0 + c_1 a + ... being c_0 + c_1 C + .... Matrices are
compared with the textbook algorithms of `reference`, carried out entry by entry.
"""

import copy
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linnet_exact.algebra import QQ, Field, Matrix, Subspace
from linnet_exact.algebra.fields.field import Scalar, common_field
from linnet_exact.errors import InputError
from tests.algebra.reference import determinant, multiply, rank_by_minors, reduced_echelon
from tests.strategies import FIELDS, elements, matrices, rationals, subspaces
from tests.strategies_fields import REAL_FIELDS

over_every_field = pytest.mark.parametrize("field", FIELDS, ids=repr)
FEWER = settings(max_examples=settings().max_examples // 3)
SQUARES = st.shared(st.integers(0, 3), key="size of a square matrix")


def law(test: Callable[[Field, st.DataObject], None]) -> Callable[[Field], None]:
    """Try a law over every field, less often where it takes long."""
    at_random = given(data=st.data())(test)
    less_often = FEWER(given(data=st.data())(test))

    @over_every_field
    def run(field: Field) -> None:
        (less_often if field.degree >= 8 else at_random)(field)

    return run


def as_rational_matrix(field: Field, value: Scalar) -> list[list[Fraction]]:
    """The matrix of multiplication by an element, from powers of the companion matrix."""
    e = field.degree
    companion = [
        [Fraction(i == j + 1) if j < e - 1 else -field.minimal_polynomial[i] for j in range(e)]
        for i in range(e)
    ]
    power = [[Fraction(i == j) for j in range(e)] for i in range(e)]
    numbers, denominator = field.coordinates(value)
    total = [[Fraction(0)] * e for _ in range(e)]
    for number in numbers:
        scale = Fraction(number, denominator)
        total = [
            [x + scale * y for x, y in zip(*rows, strict=True)]
            for rows in zip(total, power, strict=True)
        ]
        power = multiply(power, companion, e)
    return total


def entries(matrix: Matrix) -> list[list[Any]]:
    return matrix.rows()


# Elements


@law
def test_ring_operations(field: Field, data: st.DataObject) -> None:
    x, y = data.draw(elements(field)), data.draw(elements(field))
    a, b = as_rational_matrix(field, x), as_rational_matrix(field, y)
    pairs = [list(zip(*rows, strict=True)) for rows in zip(a, b, strict=True)]
    assert as_rational_matrix(field, x + y) == [[p + q for p, q in row] for row in pairs]
    assert as_rational_matrix(field, x - y) == [[p - q for p, q in row] for row in pairs]
    assert as_rational_matrix(field, x * y) == multiply(a, b, field.degree)
    assert (x == y) == (a == b)
    assert x + y - y == x
    assert hash(x + y - y) == hash(x)


@law
def test_division(field: Field, data: st.DataObject) -> None:
    x, y = data.draw(elements(field)), data.draw(elements(field))
    if y == 0:
        with pytest.raises(ZeroDivisionError):
            x / y
    else:
        assert x / y * y == x
        assert y * (1 / y) == 1


@law
def test_elements_round_trip(field: Field, data: st.DataObject) -> None:
    x = data.draw(elements(field))
    assert field(x) == x
    assert field.element(*field.coordinates(x)) == x
    assert field(field.format(x)) == x
    assert field(field.to_sympy(x)) == x
    assert pickle.loads(pickle.dumps(x)) == x
    assert copy.deepcopy(x) == x
    assert "\n" not in field.latex(x)


@over_every_field
@given(value=rationals())
def test_rationals_lie_in_every_field(field: Field, value: Fraction) -> None:
    x = field(value)
    assert x == value
    assert hash(x) == hash(value)
    assert QQ(x) == value
    assert x + Fraction(1, 2) == value + Fraction(1, 2)
    assert float(x) == float(value)


@pytest.mark.parametrize("field", [QQ, *REAL_FIELDS], ids=repr)
@given(data=st.data())
def test_the_order_is_that_of_the_real_values(field: Field, data: st.DataObject) -> None:
    x, y = data.draw(elements(field)), data.draw(elements(field))
    assert (x < y) + (x == y) + (x > y) == 1
    assert (x < y) == (x - y < 0)
    assert float(x) == pytest.approx(float(field.to_sympy(x).evalf(40)), rel=1e-12, abs=1e-12)


@over_every_field
def test_what_is_not_in_the_field_is_refused(field: Field) -> None:
    for value in (float("nan"), float("inf"), None, 1j, [1], "", "one", b"1"):
        with pytest.raises(InputError):
            field(value)


@over_every_field
def test_fields_are_values(field: Field) -> None:
    assert pickle.loads(pickle.dumps(field)) == field == copy.deepcopy(field)
    assert hash(pickle.loads(pickle.dumps(field))) == hash(field)
    assert field.minimal_polynomial[-1] == 1
    assert len(field.minimal_polynomial) == field.degree + 1
    assert common_field([QQ, field, QQ, field]) == field


# Matrices


@law
def test_sums_and_products(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    b = data.draw(matrices(field, *a.shape))
    c = data.draw(matrices(field, nrows=a.ncols))
    x = data.draw(elements(field))
    pairs = [zip(*rows, strict=True) for rows in zip(entries(a), entries(b), strict=True)]
    assert entries(a + b) == [[p + q for p, q in row] for row in pairs]
    assert entries(a @ c) == multiply(entries(a), entries(c), c.ncols)
    assert (a @ c).shape == (a.nrows, c.ncols)
    assert entries(x * a) == [[x * y for y in row] for row in entries(a)]
    assert a * x == x * a
    assert a - b + b == a
    assert (a - a).is_zero()
    assert -a + a == Matrix.zero(*a.shape)
    assert (a + b) @ c == a @ c + b @ c
    assert (a @ c).T == c.T @ a.T
    assert a @ Matrix.identity(a.ncols, field) == a == Matrix.identity(a.nrows, field) @ a


@law
def test_kronecker_product(field: Field, data: st.DataObject) -> None:
    small = st.integers(0, 2)
    a, b = (data.draw(matrices(field, small, small)) for _ in "ab")
    k = a.kronecker(b)
    (m, n), (p, q) = a.shape, b.shape
    assert k.shape == (m * p, n * q)
    for i in range(m * p):
        for j in range(n * q):
            assert k[i, j] == a[i // p, j // q] * b[i % p, j % q]


@law
def test_rank_and_echelon_form(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    form, pivots = a.rref()
    assert (entries(form), pivots) == reduced_echelon(entries(a), a.ncols)
    assert form.ncols == a.ncols
    assert a.rank() == a.T.rank() == len(pivots) == rank_by_minors(entries(a), a.ncols)


@law
def test_determinant_and_inverse(field: Field, data: st.DataObject) -> None:
    a, b = (data.draw(matrices(field, SQUARES, SQUARES)) for _ in "ab")
    assert a.det() == determinant(entries(a))
    assert (a @ b).det() == a.det() * b.det()
    if a.det() == 0:
        with pytest.raises(InputError, match="singular"):
            a.inverse()
    else:
        assert a @ a.inverse() == Matrix.identity(a.nrows) == a.inverse() @ a


@law
def test_linear_systems(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    b = data.draw(matrices(field, nrows=a.nrows, ncols=st.integers(0, 2)))
    if all(column in a.column_space() for column in entries(b.T)):
        x = a.solve(b)
        assert x.shape == (a.ncols, b.ncols)
        assert a @ x == b
        free = [j for j in range(a.ncols) if j not in a.rref()[1]]
        assert x[free, :].is_zero()
    else:
        with pytest.raises(InputError, match="no solution"):
            a.solve(b)


@law
def test_null_row_and_column_space(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    null, rows, columns = a.null_space(), a.row_space(), a.column_space()
    assert (null.ambient_dimension, rows.ambient_dimension) == (a.ncols, a.ncols)
    assert columns.ambient_dimension == a.nrows
    assert null.dimension == a.ncols - a.rank()
    assert rows.dimension == columns.dimension == a.rank()
    assert (a @ null.basis.T).is_zero()
    assert all(row in rows for row in entries(a))
    assert all(column in columns for column in entries(a.T))
    for space in (null, rows, columns):
        assert space.basis.rref() == (space.basis, space.pivots)


@law
def test_matrices_are_values(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    # The same matrix by another way is equal, and hashes and prints alike.
    other = (3 * a + a) * Fraction(1, 4)
    assert a == other
    assert hash(a) == hash(other)
    assert repr(a) == repr(other)
    assert Matrix(entries(a), field, a.shape) == a
    for twin in (pickle.loads(pickle.dumps(a)), copy.copy(a), copy.deepcopy(a)):
        assert twin == a
        assert (twin.field, twin.shape, hash(twin)) == (a.field, a.shape, hash(a))


@over_every_field
@given(a=matrices(QQ))
def test_a_rational_matrix_is_the_same_over_every_field(field: Field, a: Matrix) -> None:
    lifted = a.change_field(field)
    assert lifted == a
    assert hash(lifted) == hash(a)
    assert lifted.change_field(QQ) == a
    assert lifted.change_field(QQ).field is QQ
    assert lifted.row_space() == a.row_space()
    assert hash(lifted.row_space()) == hash(a.row_space())
    assert (a + lifted).field == field
    assert a.to_flint() == lifted.to_flint()


@law
def test_indexing_and_joining(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    i, j = (data.draw(st.integers(0, size)) for size in a.shape)
    left, right, top, bottom = a[:, :j], a[:, j:], a[:i, :], a[i:, :]
    assert Matrix.hstack([left, right]) == a == Matrix.vstack([top, bottom])
    assert (left.shape, bottom.shape) == ((a.nrows, j), (a.nrows - i, a.ncols))
    assert a[::-1, :][::-1, :] == a
    blocks = Matrix.block_diagonal([left, right])
    assert blocks[: a.nrows, :j] == left
    assert blocks[a.nrows :, j:] == right
    assert blocks.rank() == left.rank() + right.rank()


@law
def test_to_sympy_and_back(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field, st.integers(0, 2), st.integers(0, 2)))
    assert Matrix(a.to_sympy(), field) == a


# Subspaces


@law
def test_lattice_of_subspaces(field: Field, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 4))
    u, v, w = (data.draw(subspaces(field, n)) for _ in "uvw")
    total, common = u + v, u & v
    assert total.dimension + common.dimension == u.dimension + v.dimension
    assert common <= u <= total
    assert total >= v >= common
    assert u + v == v + u
    assert u & v == v & u
    assert (u + v) + w == u + (v + w)
    assert (u & v) & w == u & (v & w)
    assert u + (u & v) == u == u & (u + v)
    assert u + (v & (u + w)) == (u + v) & (u + w)  # modular law
    assert (u <= v) == (total == v) == (common == u)
    assert (u < v) == (u <= v and u != v)


@law
def test_orthogonal_complement(field: Field, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 4))
    u, v = (data.draw(subspaces(field, n)) for _ in "uv")
    normal = u.orthogonal_complement()
    assert normal.dimension == n - u.dimension
    assert (u.basis @ normal.basis.conjugate().T).is_zero()
    assert (u.basis @ u.annihilator().basis.T).is_zero()
    assert normal.orthogonal_complement() == u
    assert (u + v).orthogonal_complement() == normal & v.orthogonal_complement()
    assert (u & v).orthogonal_complement() == normal + v.orthogonal_complement()
    # No vector is orthogonal to itself.
    assert u & normal == Subspace.zero(n)
    assert u + normal == Subspace.whole(n)


@law
def test_complement_is_direct(field: Field, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 4))
    u, v = (data.draw(subspaces(field, n)) for _ in "uv")
    for larger in (u + v, Subspace.whole(n, field)):
        rest = u.complement(larger)
        assert u + rest == larger
        assert u & rest == Subspace.zero(n)
        assert rest.basis.rref() == (rest.basis, rest.pivots)
    assert u.complement() == u.complement(Subspace.whole(n, field))
    if not u <= v:
        with pytest.raises(InputError, match="contains this one"):
            u.complement(v)


@law
def test_image_and_preimage(field: Field, data: st.DataObject) -> None:
    a = data.draw(matrices(field))
    u, v = data.draw(subspaces(field, a.ncols)), data.draw(subspaces(field, a.nrows))
    image, preimage = u.image(a), v.preimage(a)
    assert (image.ambient_dimension, preimage.ambient_dimension) == (a.nrows, a.ncols)
    assert (image <= v) == (u <= preimage)  # a Galois connection
    assert preimage.image(a) == v & a.column_space()
    assert image.preimage(a) == u + a.null_space()
    assert image.dimension == u.dimension - (u & a.null_space()).dimension
    assert preimage.dimension == a.ncols - a.rank() + (v & a.column_space()).dimension
    assert (
        v.orthogonal_complement().image(a.conjugate().T) == preimage.orthogonal_complement()
    )  # adjoint
    assert Subspace.whole(a.ncols).image(a) == a.column_space()
    assert Subspace.zero(a.nrows).preimage(a) == a.null_space()


@law
def test_a_subspace_has_one_name(field: Field, data: st.DataObject) -> None:
    u = data.draw(subspaces(field))
    mix = data.draw(matrices(field, ncols=u.dimension))
    other = Subspace(Matrix.vstack([mix @ u.basis, u.basis[::-1, :]]))
    assert other == u
    assert hash(other) == hash(u)
    assert repr(other) == repr(u)
    assert Subspace(mix @ u.basis) <= u
    for twin in (pickle.loads(pickle.dumps(u)), copy.copy(u), copy.deepcopy(u)):
        assert twin == u
        assert (twin.pivots, hash(twin)) == (u.pivots, hash(u))


@law
def test_membership(field: Field, data: st.DataObject) -> None:
    u = data.draw(subspaces(field))
    row = data.draw(matrices(field, 1, u.dimension)) @ u.basis
    assert row in u
    assert row.T in u
    assert entries(row)[0] in u
    for vector in entries(u.complement().basis):
        assert vector not in u
    line = data.draw(matrices(field, 1, u.ambient_dimension))
    assert (line in u) == (u + Subspace(line) == u)

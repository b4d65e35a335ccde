"""Laws of subspaces: of their lattice, of complements, images and preimages."""

import copy
import pickle

import pytest
from hypothesis import strategies as st

from linnet_exact.algebra import Field, Matrix, Subspace
from linnet_exact.errors import InputError
from tests.algebra.laws import entries, law
from tests.strategies import matrices, subspaces


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

"""The lattice reduction of the stand-alone checker: its running Gram determinants stay true."""

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.files.certificates.both import script

BASES = st.integers(2, 5).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(-30, 30), min_size=n, max_size=n), min_size=2, max_size=n
    )
)


factors = script("checker.factors")


def gram_data(basis: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    determinants, mu = factors.gram_schmidt(basis)
    return determinants, [[mu[i][j] for j in range(i)] for i in range(len(basis))]


@given(basis=BASES, data=st.data())
def test_steps_leave_what_gram_schmidt_finds_anew(
    basis: list[list[int]], data: st.DataObject
) -> None:
    determinants, mu = factors.gram_schmidt(basis)
    assume(all(determinants))
    rows = [list(row) for row in basis]
    for _ in range(4):
        k = data.draw(st.integers(1, len(rows) - 1))
        if data.draw(st.booleans()):
            factors.swap(rows, determinants, mu, k)
        else:
            factors.reduce_by(rows, determinants, mu, k, data.draw(st.integers(0, k - 1)))
        fresh = gram_data(rows)
        assert (determinants, [mu[i][:i] for i in range(len(rows))]) == fresh


@given(basis=BASES)
def test_the_lattice_is_kept_and_its_basis_reduced(basis: list[list[int]]) -> None:
    start = factors.gram_schmidt(basis)[0]
    assume(all(start))
    reduced = factors.shorter([list(row) for row in basis], 10**30)
    determinants, mu = factors.gram_schmidt(reduced)
    assert determinants[-1] == start[-1]
    for k in range(1, len(reduced)):
        assert all(2 * abs(mu[k][j]) <= determinants[j + 1] for j in range(k))
        lovasz = 4 * (determinants[k + 1] * determinants[k - 1] + mu[k][k - 1] ** 2)
        assert lovasz >= 3 * determinants[k] ** 2

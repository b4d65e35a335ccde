"""The lattice reduction of the stand-alone checker: its running Gram determinants stay true."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.files.certificates.both import script

# With small entries, Gram determinants go up and down.
factors = script("checker.factors")


@st.composite
def bases(draw: st.DrawFn) -> list[list[int]]:
    """Independent rows. With small entries, Gram determinants go up and down."""
    n, most = draw(st.integers(2, 5)), draw(st.sampled_from([1, 2, 30]))
    entries = st.lists(st.integers(-most, most), min_size=n, max_size=n)
    rows = draw(st.lists(entries, min_size=2, max_size=n))
    assume(len(factors.reduced(rows, n)) == len(rows))
    return rows


def gram_data(basis: list[list[int]]) -> tuple[list[int], list[list[int]]]:
    determinants, mu = factors.gram_schmidt(basis)
    return determinants, [[mu[i][j] for j in range(i)] for i in range(len(basis))]


@settings(max_examples=40)
@given(basis=bases(), data=st.data())
def test_steps_leave_what_gram_schmidt_finds_anew(
    basis: list[list[int]], data: st.DataObject
) -> None:
    determinants, mu = factors.gram_schmidt(basis)
    rows = [list(row) for row in basis]
    for _ in range(4):
        k = data.draw(st.integers(1, len(rows) - 1))
        if data.draw(st.booleans()):
            factors.swap(rows, determinants, mu, k)
        else:
            j = data.draw(st.integers(0, k - 1))
            factors.reduce_by(rows, determinants, mu, k, j)
            assert 2 * abs(mu[k][j]) <= determinants[j + 1]
        fresh = gram_data(rows)
        assert (determinants, [mu[i][:i] for i in range(len(rows))]) == fresh


@given(basis=bases())
def test_the_lattice_is_kept_and_its_basis_reduced(basis: list[list[int]]) -> None:
    start = factors.gram_schmidt(basis)[0]
    reduced = factors.shorter([list(row) for row in basis], 10**30)
    determinants, mu = factors.gram_schmidt(reduced)
    assert determinants[-1] == start[-1]
    for k in range(1, len(reduced)):
        assert all(2 * abs(mu[k][j]) <= determinants[j + 1] for j in range(k))
        lovasz = 4 * (determinants[k + 1] * determinants[k - 1] + mu[k][k - 1] ** 2)
        assert lovasz >= 3 * determinants[k] ** 2


def test_a_determinant_that_falls() -> None:
    rows = [[2, 2, 1], [1, 1, 1], [0, 0, 1]]
    determinants, mu = factors.gram_schmidt(rows)
    assert determinants == [1, 9, 2, 0]
    factors.reduce_by(rows, determinants, mu, 2, 1)
    assert (mu[2][1], rows[2]) == (0, [-2, -2, -1])

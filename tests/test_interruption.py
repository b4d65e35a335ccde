"""Long calls of FLINT are made in a fork: same answers and errors, and Ctrl-C ends them."""

import os
import signal
from random import Random

import pytest
from flint import fmpq_mat, fmpz_mat, nmod_mat

from linnet_exact import Matrix, NumberField, interruption
from linnet_exact.interruption import interruptible, product

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks need a Unix")


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Make every call in a fork; return the list of the numbers of these processes."""
    for name in ("_MODULAR", "_PRODUCTS", "_ELIMINATIONS", "_WORDS_TO_SEND"):
        monkeypatch.setattr(interruption, name, 0)
    forks: list[int] = []
    fork = os.fork

    def counted() -> int:
        child = fork()
        if child:
            forks.append(child)
        return child

    monkeypatch.setattr(os, "fork", counted)
    return forks


def matrix(rows: int, columns: int, seed: int = 0) -> fmpz_mat:
    random = Random(seed)
    return fmpz_mat(
        rows, columns, [random.randrange(-(10**30), 10**30) for _ in range(rows * columns)]
    )


def test_answers_are_the_same(always: list[int]) -> None:
    square, wide = matrix(5, 5), matrix(4, 7)
    small = nmod_mat(wide, 2**31 - 1)
    for call, value in (
        (fmpz_mat.det, square),
        (fmpz_mat.charpoly, square),
        (fmpq_mat.charpoly, fmpq_mat(square) / 7),
        (fmpz_mat.rref, wide),
        (fmpz_mat.hnf, wide),
        (fmpz_mat.lll, wide),
        (nmod_mat.rank, small),
        (nmod_mat.rref, small),
    ):
        assert interruptible(call, value) == call(value)
    assert interruptible(fmpz_mat.solve, square, square) == square.solve(square)
    assert product(square, square) == square * square
    assert product(small, small.transpose()) == small * small.transpose()
    assert len(always) == 11


def test_errors_are_the_same(always: list[int]) -> None:
    with pytest.raises(ZeroDivisionError, match="singular"):
        interruptible(fmpz_mat.solve, fmpz_mat(3, 3), fmpz_mat(3, 3))
    with pytest.raises(ValueError, match="square"):
        interruptible(fmpz_mat.det, matrix(2, 3))
    assert len(always) == 2


@pytest.mark.parametrize("field", [None, "sqrt(2)"])
def test_matrices_do_not_notice(always: list[int], field: str | None) -> None:
    options = {} if field is None else {"field": NumberField(field)}
    random = Random(3)
    rows = [[random.randrange(-9, 9) for _ in range(4)] for _ in range(3)]
    value = Matrix(rows, **options)
    square = value @ value.T
    assert square.rank() == 3
    assert square @ square.inverse() == Matrix.identity(3, value.field)
    assert (value @ value.null_space().basis.T).is_zero()
    assert square.det() == square.charpoly()[0] * (-1) ** 3
    assert always


def interrupt(_: fmpz_mat) -> None:
    os.kill(os.getppid(), signal.SIGINT)
    signal.pause()


def test_ctrl_c_ends_the_waiting_and_the_fork(always: list[int]) -> None:
    with pytest.raises(KeyboardInterrupt):
        interruptible(interrupt, matrix(2, 2))
    with pytest.raises(ChildProcessError):  # it is not left behind
        os.waitpid(always[0], os.WNOHANG)


def test_a_fork_that_is_killed(always: list[int]) -> None:
    with pytest.raises(MemoryError, match="without an answer"):
        interruptible(lambda _: os.kill(os.getpid(), signal.SIGKILL), matrix(2, 2))


def test_small_calls_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert interruptible(fmpz_mat.rank, matrix(20, 20)) == 20
    assert product(matrix(20, 20), matrix(20, 20)).nrows() == 20

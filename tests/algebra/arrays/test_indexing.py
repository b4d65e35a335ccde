"""Indices and masks, against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact import Matrix
from linnet_exact.errors import InputError

TABLE = np.arange(12).reshape(3, 4)
A = Matrix(TABLE)


@given(st.lists(st.booleans(), min_size=4, max_size=4), st.booleans())
def test_masks_take_what_numpy_takes(mask: list[bool], as_array: bool) -> None:
    index = np.array(mask) if as_array else mask
    assert A[:, index] == Matrix(TABLE[:, mask], shape=(3, sum(mask)))
    assert A.T[index, :] == Matrix(TABLE.T[mask, :], shape=(sum(mask), 3))


def test_numpy_integers_are_indices() -> None:
    assert A[np.int64(1), np.uint8(2)] == 6
    assert A[np.array([2, 0]), :] == Matrix(TABLE[[2, 0], :])


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ([True, False], "must have 4 booleans, one for each column, not 2"),
        ([0, True, 1, 2], "must not mix integers and booleans"),
        (True, "must be an integer, not True"),
        (np.bool_(False), "must be an integer, not False"),
        (None, "must be an integer, a slice or a list"),
        (1.0, "must be an integer, a slice or a list"),
        ([[0]], "must be an integer, a slice or a list"),
    ],
)
def test_what_is_no_index(index: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        A[:, index]  # type: ignore[call-overload]

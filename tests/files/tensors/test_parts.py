"""Parts of arrays in files, beside what NumPy's own indexing gives."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, basic_indices

from linnet_exact.errors import FileError
from linnet_exact.files.tensors import parts
from linnet_exact.files.tensors.parts import columns_first, part_of_file


@st.composite
def arrays_and_indices(draw):
    shape = draw(array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=7))
    index = draw(basic_indices(shape, allow_newaxis=False, allow_ellipsis=False))
    index = index if isinstance(index, tuple) else (index,)
    return shape, index


@given(arrays_and_indices(), st.sampled_from(["<f8", ">f4", "<i2", "|u1"]), st.booleans())
@pytest.mark.parametrize("run", [0, 20, 2**16])
def test_the_same_as_numpy(
    monkeypatch_module, run: int, case, dtype: str, by_columns: bool
) -> None:
    monkeypatch_module.setattr(parts, "_RUN", run)
    shape, index = case
    order = "F" if by_columns else "C"
    array = np.arange(np.prod(shape, dtype=int)).astype(dtype).reshape(shape)
    stream = BytesIO(b"head" + array.tobytes(order))
    strides = columns_first(shape) if by_columns else None
    found = part_of_file(stream, 4, dtype, shape, index, strides)
    expected = array[index]
    assert found.shape == expected.shape
    assert found.tolist() == expected.tolist()


@given(arrays_and_indices(), st.data())
@pytest.mark.parametrize("run", [0, 20, 2**16])
def test_any_strides(monkeypatch_module, run: int, case, data) -> None:
    """Axes in any order, with gaps, overlapping, or repeated (a stride of 0)."""
    monkeypatch_module.setattr(parts, "_RUN", run)
    shape, index = case
    strides = tuple(data.draw(st.integers(0, 50)) for _ in shape)
    entries = np.arange(1 + sum(size * step for size, step in zip(shape, strides, strict=True)))
    stored = entries.astype("<i2")
    array = np.lib.stride_tricks.as_strided(stored, shape, [2 * step for step in strides])
    found = part_of_file(BytesIO(b"head" + stored.tobytes()), 4, "<i2", shape, index, strides)
    assert found.shape == array[index].shape
    assert found.tolist() == array[index].tolist()


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_little_more_is_read_than_what_is_asked_for() -> None:
    class Counting(BytesIO):
        count = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.count += len(data)
            return data

    stream = Counting(bytes(8 * 4000 * 4000))
    part_of_file(stream, 0, "<f8", (4000, 4000), (slice(0, None, 400), slice(0, 8)))
    assert stream.count == 10 * 8 * 8


def test_what_is_not_there_is_missed() -> None:
    for length in range(48):
        with pytest.raises(FileError, match="the file is cut short"):
            part_of_file(BytesIO(bytes(length)), 0, "<f8", (2, 3), ())


def test_axes_are_not_long_without_entries_either() -> None:
    with pytest.raises(FileError, match="4611686018427387904 entries are more than"):
        part_of_file(BytesIO(), 0, "<f4", (2**62, 0), ())
    assert part_of_file(BytesIO(), 0, "<f4", (2**62, 0), (slice(0, 3),)).shape == (3, 0)

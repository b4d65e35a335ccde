"""Files with random damage are read, or refused in one line with their name; nothing else."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import FileError
from linnet_exact.files import read_weights

DATA = Path(__file__).parents[1] / "data"


def compressed() -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, a=np.arange(12.0).reshape(3, 4), b=np.ones((2, 3), "f2"))
    return stream.getvalue()


def npy() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.arange(12.0).reshape(3, 4))
    return stream.getvalue()


WHOLE = {
    ".safetensors": (DATA / "digits.safetensors").read_bytes(),
    ".npz": compressed(),
    ".npy": npy(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.mark.parametrize("ending", WHOLE)
@given(data=st.data())
def test_damage(folder: Path, ending: str, data) -> None:
    content = bytearray(WHOLE[ending])
    # Headers are at the beginning, and in archives also at the end.
    places = st.integers(0, min(400, len(content) - 1)) | st.integers(
        max(0, len(content) - 300), len(content) - 1
    )
    for at in data.draw(st.lists(places, min_size=1, max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    path = folder / f"damaged{ending}"
    path.write_bytes(content[: data.draw(st.just(len(content)) | st.integers(0, len(content)))])
    message = None
    try:
        read_weights(path)
    except FileError as error:
        message = str(error)
    assert message is None or (str(path) in message and "\n" not in message)

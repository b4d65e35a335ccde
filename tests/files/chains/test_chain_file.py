"""Chain files: read back, with one spelling, everything else refused in one line."""

import json

import pytest

from linnet_exact.errors import FileError
from linnet_exact.files.chains.chain_file import read_chain
from linnet_exact.files.chains.expansion import Chain

LINES = ["h = 0", 'v[l] = "b.{l}.v"', "for l in 0..1: v[l][h, :, :]"]


def written(folder, content):
    path = folder / "chain.json"
    path.write_text(json.dumps(content))
    return path


def test_round_trip(tmp_path):
    chain = Chain.parse("; ".join(LINES))
    path = written(tmp_path, chain.to_jsonable())
    assert read_chain(path) == chain
    assert read_chain(path, ["h = 2"]).layers() == ["b.0.v[2, :, :]", "b.1.v[2, :, :]"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "linnet-exact/weights"}, "must be"),
        ({"version": 2}, "must be 1"),
        ({"more": 1}, "unknown key 'more'"),
        ({"chain": "W"}, "must be a list of texts"),
        ({"chain": [1]}, "must be a list of texts"),
        ({"chain": ["W[ 0:1,:]"]}, r"is to be written 'W\[0:1, :\]'"),
        ({"chain": ["W; V"]}, "is to be written 'W'"),
        ({"chain": ["W", ""]}, "a statement in each text"),
        ({"chain": ["for l in"]}, "expected an integer"),
    ],
)
def test_other_files_are_refused(tmp_path, change, said):
    path = written(tmp_path, Chain.parse("W").to_jsonable() | change)
    with pytest.raises(FileError, match=said) as caught:
        read_chain(path)
    assert str(caught.value).startswith(str(path))

"""Files that PyTorch 2.13.0 wrote, in both of its formats, and files made by hand."""

import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights
from linnet_exact.files.tensors.pytorch import torch_file
from tests.files.models.contents import LAYERS, PYTORCH
from tests.files.tensors.damage import MODELS, check_damage
from tests.files.tensors.pytorch.by_hand import archive, legacy, named, plain, state, tensor

FILES = [
    *(f"{name}{ending}.pt" for name in PYTORCH for ending in ("", "-legacy")),
    *(f"views{ending}-protocol-{p}.pt" for ending in ("", "-legacy") for p in (3, 4, 5)),
]
SIX = np.arange(6, dtype="<f4")
ONE = ("0", 6, SIX.tobytes())


def written(folder: Path, content: bytes) -> Path:
    path = folder / "model.pt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", FILES)
def test_every_entry_of_what_pytorch_wrote(name: str) -> None:
    opened = open_tensors(MODELS / name)
    expected = PYTORCH[name.removesuffix(".pt").partition("-")[0]]
    readable = {key: tensor for key, tensor in opened.tensors.items() if not tensor.note}
    assert list(readable) == [key or name.removesuffix(".pt") for key in expected]
    for key, array in zip(readable, expected.values(), strict=True):
        found = opened.read(key, ())
        assert readable[key].shape == found.shape == array.shape
        assert found.tolist() == array.tolist()


@pytest.mark.parametrize("name", ["views.pt", "views-legacy.pt"])
@pytest.mark.parametrize(
    "index", [(slice(1, 3),), (slice(None), slice(None, None, 3)), (-1,), (2, slice(0, 2))]
)
def test_parts(name: str, index) -> None:
    opened = open_tensors(MODELS / name)
    for key, array in PYTORCH["views"].items():
        if array.ndim == 2 and len(array):
            assert opened.read(key, index).tolist() == array[index].tolist()


def test_state_dictionaries_are_weights_in_their_order() -> None:
    theta = read_weights(MODELS / "state.pt")
    assert [matrix.to_numpy().tolist() for matrix in theta.matrices] == [w.tolist() for w in LAYERS]
    nested = read_weights(MODELS / "checkpoint-legacy.pt", ["model.0.weight", "model.1.weight"])
    assert nested == theta


def test_types_that_are_no_real_numbers_have_a_note() -> None:
    for name in ("kinds.pt", "kinds-legacy.pt"):
        with pytest.raises(FileError, match="tensor complex64 has entries of type complex64"):
            read_weights(MODELS / name, ["complex64"])


def test_whole_modules_are_refused_by_name() -> None:
    with pytest.raises(FileError, match=r"module.pt: its pickle names torch.nn.modules.container."
                       r"Sequential, refused: .* torch.save\(model.state_dict"):  # fmt: skip
        open_tensors(MODELS / "module.pt")


@pytest.mark.parametrize("pack", [archive, legacy])
@pytest.mark.parametrize(("module", "name"), [("os", "system"), ("builtins", "eval"),
    ("torch.storage", "_load_from_bytes"), ("torch.hub", "load"), ("\x1b[31m", "x")])  # fmt: skip
def test_what_could_run_is_refused_by_name(tmp_path: Path, pack, module: str, name: str) -> None:
    touched = tmp_path / "touched"
    call = named(module, name) + b"(" + plain(f"touch {touched}") + b"tR"
    with pytest.raises(FileError) as raised:
        open_tensors(written(tmp_path, pack(state(w=call))))
    assert f"names {module}.{name}, refused".replace("\x1b", "\\x1b") in str(raised.value)
    assert not touched.exists()


@pytest.mark.parametrize(
    "call",
    [tensor()[:-2] + b"tR(tR", plain("text") + b")R", named("torch", "FloatStorage") + b")R"],
)
def test_what_is_no_rule_is_not_called(tmp_path: Path, call: bytes) -> None:
    with pytest.raises(FileError, match="calls what cannot be called"):
        open_tensors(written(tmp_path, archive(state(w=call), _0=SIX.tobytes())))


LIES = {
    "longer than its storage": ({"shape": (3, 3)}, "24 bytes of storage do not hold"),
    "behind its storage": ({"offset": 1}, "24 bytes of storage do not hold"),
    "by its strides": ({"strides": (4, 1)}, "24 bytes of storage do not hold"),
    "of another type": ({"storage": "Double"}, "cut short|24 bytes of storage do not hold"),
    "huge": ({"shape": (2**40, 2**40)}, "24 bytes of storage do not hold"),
    "another storage": ({"key": "1"}, "is not in the file"),
    "more than 2^31 entries": ({"shape": (2**32, 3), "strides": (0, 1)}, "repeat the 24 bytes"),
    "a negative shape": ({"shape": (-2, -3)}, "not made of integers >= 0"),
    "a negative offset": ({"offset": -1}, "not made of integers >= 0"),
    "negative strides": ({"strides": (-3, 1)}, "not made of integers >= 0"),
    "no integers": ({"shape": (2.0, 3)}, "not made of integers >= 0"),
    "too long integers": ({"shape": (10**30, 0)}, "not made of integers >= 0"),
    "too many axes": ({"shape": (1,) * 33, "strides": (1,) * 33}, "not made of integers"),
    "fewer strides": ({"strides": (1,)}, "other strides than axes"),
    "negative sizes": ({"count": -6}, "not a storage"),
}


@pytest.mark.parametrize("pack", ["archive", "legacy"])
@pytest.mark.parametrize(("changes", "message"), LIES.values(), ids=LIES)
def test_shapes_that_lie(tmp_path: Path, pack: str, changes, message: str) -> None:
    value = state(w=tensor(**changes), honest=tensor("0"))
    content = archive(value, _0=SIX.tobytes()) if pack == "archive" else legacy(value, ONE)
    path = written(tmp_path, content)
    with pytest.raises(FileError, match=f"^{path}: .*({message})"):
        read_weights(path, ["w"])
    if "bytes" in message and "cut" not in message:
        assert read_weights(path, ["honest"]).network.widths == (3, 2)


def test_the_older_format_as_it_lies(tmp_path: Path) -> None:
    value = state(w=tensor())
    assert read_weights(written(tmp_path, legacy(value, ONE))).matrices[0].to_numpy().tolist() == [
        [0, 1, 2],
        [3, 4, 5],
    ]
    for storages, message in [
        ((("0", 6, bytes(23)),), "cut short: its storage 0 needs 24 bytes"),
        ((("0", 2**62, bytes(24)),), "cut short"),
        ((("1", 6, bytes(24)), ONE), "no tensor tells the type of its storage 1"),
    ]:
        with pytest.raises(FileError, match=message):
            open_tensors(written(tmp_path, legacy(value, *storages)))


def test_views_of_storages_that_old_versions_wrote(tmp_path: Path) -> None:
    view = tensor(shape=(1, 2), strides=(2, 1)).replace(
        plain(6) + b"tQ", plain(6) + plain(("9", 2, 3)) + b"tQ"
    )
    path = written(tmp_path, legacy(state(whole=tensor(), w=view), ONE))
    assert open_tensors(path).read("w", ()).tolist() == [[2, 3]]


def test_archives_with_their_bytes_the_other_way_round(tmp_path: Path) -> None:
    big = archive(state(w=tensor()), byteorder=b"big", _0=SIX.astype(">f4").tobytes())
    matrix = read_weights(written(tmp_path, big)).matrices[0]
    assert matrix[1, 2] == Fraction(5)
    with pytest.raises(FileError, match="unknown order b'middle'"):
        open_tensors(written(tmp_path, archive(state(), byteorder=b"middle")))


def test_compressed_archives(tmp_path: Path, monkeypatch) -> None:
    zeros = tensor(count=10**6, shape=(1000, 1000), strides=(1000, 1))
    packed = archive(state(w=zeros), zipfile.ZIP_DEFLATED, _0=bytes(4 * 10**6))
    path = written(tmp_path, packed)
    assert read_weights(path, ["w[0:2, :]"]).network.widths == (1000, 2)
    monkeypatch.setattr("linnet_exact.files.tensors.archives.READ_WHOLE", 1000)
    with pytest.raises(FileError, match=r"tensor w: it would unpack from .* to 4000000 bytes"):
        read_weights(path)


def test_names_and_nesting(tmp_path: Path, monkeypatch) -> None:
    inner = b"}" + plain("b") + tensor() + b"s"
    path = written(tmp_path, archive(state(**{"a.b": tensor(), "a": inner}), _0=SIX.tobytes()))
    assert "two tensors with the name a.b" in open_tensors(path).tensors["a.b"].note
    monkeypatch.setattr(torch_file, "_MAX_VALUES", 1000)
    # A list that holds itself twice, 2^32 ways down.
    with pytest.raises(FileError, match=r"nested more than 32 deep|more than the \d+ values"):
        open_tensors(written(tmp_path, archive(b"\x80\x02]q\x00(h\x00h\x00e.")))
    doubled = b"]" + b"q\x00]q\x01(h\x00h\x00e" * 30
    with pytest.raises(FileError, match="more than the 1000 values"):
        open_tensors(written(tmp_path, archive(b"\x80\x02" + doubled + b".")))


def test_archives_without_a_pickle(tmp_path: Path) -> None:
    content = archive(state()).replace(b"a/data.pkl", b"a/data/pk0")
    with pytest.raises(FileError, match=r"it has no data\.pkl"):
        open_tensors(written(tmp_path, content))


@pytest.mark.parametrize(("name", "step"), [("state.pt", 7), ("checkpoint-legacy.pt", 3)])
def test_files_cut_and_changed(name: str, step: int) -> None:
    check_damage(name, step, 300)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_files_cut_anywhere_and_changed_often(name: str) -> None:
    check_damage(name, 1, 5000)


def test_the_file_may_be_cut_while_it_is_read(tmp_path: Path) -> None:
    for name in ("state.pt", "state-legacy.pt"):
        path = written(tmp_path, (MODELS / name).read_bytes())
        opened = open_tensors(path)
        path.write_bytes(path.read_bytes()[:100])
        with pytest.raises(FileError, match=r"tensor 0\.weight: .*changed or replaced"):
            opened.read("0.weight", ())

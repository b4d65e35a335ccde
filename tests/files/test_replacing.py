"""Copies of models with other layers: every other byte stays."""

import json

import numpy as np
import pytest

from linnet_exact.cli.main import main
from linnet_exact.errors import FileError
from linnet_exact.files import Source, open_tensors, read_weights
from linnet_exact.files.replacing import replace_layers
from linnet_exact.weights import Weights


def save(path, arrays, types):
    header, data = {"__metadata__": {"kept": "yes"}}, b""
    for name, array in arrays.items():
        content = array.tobytes()
        span = [len(data), len(data) + len(content)]
        header[name] = {"dtype": types[name], "shape": list(array.shape), "data_offsets": span}
        data += content
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


@pytest.fixture
def model(tmp_path):
    random = np.random.default_rng(0)
    arrays = {
        "a": random.standard_normal((3, 4)).astype("<f4"),
        "b": random.standard_normal((2, 3, 3)).astype("<f8"),
        "half": random.standard_normal((2, 2)).astype("<f2"),
    }
    path = tmp_path / "m.safetensors"
    save(path, arrays, {"a": "F32", "b": "F64", "half": "F16"})
    return path, arrays


def test_parts_are_replaced_and_the_rest_stays(model, tmp_path):
    path, arrays = model
    layers = ["a[1:, ::2].T", "b[1, :, 0:2]"]
    new = Weights([np.arange(4.0).reshape(2, 2) / 8, np.full((3, 2), 0.25)])
    target = tmp_path / "new.safetensors"
    replace_layers(Source.of(path), layers, new.matrices, target)
    assert read_weights(target, layers) == new
    arrays["a"][1:, ::2] = (np.arange(4.0).reshape(2, 2) / 8).T
    arrays["b"][1, :, 0:2] = 0.25
    opened = open_tensors(target)
    for name, array in arrays.items():
        assert np.array_equal(opened.read(name, ()), array)
    assert b'"kept": "yes"' in target.read_bytes()


@pytest.mark.parametrize(
    ("layers", "matrices", "said"),
    [
        (["half"], [[[1, 2], [3, 4]]], "tensor half is F16; F32 or F64 is written back"),
        (["a[0:1, 0:1]"], [[["1/3"]]], "is float32; its new entries are not"),
        (["a[0:1, 0:1]", "a[0:1, 0:1]"], [[[1]], [[2]]], "shares entries with a layer"),
    ],
)
def test_what_cannot_be_written_is_refused(model, tmp_path, layers, matrices, said):
    path, _ = model
    with pytest.raises(FileError, match=said):
        replace_layers(Source.of(path), layers, Weights(matrices).matrices, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_other_formats_are_refused(tmp_path):
    np.savez(tmp_path / "m.npz", a=np.ones((1, 1)))
    with pytest.raises(FileError, match=r"only a single \.safetensors file is written back"):
        replace_layers(
            Source.of(tmp_path / "m.npz"), ["a"], Weights([[[1]]]).matrices, tmp_path / "x"
        )


def test_the_command_writes_models_back(tmp_path, capsys):
    random = np.random.default_rng(1)
    weight = random.standard_normal((4, 1)) @ random.standard_normal((1, 5))
    weight = (weight + 1e-5 * random.standard_normal((4, 5))).astype("<f4")
    path, target = tmp_path / "m.safetensors", tmp_path / "new.safetensors"
    save(path, {"w": weight, "bias": np.ones(4, "<f4")}, {"w": "F32", "bias": "F32"})
    arguments = ["snap", str(path), "--layer", "w", "--tolerance", "0.01", "--format", "json"]
    assert main([*arguments, "--float", "float32", "--into", str(target)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["snap"]["barcode"] == {"0-0": 4, "0-1": 1, "1-1": 3}
    assert read_weights(target, ["w"]).barcode.rank_list.r(1, 0) == 1
    assert np.array_equal(open_tensors(target).read("bias", ()), np.ones(4))
    assert main([*arguments, "--into", str(target)]) == 2
    assert "--into goes with --float" in capsys.readouterr().err
    assert main([*arguments, "--float", "float32", "--into", str(path)]) == 2
    assert "would be written over" in capsys.readouterr().err
    assert main([*arguments[:4], "--tolerance", "1e-6", "--float", "float32"]) == 2
    assert "with entries that are float32" in capsys.readouterr().err


def test_a_model_that_changes_while_it_is_copied(model, tmp_path, monkeypatch):
    path, _ = model
    target = tmp_path / "new.safetensors"
    target.write_text("what was there")

    def changed(source, place):
        place.write_bytes(source.read_bytes())
        source.write_bytes(source.read_bytes()[::-1])

    monkeypatch.setattr("linnet_exact.files.replacing.shutil.copyfile", changed)
    with pytest.raises(FileError, match=f"{path}: it was changed or replaced"):
        replace_layers(Source.of(path), ["a"], Weights([np.ones((3, 4))]).matrices, target)
    assert target.read_text() == "what was there"
    assert len(list(tmp_path.iterdir())) == 2

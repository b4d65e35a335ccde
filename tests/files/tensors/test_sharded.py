"""Models in several files, of whatever formats they are."""

import json
import shutil
from pathlib import Path

import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights
from tests.files.models.contents import GRID, LAYERS
from tests.files.tensors.damage import MODELS


def index(folder: Path, **files: str) -> Path:
    path = folder / "pytorch_model.bin.index.json"
    path.write_text(json.dumps({"metadata": {}, "weight_map": files}))
    for name in set(files.values()):
        if (MODELS / name).exists():
            shutil.copy(MODELS / name, folder)
    return path


def test_files_of_pytorch_and_others(tmp_path: Path) -> None:
    files = {"0.weight": "state-legacy.pt", "1.weight": "state.pt", "whole": "views.pt"}
    opened = open_tensors(index(tmp_path, **files, columns="quantized.onnx"))
    assert list(opened.tensors) == ["0.weight", "1.weight", "columns", "whole"]
    assert opened.read("1.weight", ()).tolist() == LAYERS[1].tolist()
    assert opened.read("whole", (slice(1, 3),)).tolist() == GRID[1:3].tolist()
    theta = read_weights(index(tmp_path, **files), ["0.weight", "1.weight"])
    assert theta.network.widths == (3, 4, 2)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("module.pt", "names torch.nn.modules.container.Sequential, refused"),
        ("pytorch_model.bin.index.json", "a part of a model cannot be a JSON file"),
        ("../state.pt", "must be in a file of the same folder"),
        ("lost.bin", "No such file"),
    ],
)
def test_files_that_are_no_part_of_a_model(tmp_path: Path, file: str, message: str) -> None:
    path = index(tmp_path, **{"0.weight": "state.pt", "w": file})
    assert read_weights(path, ["0.weight"]).network.widths == (3, 4)
    with pytest.raises(FileError, match=message):
        read_weights(path, ["w"])

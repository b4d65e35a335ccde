"""`explore`: from widths, a target or weights to a page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from linnet_exact.cli.main import main


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found is not None
    value: dict[str, Any] = json.loads(found[1])
    return value


def test_widths_and_rank(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert main(["explore", "2,3,2", "--rank", "1", "-o", str(file)]) == 0
    assert main(["explore", "2,3,2", "--rank", "1"]) == 0
    captured = capsys.readouterr()
    assert captured.out == file.read_text(encoding="utf-8")
    assert captured.err == ""
    data = data_of(captured.out)
    assert (data["widths"], data["rank"], data["marked"]) == ([2, 3, 2], 1, None)
    assert len(data["strata"]["barcode"]) == 4


def test_a_file_of_weights_and_a_target(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    weights, target = tmp_path / "theta.json", tmp_path / "W.json"
    barcode = "0-0,0-2,1-1,1-2"
    assert main(["sample", "2,3,2", "--barcode", barcode, "-o", str(weights)]) == 0
    assert main(["explore", str(weights)]) == 0
    data = data_of(capsys.readouterr().out)
    assert data["strata"]["barcode"][data["marked"]] == barcode
    assert data["marked_name"] == str(weights)
    matrix = {"format": "linnet-exact/matrix", "version": 1, "field": "QQ", "matrix": [[1, 2]]}
    target.write_text(json.dumps(matrix))
    assert main(["explore", "2,3,1", "--target", str(target)]) == 0
    data = data_of(capsys.readouterr().out)
    assert (data["rank"], data["target_name"]) == (1, str(target))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["4^5"], "has 2035 strata and a page shows at most 2000"),
        (["2,3,2", "-o", "page.svg"], "contradicts what is written, html"),
        (["2,3,2", "--layer", "w"], "--layer goes with a file"),
        (["nothing.json"], "nothing.json"),
        (["2,3,2", "--rank", "3"], "rank must be between 0 and 2"),
    ],
)
def test_refusals(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(["explore", *arguments]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_rank_does_not_go_with_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    weights = tmp_path / "theta.json"
    assert main(["sample", "1,1", "--barcode", "0-1", "-o", str(weights)]) == 0
    assert main(["explore", str(weights), "--rank", "1"]) == 2
    assert "--rank and --target go with WIDTHS" in capsys.readouterr().err

"""`snap` on the trained example: a weights file that `analyze` reads, or a refusal."""

import json
from pathlib import Path

from linnet_exact.cli.main import main

EXAMPLE = str(Path(__file__).parents[2] / "data" / "digits.npz")


def test_a_weights_file_with_its_distance(capsys, tmp_path) -> None:
    path = tmp_path / "snapped.json"
    assert main(["snap", EXAMPLE, "--tolerance", "1e-6", "-o", str(path)]) == 0
    written = json.loads(path.read_text())
    assert main(["analyze", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert written["snap"]["barcode"] == found["barcode"]
    assert written["snap"]["rank_list"] == found["rank_list"]
    assert (found["rank"], len(written["snap"]["relative_distances"])) == (9, 3)
    assert max(written["snap"]["relative_distances"]) < 1e-8


def test_a_stratum_with_a_certificate(capsys, tmp_path) -> None:
    barcode = "0-0:55,0-3:9,1-1:7,2-2:7,3-3"
    proof = tmp_path / "proof.json"
    arguments = ["--barcode", barcode, "--format", "table", "--certificate", str(proof)]
    assert main(["snap", EXAMPLE, *arguments]) == 0
    assert f"barcode             {barcode}\n" in capsys.readouterr().out
    assert main(["check", str(proof)]) == 0


def test_refusals(capsys) -> None:
    for arguments, words in (
        ([], "give --tolerance or --barcode"),
        (["--tolerance", "1e-12"], "no weights on a lower stratum were found within 1e-12"),
        (["--tolerance", "1e-400"], "no weights on a lower stratum were found within 1e-400"),
        (["--tolerance", "0.0"], "0.0 is not in the range 0<x<1"),
        (["--tolerance", "2"], "2 is not in the range 0<x<1"),
        (["--barcode", "0-1"], "barcode 0-1 has widths 1,1, not 64,16,16,10"),
        (["--barcode", "0-0:55,0-3:9,1-1:7,2-2:7,3-3", "--height", "1"], "height at most 1"),
    ):
        assert main(["snap", EXAMPLE, *arguments]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        assert words in captured.err

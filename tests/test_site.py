"""The site builds without a warning, with a page for each topic and each floor."""

import subprocess
import sys
from pathlib import Path

import pytest

from linnet_exact.guide import topics

BUILD = Path(__file__).parent.parent / "scripts" / "site" / "build.py"


def test_the_site_builds(tmp_path: Path) -> None:
    for library in ("sphinx", "furo", "myst_parser"):
        pytest.importorskip(library, reason="needs pip install '.[docs]'")
    run = subprocess.run([sys.executable, BUILD, tmp_path], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert {path.stem for path in (tmp_path / "guide").glob("*.html")} == set(topics())
    assert "Weights" in (tmp_path / "reference" / "weights.html").read_text(encoding="utf-8")
    assert "Fundamental Theorem" in (tmp_path / "guide" / "papers.html").read_text(encoding="utf-8")

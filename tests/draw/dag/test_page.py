"""The page with the drawing: whole, closed to the network, and it zooms in a browser."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from linnet_exact.draw.dag.page import dag_to_html
from linnet_exact.draw.dag.svg import dag_to_svg
from linnet_exact.strata import Network

DAG = Network(2, 2, 2).fiber().dag()
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OXLINT = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or shutil.which("oxlint")


@pytest.mark.skipif(OXLINT is None, reason="oxlint is not installed: pip install oxlint")
def test_the_linter_finds_nothing() -> None:
    program = files("linnet_exact.draw.dag").joinpath("page.js")
    rules = Path(__file__).parents[1] / "explore" / "oxlint.json"
    run = subprocess.run(
        [str(OXLINT), "--config", rules, str(program)], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout


def test_one_file_that_asks_for_no_other() -> None:
    page = dag_to_html(DAG, "dark")
    assert dag_to_svg(DAG, "dark") in page
    assert not re.search("@[A-Z]+@", page)
    found: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.extend(name for name, _ in attributes if name in ("src", "href", "srcset"))

    Parser().feed(page)
    assert not found
    assert "url(" not in page
    assert "default-src 'none'" in page


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium not installed")
def test_a_browser_fits_it_into_its_window(tmp_path: Path) -> None:
    path = tmp_path / "dag.html"
    path.write_text(dag_to_html(DAG), encoding="utf-8")
    assert CHROMIUM is not None
    shown = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=300,300",
         f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    level = re.search(r"<output[^>]*>(\d+) %</output>", shown)
    assert level is not None
    assert 5 < int(level[1]) < 100

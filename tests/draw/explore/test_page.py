"""The text of a page: whole, closed to the outside, and with a program that linters like."""

import json
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from linnet_exact import Network, TooLargeError, sample
from linnet_exact.draw.explore import explore_page
from linnet_exact.draw.explore.page import program

NASTY = "</script><img src=x onerror=alert(1)>\x1b[31m'\" &.json"


class Parts(HTMLParser):
    """The attributes of all elements, and what is in scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.lasttag in ("script", "style") and data.strip():
            self.inside.append((self.lasttag, data))


@pytest.fixture(scope="module")
def parts() -> Parts:
    theta = sample("0-0,0-2,1-1,1-2")
    return Parts(explore_page(theta.fiber, weights=theta, weights_name=NASTY))


def test_nothing_comes_from_outside(parts: Parts) -> None:
    for tag, attributes in parts.elements:
        assert tag not in ("link", "img", "iframe", "object", "base"), tag
        assert not {"src", "style", "srcdoc"} & set(attributes), tag
        assert not any(name.startswith("on") for name in attributes), tag
    (policy,) = [a["content"] for tag, a in parts.elements if a.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    style, _, script = (text for _, text in parts.inside)
    for text in (style, script):
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert "url(" not in style
    assert "innerHTML" not in script
    assert set(re.findall(r"\w+://\S+?(?=\")", script)) == {"http://www.w3.org/2000/svg"}


def test_ascii_survives_every_encoding(large_page: str) -> None:
    assert large_page.isascii()
    assert "\\u03bc" in program()  # the μ of dμ


def test_names_of_files_stay_text(parts: Parts) -> None:
    assert [tag for tag, _ in parts.inside] == ["style", "script", "script"]
    data: dict[str, Any] = json.loads(parts.inside[1][1])
    assert data["marked_name"] == NASTY.replace("\x1b", "\\x1b")


def test_every_part_of_the_program_is_on_the_page(parts: Parts) -> None:
    assets = files("linnet_exact.draw.explore").joinpath("assets").iterdir()
    texts = {path.name: path.read_text(encoding="utf-8") for path in assets}
    (frame,) = [name for name in texts if name.endswith(".html")]
    for name, text in texts.items():
        text = text.encode("ascii", "backslashreplace").decode()
        assert name == frame or any(text in inside for _, inside in parts.inside), name
        assert len(text.splitlines()) <= 300, name


def test_identifiers_that_the_program_looks_up_are_there(parts: Parts) -> None:
    wanted = set(re.findall(r'byId\("([\w-]+)"\)', program()))
    made = set(re.findall(r'\bid: "([\w-]+)"', program()))
    assert wanted <= made | {a["id"] for _, a in parts.elements if "id" in a}


def test_the_page_of_many_strata_is_small(large_page: str) -> None:
    assert len(large_page.encode()) < 500_000


@pytest.mark.parametrize(
    ("widths", "message"),
    [
        ("4^5", "has 2035 strata and a page shows at most 2000; a higher rank"),
        ("30^12", "too many strata and a page shows at most 2000"),
        ("1^32", "has 31 layers of weights and a page shows at most 30"),
    ],
)
def test_what_is_too_large_is_refused_at_once(widths: str, message: str) -> None:
    with pytest.raises(TooLargeError, match=message):
        explore_page(Network.parse(widths).fiber())


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_node_can_read_the_program(tmp_path: Path) -> None:
    file = tmp_path / "program.js"
    file.write_text(program(), encoding="utf-8")
    run = subprocess.run(["node", "--check", file], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


OXLINT = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or shutil.which("oxlint")


@pytest.mark.skipif(OXLINT is None, reason="oxlint is not installed: pip install oxlint")
def test_the_linter_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "program.js"
    file.write_text(program(), encoding="utf-8")
    rules = Path(__file__).with_name("oxlint.json")
    run = subprocess.run([str(OXLINT), "--config", rules, file], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    file.write_text(f"{program()}\nfrobnicate();\n", encoding="utf-8")
    run = subprocess.run([str(OXLINT), "--config", rules, file], capture_output=True, text=True)
    assert "frobnicate" in run.stdout
    assert run.returncode == 1

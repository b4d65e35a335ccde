"""The guide's pages of mathematics and limits say what the program has."""

import re
from importlib import import_module
from pathlib import Path

from linnet_exact.claims import CLAIMS
from linnet_exact.guide import page
from linnet_exact.strata import Network

PICTURES = Path(import_module("linnet_exact.guide").__file__ or "").parent / "pictures"


def test_every_claim_stands_beside_a_formula() -> None:
    named = set(re.findall(r"\[([a-z-]+)\]", page("mathematics")))
    assert named == set(CLAIMS)


def test_every_limit_is_the_programs() -> None:
    rows = re.findall(r"^\| .*? \| (\d+) \| `([\w.]+)` \|", page("limits"), re.MULTILINE)
    assert len(rows) > 15
    for figure, where in rows:
        module, _, name = where.rpartition(".")
        assert getattr(import_module(f"linnet_exact.{module}"), name) == int(figure), where


def test_the_picture_is_what_the_command_draws() -> None:
    """Made by `linnet-exact dag 2,2,2,2 -o linnet_exact/guide/pictures/strata.svg`."""
    drawn = Network("2,2,2,2").fiber(0).dag().svg()
    assert (PICTURES / "strata.svg").read_text(encoding="utf-8").strip() == drawn.strip()

"""Completion, as a shell asks for it; in one real process, and without one where that is enough."""

import os
import subprocess
import sys

import numpy as np
import pytest
from click.shell_completion import ShellComplete

from linnet_exact import Network
from linnet_exact.claims import claims_named
from linnet_exact.cli.main import cli


def completed(arguments: list[str], incomplete: str) -> list[str]:
    shell = ShellComplete(cli, {}, "linnet-exact", "_LINNET_EXACT_COMPLETE")
    return [item.value for item in shell.get_completions(arguments, incomplete)]


def test_claims():
    names = [claim.name for claim in claims_named(())]
    assert completed(["verify"], "") == names
    assert completed(["verify", "flow"], "kinds") == [n for n in names if n.startswith("kinds")]


@pytest.mark.parametrize("command", ["sample", "moves", "decompose", "cone", "export"])
def test_barcodes_of_a_fiber(command: str):
    every = [str(s.barcode) for rank in range(3) for s in Network(2, 3, 2).fiber(rank).strata()]
    assert completed([command, "2,3,2", "--barcode"], "") == every
    assert completed([command, "2,3,2", "--barcode"], "0-1,0-2") == [
        text for text in every if text.startswith("0-1,0-2")
    ]


def test_barcodes_of_the_rank_that_was_given():
    of_rank_1 = [str(stratum.barcode) for stratum in Network(2, 3, 2).fiber(1).strata()]
    assert completed(["moves", "2,3,2", "--rank", "1", "--barcode"], "") == of_rank_1


def test_tensors_of_the_file(tmp_path):
    path = tmp_path / "model.npz"
    np.savez(path, **{"v.weight": np.eye(2), "o.weight": np.eye(2), "v.bias": np.ones(2)})
    assert completed(["analyze", str(path), "--layer"], "v.") == ["v.weight", "v.bias"]
    assert completed(["moves", str(path), "--layer"], "o") == ["o.weight"]
    assert completed(["move", str(path), "--tensor"], "o") == ["o.weight"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["sample", "--barcode"],
        ["sample", "2,x", "--barcode"],
        ["moves", "2,3,2", "--rank", "9", "--barcode"],
        ["sample", "20^9", "--barcode"],
        ["analyze", "--layer"],
        ["analyze", "nowhere.npz", "--layer"],
        ["analyze", __file__, "--layer"],
    ],
)
def test_nothing_is_offered_where_nothing_is_known(arguments: list[str]):
    assert completed(arguments, "") == []


def test_topics_and_subcommands():
    assert "command-line" in completed(["guide"], "com")
    assert completed(["atlas"], "sta") == ["status"]


def test_in_a_real_shell():
    done = subprocess.run(
        [sys.executable, "-m", "linnet_exact"], capture_output=True, text=True, check=False,
        env=os.environ | {
            "_LINNET_EXACT_COMPLETE": "zsh_complete",
            "COMP_WORDS": "linnet-exact sample 1,1 --barcode 0-1",
            "COMP_CWORD": "4",
        },
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("plain\n0-1\ndimension 0\n", "")

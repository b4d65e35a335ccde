"""Singular and Macaulay2: Groebner bases of the equations know nothing of strata."""

import shutil
from pathlib import Path

import pytest

from linnet_exact import Network
from linnet_exact.files.export import Equations, macaulay2, singular
from tests.files.export.test_scripts import answers

FIBERS = [("1,2,1", 0), ("2,2,2", 0), ("2,2,2", 1)]


@pytest.mark.oracle("Singular")
@pytest.mark.skipif(not shutil.which("Singular"), reason="needs Singular")
def test_singular(agree, tmp_path: Path) -> None:
    compare(["Singular", "-q"], singular.equations_script, agree, tmp_path)


@pytest.mark.oracle("Macaulay2")
@pytest.mark.skipif(not shutil.which("M2"), reason="needs Macaulay2")
def test_macaulay2(agree, tmp_path: Path) -> None:
    compare(["M2", "--script"], macaulay2.equations_script, agree, tmp_path)


def compare(command: list[str], script, agree, folder: Path) -> None:
    for widths, rank in FIBERS:
        equations = Equations.of(Network.parse(widths).fiber(rank))
        found = answers(command, script(equations), folder)
        agree("dimension of a fiber", equations.dimension, found["dimension"])
        agree("irreducible components of a fiber", equations.components, found["components"])

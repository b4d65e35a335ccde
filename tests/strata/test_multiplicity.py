"""Multiplicities by formula beside the tangent cones of Macaulay2, and by hand."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from linnet_exact import Barcode, Network
from linnet_exact.files.export.tangent_cone import tangent_cone_script
from linnet_exact.strata.multiplicity import fewest_steps, multiplicity
from linnet_exact.weights import canonical_weights


@pytest.mark.parametrize(
    ("barcode", "value", "formula"),
    [
        ("0-0,1-1,2-2", 2, "degree of a cone"),  # x y = 0
        ("0-0,1-1:2,2-2", 2, "degree of a cone"),  # a quadric cone
        ("0-0,1-1,2-2,3-3", 3, "degree of a cone"),  # x y z = 0
        ("0-0,1-1,2-3", 2, "lowest terms of one equation"),  # x y = 0, z = 1
        ("0-0,1-2,3-3", 2, "lowest terms of one equation"),
        ("0-0,0-3,1-1,2-3", 2, "lowest terms of one equation"),
        ("0-0,1-3", 1, "smooth"),
        ("0-2", 1, "smooth"),
        ("0-1", 1, "smooth"),
        ("0-0:2,1-1:3", 1, "smooth"),  # depth 1: a point
    ],
)
def test_by_hand(barcode: str, value: int, formula: str) -> None:
    found = multiplicity(Barcode.parse(barcode).stratum)
    assert found is not None
    assert (found.value, found.formula) == (value, formula)
    stratum = Barcode.parse(barcode).stratum
    widths = ",".join(str(width - stratum.fiber.rank) for width in stratum.fiber.network.widths)
    linear = f"a linear space of dimension {stratum.dimension}"
    assert (
        found.tangent_cone
        == {
            "smooth": f"null dmu, {linear}",
            "degree of a cone": f"the fiber of 0 for widths {widths}, times {linear}",
            "lowest terms of one equation": f"a hypersurface of degree {value} in null dmu",
        }[formula]
    )


def test_no_formula() -> None:
    assert multiplicity(Barcode.parse("0-0:2,1-1:2,1-2,2-2:2").stratum) is None
    assert fewest_steps(Barcode.parse("0-0,0-1,1-1,2-3,3-3")) == 1


@pytest.mark.skipif(shutil.which("M2") is None, reason="needs Macaulay2")
@pytest.mark.parametrize(
    ("widths", "rank"), [("1,1,1", 0), ("1,2,1", 0), ("1,1,1,1", 0), ("2,2,2", 1), ("2,2,2", 0)]
)
def test_by_macaulay2(widths: str, rank: int, tmp_path: Path) -> None:
    strata = [
        (stratum, found)
        for stratum in Network.parse(widths).fiber(rank).strata()
        if (found := multiplicity(stratum)) is not None
    ]
    scripts = [tangent_cone_script(canonical_weights(s.barcode)) for s, _ in strata]
    file = tmp_path / "all.m2"
    file.write_text("\n".join(scripts))
    done = subprocess.run(["M2", "--script", str(file)], capture_output=True, text=True, check=True)
    values = [int(text) for text in re.findall(r"multiplicity ([0-9]+)", done.stdout)]
    assert values == [found.value for _, found in strata]

"""Exported scripts, run by the systems they are for where these are installed.

Their answers come from Gröbner bases and primary decomposition, and know nothing of strata.
"""

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from linnet_exact import Barcode, Matrix, Network, NumberField, Weights
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.files.export import Equations, macaulay2, sage, singular
from linnet_exact.weights import sample

needs_singular = pytest.mark.skipif(not shutil.which("Singular"), reason="needs Singular")
needs_macaulay2 = pytest.mark.skipif(not shutil.which("M2"), reason="needs Macaulay2")
FIBERS = [("1,2,1", 0), ("2,2,2", 0), ("2,2,2", 1), ("2,3,2", 1), ("1,1,1,1", 0), ("2,1", 1)]


def answers(command: list[str], script: str, folder: Path) -> dict[str, int]:
    path = folder / "script"
    path.write_text(script)
    done = subprocess.run(
        [*command, str(path)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if not line.startswith("//")]
    return {line.rpartition(" ")[0]: int(line.rpartition(" ")[2]) for line in lines}


def expected(equations: Equations) -> dict[str, int]:
    found = {"dimension": equations.dimension}
    return found | ({"components": equations.components} if equations.decomposed else {})


@needs_singular
@pytest.mark.parametrize(("widths", "rank"), [*FIBERS, ("2,2,2,2", 1), ("3,3,2", 1)])
def test_singular_on_fibers(tmp_path: Path, widths: str, rank: int) -> None:
    equations = Equations.of(Network.parse(widths).fiber(rank))
    found = answers(["Singular", "-q"], singular.equations_script(equations), tmp_path)
    assert found == expected(equations)


@needs_singular
@pytest.mark.parametrize(("widths", "rank"), [("2,2,2", 0), ("2,3,2", 1), ("1,2,2,1", 0)])
def test_singular_on_every_stratum(tmp_path: Path, widths: str, rank: int) -> None:
    fiber = Network.parse(widths).fiber(rank)
    for stratum in fiber.strata():
        equations = Equations.of(fiber, barcode=stratum.barcode)
        found = answers(["Singular", "-q"], singular.equations_script(equations), tmp_path)
        assert found == {"dimension": stratum.dimension, "components": 1}, stratum.barcode


@needs_macaulay2
@pytest.mark.parametrize(("widths", "rank"), FIBERS[:4])
def test_macaulay2_on_fibers(tmp_path: Path, widths: str, rank: int) -> None:
    equations = Equations.of(Network.parse(widths).fiber(rank))
    found = answers(["M2", "--script"], macaulay2.equations_script(equations), tmp_path)
    assert found == expected(equations)


@needs_macaulay2
def test_macaulay2_on_a_stratum_of_the_fiber_of_a_given_matrix(tmp_path: Path) -> None:
    bars = Barcode.parse("0-0,0-2,1-1:2,2-2")
    equations = Equations.of(bars.fiber, Matrix([["1/2", 1], [1, 2]]), bars)
    script = macaulay2.equations_script(equations)
    assert answers(["M2", "--script"], script, tmp_path) == {"dimension": 5, "components": 1}


THETAS = [
    sample(Barcode.parse("0-0,0-3:2,1-1,1-2,2-2,2-3,3-3"), seed=1),
    Weights([[["1/2", "-2/3"], [3, -4]], [[0.1, 10**40]]]),
    sample(Barcode.parse("0-0,0-2,1-1:2,2-2"), seed=2, field=NumberField("sqrt(2)")),
    Weights([[["sqrt(2)/2", 1], [1, "sqrt(2)"]]], NumberField("sqrt(2)/2")),
]


def ranks(theta: Weights) -> dict[str, int]:
    return {f"rank {k}~{i}": rank for (k, i), rank in theta.rank_list.items() if k > i}


@needs_singular
@pytest.mark.parametrize("theta", THETAS)
def test_singular_on_weights(tmp_path: Path, theta: Weights) -> None:
    assert answers(["Singular", "-q"], singular.weights_script(theta), tmp_path) == ranks(theta)


@needs_macaulay2
@pytest.mark.parametrize("theta", THETAS)
def test_macaulay2_on_weights(tmp_path: Path, theta: Weights) -> None:
    assert answers(["M2", "--script"], macaulay2.weights_script(theta), tmp_path) == ranks(theta)


def test_sage_on_weights_with_a_stand_in_for_sage(capsys, monkeypatch) -> None:
    """Sage is large: here our own matrices, whose ranks are tested elsewhere, take its place."""
    field = NumberField("sqrt(2)")
    stand_in = ModuleType("sage.all")

    class Multiplied(Matrix):
        def __mul__(self, other: Matrix) -> Matrix:
            return Multiplied(self @ other)

    stand_in.QQ = lambda text: text
    stand_in.matrix = lambda base, rows: Multiplied(rows)
    stand_in.PolynomialRing = lambda base, name: lambda coefficients: coefficients
    stand_in.NumberField = lambda polynomial, name: (
        lambda coordinates: field(coordinates[0]) + field(coordinates[1]) * field.gen
    )
    monkeypatch.setitem(sys.modules, "sage", ModuleType("sage"))
    monkeypatch.setitem(sys.modules, "sage.all", stand_in)
    for theta in THETAS[:3]:
        exec(compile(sage.weights_script(theta), "script", "exec"), {})
        printed = capsys.readouterr().out.splitlines()
        assert printed == [f"{name} {rank}" for name, rank in ranks(theta).items()]


@pytest.mark.parametrize(("widths", "rank"), FIBERS)
def test_sage_scripts_on_fibers_are_python(widths: str, rank: int) -> None:
    fiber = Network.parse(widths).fiber(rank)
    for stratum in fiber.strata():
        ast.parse(sage.equations_script(Equations.of(fiber, barcode=stratum.barcode)))


def test_refusals() -> None:
    fiber = Network(2, 3, 2).fiber(1)
    with pytest.raises(TooLargeError, match="has 20000 weights, more than the 10000"):
        Equations.of(Network(100, 100, 100).fiber())
    with pytest.raises(InputError, match="barcode 0-1 has widths 1,1 and rank 1, not 2,3,2 and 1"):
        Equations.of(fiber, barcode=Barcode.parse("0-1"))
    irrational = Matrix([["sqrt(2)", 0], [0, 0]], NumberField("sqrt(2)"))
    with pytest.raises(InputError, match="for rational W only"):
        Equations.of(fiber, irrational)

"""mrdi read back: by its parts, and by Macaulay2, whose JSON package gives it the polynomials."""

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from linnet_exact import Barcode, Matrix, Network, NumberField, Weights
from linnet_exact.cli.main import main
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.files.export import Equations, mrdi
from linnet_exact.weights import sample

BARS = ["0-0,0-2,1-1:2,2-2", "0-0:2,1-1:2,2-2", "0-2:2,1-1"]
SCRIPT = """
needsPackage "JSON"
got = fromJSON get "{path}"
over = first values got#"_refs"
R = QQ[apply(over#"data"#"symbols", s -> getSymbol replace("_", "", s))]
exact = x -> value replace("//", "/", x)
term = t -> exact(t#1) * product(numgens R, i -> R_i^(value (t#0)#i))
I = ideal apply(got#"data", f -> sum apply(f, term))
print("dimension " | toString dim I)
"""


def matrices(document: Any) -> list[list[list[Fraction]]]:
    """As OSCAR reads them: every matrix has its space, of the right size."""
    assert document["_type"]["name"] == "Tuple"
    found = []
    for kind, rows in zip(document["_type"]["params"], document["data"], strict=True):
        space = document["_refs"][kind["params"]]
        assert (kind["name"], space["_type"]["name"]) == ("MatElem", "MatSpace")
        assert space["_type"]["params"] == {"_type": "QQField"}
        assert len(rows) == int(space["data"]["nrows"])
        assert {len(row) for row in rows} <= {int(space["data"]["ncols"])}
        found.append([[Fraction(x.replace("//", "/")) for x in row] for row in rows])
    return found


@pytest.mark.parametrize("bars", BARS)
def test_weights(bars: str) -> None:
    theta = sample(Barcode.parse(bars), seed=1)
    theta = Weights([matrix * "1/3" for matrix in theta.matrices])
    document = json.loads(mrdi.weights_mrdi(theta))
    assert matrices(document) == [matrix.rows() for matrix in theta.matrices]
    assert mrdi.weights_mrdi(theta) == json.dumps(document)


def test_a_subspace_is_its_reduced_basis() -> None:
    space = Matrix([[2, 4, 0], [0, 0, 3]]).row_space()
    assert matrices(mrdi.subspace_mrdi(space)) == [[[1, 2, 0], [0, 0, 1]]]


@pytest.mark.skipif(not shutil.which("M2"), reason="needs Macaulay2")
@pytest.mark.parametrize("bars", [None, *BARS])
def test_macaulay2_finds_the_dimension_of_the_ideal(tmp_path: Path, bars: str | None) -> None:
    barcode = None if bars is None else Barcode.parse(bars)
    fiber = Network(2, 2, 2).fiber(1) if barcode is None else barcode.fiber
    equations = Equations.of(fiber, barcode=barcode)
    path = tmp_path / "ideal.mrdi"
    path.write_text(mrdi.equations_mrdi(equations))
    (tmp_path / "script").write_text(SCRIPT.replace("{path}", str(path)))
    done = subprocess.run(
        ["M2", "--script", str(tmp_path / "script")],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == f"dimension {equations.dimension}"


def test_generators_vanish_on_the_stratum_only() -> None:
    barcode = Barcode.parse(BARS[0])
    document = json.loads(mrdi.equations_mrdi(Equations.of(barcode.fiber, barcode=barcode)))

    def values(theta: Weights) -> set[Fraction]:
        point = [Fraction(x) for matrix in theta.matrices for row in matrix.rows() for x in row]
        found = set()
        for polynomial in document["data"]:
            total = Fraction(0)
            for exponents, coefficient in polynomial:
                term = Fraction(coefficient.replace("//", "/"))
                for x, e in zip(point, exponents, strict=True):
                    term *= x ** int(e)
                total += term
            found.add(total)
        return found

    canonical = [[[1, 0], [0, 0], [0, 0]], [[1, 0, 0], [0, 0, 0]]]
    assert values(Weights(canonical)) == {0}
    assert values(Weights([[[1, 0], [0, 1], [0, 0]], canonical[1]])) != {0}


def test_what_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    root = NumberField("sqrt(2)")
    with pytest.raises(InputError, match="over Q only"):
        mrdi.weights_mrdi(Weights([[[root.gen]]]))
    with pytest.raises(TooLargeError, match="--to macaulay2"):
        mrdi.equations_mrdi(Equations.of(Network(9, 9, 9, 9, 9, 9).fiber()))
    assert main(["export", "1,2,1", "--to", "mrdi"]) == 0
    assert json.loads(capsys.readouterr().out)["_type"]["name"] == "MPolyIdeal"

"""The package under Pyodide: 32-bit words, one process, no NumPy. Needs scripts/pyodide/prepare."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
FOLDER = os.environ.get("LINNET_EXACT_PYODIDE", "")
PROGRAM = """
import sys
from linnet_exact import Matrix, Network, NumberField, Weights

print(sys.maxsize == 2**31 - 1)
rows = [[(i * j + 7 * i + j * j) % 11 for j in range(40)] for i in range(40)]
print(Matrix(rows).rank())
K = NumberField("sqrt(2)")
print(Matrix([[K.gen, 2], [1, K.gen]], K).rank())
theta = Weights([[[1, 2], [2, 4], [0, 1]], [[1, 0, "1/2"]]])
print(theta.barcode, theta.stratum.dimension, Network(2, 3, 2).fiber(1).count())
"""


@pytest.mark.skipif(not FOLDER, reason="LINNET_EXACT_PYODIDE names no folder with Pyodide")
@pytest.mark.skipif(not shutil.which("node"), reason="needs Node")
def test_the_core_runs_under_pyodide(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for path in sorted((REPOSITORY / "linnet_exact").rglob("*.py")):
            archive.write(path, path.relative_to(REPOSITORY))
    (tmp_path / "program.py").write_text(PROGRAM)
    run = REPOSITORY / "scripts" / "pyodide" / "run.mjs"
    done = subprocess.run(
        ["node", str(run), FOLDER, str(tmp_path / "package.zip"), str(tmp_path / "program.py")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["True", "10", "1", "0-1,0-2,1-1 7 4"], done.stderr[-800:]

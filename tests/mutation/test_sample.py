"""A few mutants of the code are noticed by the tests; all of them by `python scripts/mutate.py`."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
FILES = ["scripts/checker/ranks.py", "linnet_exact/strata/formulas/dimension.py"]


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_mutants_are_killed(file: str) -> None:
    if importlib.util.find_spec("cosmic_ray") is None:
        pytest.skip("needs cosmic-ray: pip install 'linnet-exact[mutation]'")
    done = subprocess.run(
        [sys.executable, "scripts/mutate.py", file, "--sample", "10"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout

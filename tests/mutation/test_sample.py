"""Some mutants of the code are noticed by the tests; all of them by `python scripts/mutate.py`."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PLACES = {
    "linnet_exact/strata/values": "tests/strata/values",
    "linnet_exact/algebra/numbers": "tests/algebra/numbers",
    "scripts/checker": "tests/files/certificates",
}


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_mutants_are_killed(place: str) -> None:
    """A small sample, and the nearest tests only: fewer are killed than by all tests."""
    if importlib.util.find_spec("cosmic_ray") is None:
        pytest.skip("needs cosmic-ray: pip install 'linnet-exact[mutation]'")
    sample = [place, "--tests", PLACES[place], "--sample", "60", "--enough", "0.8"]
    done = subprocess.run(
        [sys.executable, "scripts/mutate.py", *sample],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr

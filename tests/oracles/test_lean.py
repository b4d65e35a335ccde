"""Lean 4: its kernel has proved the theorems that we write for it, and refused wrong ones."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from linnet_exact import Weights
from linnet_exact.files.export.lean import ranks_file

STORED = Path(__file__).parent / "stored" / "lean.json"


@pytest.mark.oracle("Lean")
def test_stored_theorems(agree) -> None:
    """Each file is still the one that Lean read, so that what it found holds for it."""
    stored = json.loads(STORED.read_text())
    assert stored["version"]
    for entry in stored["answers"]:
        text = ranks_file(Weights(entry["weights"]))
        assert hashlib.sha256(text.encode()).hexdigest() == entry["sha256"]
        names = re.findall(r"^theorem (\w+) ", text, re.MULTILINE)
        for name, proved in zip(names, entry["proved"], strict=True):
            agree("rank of a product, as a theorem", name, proved)

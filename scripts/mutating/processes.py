"""Tests that start the stand-alone checker as a process of its own start a changed copy."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from mutating.mutants import REPOSITORY

SCRIPT = REPOSITORY / "scripts" / "check_certificate.py"


def let_processes_run(file: str, source: str) -> None:
    """From now on processes that would run the script run one in which a file is another."""
    copy = Path(tempfile.mkdtemp(prefix="mutant-"))
    shutil.copytree(SCRIPT.parent / "checker", copy / "checker")
    shutil.copy(SCRIPT, copy)
    (copy / Path(file).relative_to("scripts")).write_text(source)
    original = subprocess.Popen.__init__

    def start(self: Any, args: Any, *others: Any, **options: Any) -> None:
        if isinstance(args, list):
            args = [str(copy / SCRIPT.name) if str(one) == str(SCRIPT) else one for one in args]
        original(self, args, *others, **options)

    subprocess.Popen.__init__ = start  # type: ignore[method-assign]

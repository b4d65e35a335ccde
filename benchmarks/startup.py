"""How long the command line takes to start, beside the import of the libraries that it stands on.

Run it as `python benchmarks/startup.py`: CPU seconds of whole processes, with modules compiled
before. `linnet-exact --version` may take as long as `import click, flint`, `count 6^6` too, and
`fiber 3^5` 1.3 times as long: they need no large library.
"""

import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from _measure import best_side_by_side, compiled, print_ratios

SCRIPT = str(Path(sysconfig.get_path("scripts"), "linnet-exact"))
COMMANDS = {
    'python -c "import click, flint"': [sys.executable, "-c", "import click, flint"],
    "linnet-exact --version": [SCRIPT, "--version"],
    "linnet-exact --help": [SCRIPT, "--help"],
    "linnet-exact count 6^6": [SCRIPT, "count", "6^6"],
    "linnet-exact fiber 3^5": [SCRIPT, "fiber", "3^5"],
    "linnet-exact strata 3^5": [SCRIPT, "strata", "3^5"],
    'python -c "import linnet_exact"': [sys.executable, "-c", "import linnet_exact"],
}
RUNS = 15


def main() -> None:
    with TemporaryDirectory() as folder:
        environment = compiled(folder)

        def run(command: list[str]) -> object:
            return subprocess.run(command, check=True, capture_output=True, env=environment)

        actions = {name: partial(run, command) for name, command in COMMANDS.items()}
        best_side_by_side(1, actions)  # compiles
        seconds = best_side_by_side(RUNS, actions)
    print_ratios(seconds)


if __name__ == "__main__":
    main()

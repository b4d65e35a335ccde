"""How long the command line takes to start, beside the import of the libraries that it stands on.

Run it as `python benchmarks/startup.py`. `linnet-exact --version` may take 1.5 times as long as
`import click, flint`, and so may whole questions about small fibers: they need no large library.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path

from _measure import best_side_by_side, print_ratios

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
    seconds = best_side_by_side(
        RUNS,
        {
            name: lambda command=command: subprocess.run(command, check=True, capture_output=True)
            for name, command in COMMANDS.items()
        },
    )
    print_ratios(seconds)


if __name__ == "__main__":
    main()

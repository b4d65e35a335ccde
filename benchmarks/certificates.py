"""How long certificates take to make, and to check with and without this package.

The network has four layers, 64 wide, with layer ranks 48; every rank is deficient.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from linnet_exact import Matrix, Weights
from linnet_exact.files import check_certificate, rank_list_certificate

SCRIPT = Path(__file__).parents[1] / "scripts" / "check_certificate.py"


def deficient(width: int, rank: int, bits: int, numbers: random.Random) -> Matrix:
    """A product of two random matrices whose entries have half the bits."""
    top = 1 << (bits // 2 - 1)

    def dense(nrows: int, ncols: int) -> Matrix:
        return Matrix([[numbers.randrange(-top, top) for _ in range(ncols)] for _ in range(nrows)])

    return dense(width, rank) @ dense(rank, width)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--depth", type=int, default=4)
    arguments = parser.parse_args()
    width, rank = arguments.width, 3 * arguments.width // 4
    print("bits   make      check     stand-alone  size")
    for bits in (10, 53):
        numbers = random.Random(1)
        layers = [deficient(width, rank, bits, numbers) for _ in range(arguments.depth)]
        started = perf_counter()
        certificate = rank_list_certificate(Weights(layers))
        made = perf_counter()
        check_certificate(certificate)
        checked = perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "certificate.json")
            path.write_text(json.dumps(certificate))
            subprocess.run([sys.executable, SCRIPT, path], check=True, stdout=subprocess.DEVNULL)
            size = path.stat().st_size
        alone = perf_counter()
        times = (made - started, checked - made, alone - checked)
        print(f"{bits:<5}", *(f"{t:7.2f} s" for t in times), f"   {size / 1e6:7.2f} MB")


if __name__ == "__main__":
    main()

"""Where FLINT's words have 32 bits, as in WebAssembly: simulated, FLINT refuses longer ones."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
PROGRAM = """
import json, sys
import flint

sys.maxsize = 2**31 - 1
asked = set()


def narrow(original):
    def made(*arguments):
        modulus = arguments[-1]
        if not isinstance(modulus, int) or not 0 < modulus < 2**32:
            raise OverflowError(f"{modulus} is longer than a word")
        asked.add(modulus)
        return original(*arguments)

    for name in dir(original):
        if not name.startswith("_"):
            setattr(made, name, getattr(original, name))
    return made


flint.nmod_mat, flint.nmod_poly = narrow(flint.nmod_mat), narrow(flint.nmod_poly)

from linnet_exact import Matrix, NumberField, Weights
from linnet_exact.algebra.ranks.certified import rank_with_evidence
from linnet_exact.algebra.ranks.checking import check_rank_evidence
from linnet_exact.claims.checking import check_document
from linnet_exact.files.certificates.rank_list import rank_list_certificate

rows = [[(i * j + 7 * i + j * j) % 11 for j in range(40)] for i in range(39)]
A = Matrix([*rows, [x + y for x, y in zip(rows[0], rows[1])]])
print(A.rank())
evidence = rank_with_evidence(A)
check_rank_evidence(A, evidence)
K = NumberField("sqrt(2)")
B = Matrix([[K.gen, 2], [1, K.gen]], K)
print(B.rank(), rank_with_evidence(B).rank)
theta = Weights([A, A])
ranks, bound = theta.probable_rank_list()
print(ranks.r(2, 0) == theta.rank_list.r(2, 0), bound < 1)
print(len(check_document(rank_list_certificate(theta))))
for name in sys.argv[1:]:
    with open(name) as stream:
        print(len(check_document(json.load(stream))) > 0)
print(max(asked) < 2**31)
"""
GOLDEN = ["rank-list-wide", "rank-list-two-square-roots", "rank-list-imaginary"]
GOLDEN += ["probable-2-square-roots", "probable-2-large-numbers"]


def test_ranks_and_certificates_with_words_of_32_bits() -> None:
    files = [str(REPOSITORY / f"tests/files/golden/{name}.json") for name in GOLDEN]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *files],
        capture_output=True, text=True, cwd=REPOSITORY, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    rank, root, *others = done.stdout.splitlines()
    assert int(rank) < 40
    assert root == "1 1"
    assert others == ["True True", "3", *["True"] * len(GOLDEN), "True"]

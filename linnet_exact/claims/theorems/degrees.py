"""What is said of degrees of orbit closures, against Gröbner bases of another system."""

import shutil
import subprocess

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.strata import Barcode, Stratum

__all__ = ["DEGREES", "codimension_and_degree_by_singular"]

_WEIGHTS = 12
_SECONDS = 60
_SCRIPT = """
ring R = 0, ({variables}), dp;
{matrices}
ideal I = {minors};
I = std(I);
print(string(nvars(R) - dim(I)) + " " + string(mult(I)));
quit;
"""


def codimension_and_degree_by_singular(barcode: Barcode) -> tuple[int, int]:
    """Return codimension and degree of the variety of all rank conditions, found by Singular.

    Raises
    ------
    OSError
        If Singular cannot be run.
    subprocess.SubprocessError
        If it fails, or takes more than a minute.

    Examples
    --------
    >>> codimension_and_degree_by_singular(Barcode.parse("0-0,0-1,1-1"))  # doctest: +SKIP
    (1, 2)
    """
    widths, ranks = barcode.widths, barcode.rank_list
    shapes = [(j, widths[j], widths[j - 1]) for j in range(1, len(widths))]
    minors = ["0"]
    for i in range(barcode.depth):
        for k in range(i + 1, barcode.depth + 1):
            if ranks.r(k, i) < min(widths[k], widths[i]):
                product = "*".join(f"W{j}" for j in range(k, i, -1))
                minors.append(f"minor({product}, {ranks.r(k, i) + 1})")
    script = _SCRIPT.format(
        variables=", ".join(f"w{j}(1..{m})(1..{n})" for j, m, n in shapes),
        matrices="\n".join(f"matrix W{j}[{m}][{n}] = w{j}(1..{m})(1..{n});" for j, m, n in shapes),
        minors=" + ".join(f"ideal({minor})" for minor in minors),
    )
    done = subprocess.run(
        ["Singular", "-q"], input=script, capture_output=True, text=True, check=True,
        timeout=_SECONDS,
    )  # fmt: skip
    codimension, degree = done.stdout.split()[-2:]
    return int(codimension), int(degree)


def _check(stratum: Stratum, seed: int) -> Verdict:
    weights = stratum.fiber.network.weight_dimension
    codimension, degree = codimension_and_degree_by_singular(stratum.barcode)
    return Verdict.equal(
        formula=(weights - stratum.dimension - _product_dimension(stratum), stratum.degree),
        singular=(codimension, degree),
    )


def _product_dimension(stratum: Stratum) -> int:
    widths, rank = stratum.fiber.network.widths, stratum.fiber.rank
    return rank * (widths[0] + widths[-1] - rank)


def _can_be_computed(stratum: Stratum) -> bool:
    few = stratum.fiber.network.weight_dimension <= _WEIGHTS
    return few and shutil.which("Singular") is not None


DEGREES = Claim(
    name="degrees",
    statement="the closure of an orbit in weight space, an affine cone, has the degree that "
    "localization on its resolution by flags of subrepresentations gives",
    source="M. Reineke, Quivers, desingularizations and canonical bases; Berline and Vergne, "
    "localization in equivariant cohomology",
    check=_check,
    latex=r"\deg \overline{O_\omega} = [\overline{O_\omega}]_T \big|_{x_{j,a} = j}",
    method="where Singular is installed, it finds codimension and degree of the ideal of all "
    "minors by a Gröbner basis",
    applies=_can_be_computed,
)

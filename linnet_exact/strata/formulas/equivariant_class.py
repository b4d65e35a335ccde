"""The equivariant class of the closure of an orbit, as a polynomial, from the barcode alone.

The sum of `linnet_exact.strata.formulas.degree` with variables for the weights x_{j,a}.
"""

from itertools import combinations, pairwise
from math import comb
from typing import TYPE_CHECKING, Any

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas.degree import choices_of_bars, require_few_choices
from linnet_exact.strata.formulas.dimension import orbit_codimension
from linnet_exact.strata.values.barcode import Barcode

if TYPE_CHECKING:
    import sympy

__all__ = ["equivariant_class", "equivariant_class_in_macaulay2"]

MONOMIAL_LIMIT = 200_000
"""Largest number of monomials that there are in as many variables, of the degree that occurs."""

_PAIRS_LIMIT = 1000  # of ways to give the vectors of two neighbouring layers their bars


def equivariant_class(barcode: Barcode) -> "sympy.Expr":
    """Return the class of the orbit closure, equivariant under the torus of diagonal matrices.

    Returns
    -------
    sympy.Expr
        A polynomial of degree codim in x0_1, …, xL_dL, where the entry of W_{j+1} in column a and
        row b has the weight x(j+1)_b − xj_a. At xj_a = j it is the degree of the closure.

    Raises
    ------
    TooLargeError
        If the sum has too many terms for polynomials.

    Examples
    --------
    >>> equivariant_class(Barcode.parse("0-0,1-1"))
    -x0_1 + x1_1
    >>> equivariant_class(Barcode.parse("0-0,0-1,1-1"))
    -x0_1 - x0_2 + x1_1 + x1_2
    """
    return _class(barcode).as_expr()


def equivariant_class_in_macaulay2(barcode: Barcode) -> str:
    """Return the class as a text for Macaulay2, in variables x_(j,a).

    Examples
    --------
    >>> print(equivariant_class_in_macaulay2(Barcode.parse("0-0,1-1")))
    R = QQ[x_(0,1), x_(1,1)];
    -x_(0,1) + x_(1,1)
    """
    polynomial = _class(barcode)
    names = [str(symbol) for symbol in polynomial.ring.symbols]
    subscripts = [f"x_({name[1:].replace('_', ',')})" for name in names]
    text = str(polynomial.as_expr()).replace("**", "^")
    # From the last to the first: x1_1 is no part of x1_10 then.
    for name, subscript in sorted(zip(names, subscripts, strict=True), key=lambda p: -len(p[0])):
        text = text.replace(name, subscript)
    return f"R = QQ[{', '.join(subscripts)}];\n{text}"


def _class(barcode: Barcode) -> Any:
    """The class in a ring of sparse polynomials."""
    from sympy.polys.domains import ZZ
    from sympy.polys.rings import ring

    names = [f"x{j}_{a + 1}" for j, width in enumerate(barcode.widths) for a in range(width)]
    domain, *variables = ring(names, ZZ)
    if orbit_codimension(barcode) == 0:
        return domain.one
    require_few_choices(barcode, _PAIRS_LIMIT)
    choices = choices_of_bars(barcode)
    mixed = [len(rows) > 1 for rows in choices]  # elsewhere nothing has a denominator
    poles = sum(comb(width, 2) for width, some in zip(barcode.widths, mixed, strict=True) if some)
    degree = orbit_codimension(barcode) + poles
    if comb(len(names) + degree - 1, degree) > MONOMIAL_LIMIT:
        raise TooLargeError(
            f"the class of {barcode} is a quotient by a polynomial of degree {degree} in "
            f"{len(names)} variables: that may have more than {MONOMIAL_LIMIT} monomials"
        )
    left = iter(variables)
    x = [[next(left) for _ in range(width)] for width in barcode.widths]
    common = [_common if some else _one for some in mixed]
    values = [domain.one * common[0](row, x[0]) for row in choices[0].tolist()]
    for j, (before, after) in enumerate(pairwise(choices)):
        values = [
            common[j + 1](later, x[j + 1])
            * sum(
                (
                    value * _ways_up(earlier, later, x[j], x[j + 1])
                    for value, earlier in zip(values, before.tolist(), strict=True)
                ),
                domain.zero,
            )
            for later in after.tolist()
        ]
    total = sum(values, domain.zero)
    for row in (row for row, some in zip(x, mixed, strict=True) if some):
        for a, b in combinations(row, 2):
            total = total.exquo(b - a)
    return total


def _ways_up(earlier: list[int], later: list[int], x: list[Any], y: list[Any]) -> Any:
    """The product of y_b − x_a over a with a bar before that of b."""
    product = 1
    for a, first in enumerate(earlier):
        for b, second in enumerate(later):
            if first < second:
                product = product * (y[b] - x[a])
    return product


def _one(row: list[int], x: list[Any]) -> Any:
    return 1


def _common(row: list[int], x: list[Any]) -> Any:
    """What a term is multiplied by for the denominator ∏ (x_b − x_a) over all a < b."""
    product = 1
    for (a, first), (b, second) in combinations(enumerate(row), 2):
        if first == second:
            product = product * (x[b] - x[a])
        elif first > second:
            product = -product
    return product

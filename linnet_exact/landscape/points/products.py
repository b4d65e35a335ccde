"""The products of critical points: W_S = P_S Γ Σ⁻¹ over the field that P_S needs.

P_S is the orthogonal projection onto the eigenvectors of Γ Σ⁻¹ Γᵀ with the eigenvalues of S. Where
all conjugates of an eigenvalue over the field of the data are in S it is over that field; where
some are, they are adjoined, or those that are not in S if these are fewer.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations, islice
from math import perm, prod
from operator import add, sub

from linnet_exact.algebra import QQ, Field, Matrix, NumberField
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, eigenvalues, exact_fraction
from linnet_exact.landscape.loss.data import Data
from linnet_exact.landscape.points.conjugates import Conjugates, conjugates, onto
from linnet_exact.strata import Barcode

__all__ = [
    "any_selection",
    "critical_product",
    "field_degree",
    "require_selection",
    "simple_eigenvalues",
]

MAX_FIELD_DEGREE = 24
"""Largest degree of a field that is adjoined for the eigenvectors."""

_SETS_TRIED = 10_000


def simple_eigenvalues(data: Data) -> tuple[Eigenvalue, ...]:
    """Return λ_1 > … > λ_ρ, the nonzero eigenvalues of Γ Σ⁻¹ Γᵀ.

    Raises
    ------
    InputError
        If Σ is singular, or one of them is repeated.

    Examples
    --------
    >>> len(simple_eigenvalues(Data.from_target(Matrix([[2, 0], [0, 1], [0, 0]]))))
    2
    """
    found = tuple(e for e in eigenvalues(data.explained) if not e.is_zero)
    repeated = [s for s, e in enumerate(found, start=1) if e.multiplicity > 1]
    if repeated:
        raise InputError(
            f"Gamma Sigma^-1 Gamma^T has a repeated eigenvalue, the one of number {repeated[0]}: "
            f"a set S does not say which eigenvectors are meant"
        )
    return found


def require_selection(selected: Sequence[int], gamma_rank: int) -> tuple[int, ...]:
    """Return the numbers of a set S in order.

    Raises
    ------
    InputError
        If a number comes twice or is not one of 1, …, ρ.

    Examples
    --------
    >>> require_selection([2, 1], 2)
    (1, 2)
    """
    numbers = tuple(sorted(selected))
    if len(set(numbers)) < len(numbers) or not all(1 <= s <= gamma_rank for s in numbers):
        shown = ", ".join(map(str, selected))
        raise InputError(
            f"S = {{{shown}}} must be different numbers from 1 to {gamma_rank}, the rank of Gamma "
            f"(1 for the largest eigenvalue)"
        )
    return numbers


def any_selection(barcode: Barcode, data: Data) -> tuple[int, ...]:
    """Return a set S of r numbers, with a field of the least degree, for rank r.

    Raises
    ------
    InputError
        If Γ has a smaller rank, Σ is singular or an eigenvalue is repeated.

    Examples
    --------
    >>> any_selection(Barcode.parse("0-0,0-1"), Data.from_target(Matrix([[1, 0], [0, 0]])))
    (1,)
    """
    values = simple_eigenvalues(data)
    if barcode.rank > len(values):
        raise InputError(
            f"Gamma has rank {len(values)}: no critical point has a product of rank {barcode.rank}"
        )
    classes = conjugates(data, values)
    tried = islice(combinations(range(1, len(values) + 1), barcode.rank), _SETS_TRIED)
    return min(tried, key=lambda S: field_degree(classes, [values[s - 1] for s in S]))


def field_degree(classes: Sequence[Conjugates], chosen: Sequence[Eigenvalue]) -> int:
    """Return a bound on the degree of the field that P_S needs, over the field of the data.

    Examples
    --------
    >>> data = Data.from_target(Matrix([[1, 1], [1, 2]]))
    >>> first, second = simple_eigenvalues(data)
    >>> classes = conjugates(data, [first, second])
    >>> [field_degree(classes, S) for S in ([], [first], [first, second])]
    [1, 2, 1]
    """
    return prod(perm(len(c.values), len(_fewer(c, chosen))) for c in classes)


def critical_product(data: Data, selected: Sequence[int]) -> Matrix:
    """Return W_S = P_S Γ Σ⁻¹.

    Raises
    ------
    InputError
        If Σ is singular, an eigenvalue is repeated, or S is not a set of numbers from 1 to ρ.
    TooLargeError
        If the eigenvectors need a field of a degree above `MAX_FIELD_DEGREE`.

    Examples
    --------
    >>> data = Data.from_target(Matrix([[2, 0], [0, 1]]))
    >>> critical_product(data, [2])
    Matrix([[0, 0], [0, 1]])
    """
    values = simple_eigenvalues(data)
    numbers = require_selection(selected, len(values))
    chosen = [values[s - 1] for s in numbers]
    classes = conjugates(data, values)
    degree = data.field.degree * field_degree(classes, chosen)
    if degree > max(MAX_FIELD_DEGREE, data.field.degree):
        raise TooLargeError(
            f"the eigenvectors of S = {{{', '.join(map(str, numbers))}}} need a field of degree "
            f"{degree} over Q; the limit is {MAX_FIELD_DEGREE}"
        )
    elements = _adjoined(data.field, [(c, e) for c in classes for e in _fewer(c, chosen)])
    T = data.explained
    P = Matrix.zero(*T.shape, data.field)
    for c in classes:
        fewer, all_chosen = _fewer(c, chosen), set(c.values) <= set(chosen)
        lines = [_line(T, elements[e]) for e in fewer]
        complement = all_chosen or (fewer and fewer[0] not in chosen)
        P = reduce(sub, lines, P + c.projection) if complement else reduce(add, lines, P)
    return P @ data.regression


def _fewer(conjugate: Conjugates, chosen: Sequence[Eigenvalue]) -> list[Eigenvalue]:
    """Return the eigenvalues of a class that are chosen, or those that are not if these are fewer.

    For either the field of the data holds the sum of all projections.
    """
    parts = [[e for e in conjugate.values if (e in chosen) == wanted] for wanted in (True, False)]
    return min(parts, key=len)


def _adjoined(
    field: Field, needed: Sequence[tuple[Conjugates, Eigenvalue]]
) -> dict[Eigenvalue, Scalar]:
    """Return eigenvalues as elements of one field, which holds that of the data too."""
    if len(needed) == 1:
        ((conjugate, value),) = needed
        larger = NumberField(list(conjugate.polynomial), near=conjugate.near(value))
        return {value: larger.gen - larger(conjugate.shift)}
    if not needed:
        return {}
    texts, own = [_root_text(value.polynomial, _near(value)) for _, value in needed], []
    if isinstance(field, NumberField) and field.root is not None:
        near = exact_fraction(field.root.enclosure(128).real.mid())
        own = [_root_text([int(c) for c in field.integer_polynomial.coeffs()], near)]
    larger = NumberField(*own, *texts)
    return {value: larger(text) for (_, value), text in zip(needed, texts, strict=True)}


def _near(value: Eigenvalue) -> Fraction:
    return exact_fraction(value.enclosure(128).mid())


def _root_text(polynomial: Sequence[int], near: Fraction) -> str:
    terms = " + ".join(f"({c})*x^{k}" for k, c in enumerate(polynomial) if c)
    return f"root({terms}, {near})"


def _line(T: Matrix, eigenvalue: Scalar) -> Matrix:
    """Return the orthogonal projection onto the eigenvectors of a simple eigenvalue."""
    shifted = T - Matrix.identity(T.nrows, getattr(eigenvalue, "field", QQ)) * eigenvalue
    return onto(shifted.null_space().basis)

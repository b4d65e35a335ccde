"""The products of critical points: W_S = P_S Γ Σ⁻¹ over the field that P_S needs.

P_S is the orthogonal projection onto the eigenvectors of Γ Σ⁻¹ Γᵀ with the eigenvalues of S. Where
all conjugates of an eigenvalue are in S it is rational; where some are, they are adjoined to Q, or
those that are not in S if these are fewer.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, islice
from math import perm, prod

from linnet_exact.algebra import QQ, Field, Matrix, NumberField
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, eigenvalues, exact_fraction
from linnet_exact.landscape.loss.data import Data
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
    tried = islice(combinations(range(1, len(values) + 1), barcode.rank), _SETS_TRIED)
    return min(tried, key=lambda selected: field_degree(values, selected))


def field_degree(values: Sequence[Eigenvalue], selected: Sequence[int]) -> int:
    """Return a bound on the degree of the field over Q that P_S needs.

    Examples
    --------
    >>> values = simple_eigenvalues(Data.from_target(Matrix([[1, 1], [1, 2]])))
    >>> [field_degree(values, S) for S in ((), (1,), (1, 2))]
    [1, 2, 1]
    """
    return prod(
        perm(len(polynomial) - 1, min(len(chosen), len(others)))
        for polynomial, chosen, others in _by_polynomial(values, selected)
    )


def critical_product(data: Data, selected: Sequence[int]) -> Matrix:
    """Return W_S = P_S Γ Σ⁻¹.

    Raises
    ------
    InputError
        If Σ is singular, an eigenvalue is repeated, or S is not a set of numbers from 1 to ρ; or
        the data is over a number field that does not hold the eigenvalues.
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
    T, zero = data.explained, Matrix.zero(*data.explained.shape, data.field)
    if data.field.degree > 1:
        P = _sum([_line(T, _in_field(data.field, values[s - 1])) for s in numbers], zero)
        return P @ data.regression
    degree = field_degree(values, numbers)
    if degree > MAX_FIELD_DEGREE:
        raise TooLargeError(
            f"the eigenvectors of S = {{{', '.join(map(str, numbers))}}} need a field of degree "
            f"{degree} over Q; the limit is {MAX_FIELD_DEGREE}"
        )
    groups = _by_polynomial(values, numbers)
    needed = [
        e for _, chosen, others in groups for e in min((chosen, others), key=len) if e.degree > 1
    ]
    elements = _adjoined(needed)
    P = zero
    for polynomial, chosen, others in groups:
        lines = [_line(T, elements.get(e, e.to_fraction())) for e in min((chosen, others), key=len)]
        if len(chosen) <= len(others):
            P = P + _sum(lines, zero)
        else:
            P = P + _all_roots(T, polynomial) - _sum(lines, zero)
    return P @ data.regression


def _by_polynomial(
    values: Sequence[Eigenvalue], selected: Sequence[int]
) -> list[tuple[tuple[int, ...], list[Eigenvalue], list[Eigenvalue]]]:
    """Return for each minimal polynomial the eigenvalues in S and those that are not."""
    groups: dict[tuple[int, ...], tuple[list[Eigenvalue], list[Eigenvalue]]] = {}
    for s, value in enumerate(values, start=1):
        chosen, others = groups.setdefault(value.polynomial, ([], []))
        (chosen if s in selected else others).append(value)
    return [(polynomial, *pair) for polynomial, pair in groups.items()]


def _adjoined(numbers: Sequence[Eigenvalue]) -> dict[Eigenvalue, Scalar]:
    """Return the numbers as elements of one field."""
    if not numbers:
        return {}
    if len(numbers) == 1:
        (value,) = numbers
        field = NumberField(list(value.polynomial), near=_near(value))
        return {value: field.gen}
    texts = [_root_text(value) for value in numbers]
    field = NumberField(*texts)
    return {value: field(text) for value, text in zip(numbers, texts, strict=True)}


def _near(value: Eigenvalue) -> Fraction:
    return exact_fraction(value.enclosure(128).mid())


def _root_text(value: Eigenvalue) -> str:
    terms = " + ".join(f"({c})*x^{k}" for k, c in enumerate(value.polynomial) if c)
    return f"root({terms}, {_near(value)})"


def _in_field(field: Field, value: Eigenvalue) -> Scalar:
    rational = value.to_fraction()
    if rational is not None:
        return field(rational)
    return field(_root_text(value))


def _line(T: Matrix, eigenvalue: "Scalar | None") -> Matrix:
    """Return the orthogonal projection onto the eigenvectors of a simple eigenvalue."""
    assert eigenvalue is not None
    shifted = T - Matrix.identity(T.nrows, getattr(eigenvalue, "field", QQ)) * eigenvalue
    return _onto(shifted.null_space().basis)


def _all_roots(T: Matrix, polynomial: Sequence[int]) -> Matrix:
    """Return the projection onto the eigenvectors of all roots of a polynomial: null f(T)."""
    value = Matrix.zero(*T.shape)
    unit = Matrix.identity(T.nrows)
    for c in reversed(polynomial):
        value = value @ T + c * unit
    return _onto(value.null_space().basis)


def _onto(basis: Matrix) -> Matrix:
    """Return the orthogonal projection onto the span of rows that are independent."""
    return basis.T @ (basis @ basis.T).inverse() @ basis


def _sum(matrices: Sequence[Matrix], zero: Matrix) -> Matrix:
    total = zero
    for matrix in matrices:
        total = total + matrix
    return total

"""Eigenvalues of T = Γ Σ⁻¹ Γᵀ that are conjugate over the field Q(a) of the data, and their sums.

The characteristic polynomial over Q of T + s a has the roots λ + s a, for all eigenvalues λ of T
and of its conjugates. Let s be so that these differ unless they are of one λ and one conjugate.
Then two eigenvalues λ and λ' are conjugate over Q(a) iff λ + s a and λ' + s a are over Q, and
λ + s a generates Q(a, λ) (primitive element theorem; Trager, SYMSAC 1976). So no polynomial is
factored over Q(a). Over Q the shift s a is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import count

from flint import acb, fmpq_mat, fmpz_poly

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.numbers.root_selection import select_root
from linnet_exact.interruption import interruptible
from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, exact_fraction, to_ball
from linnet_exact.landscape.loss.data import Data, trace

__all__ = ["Conjugates", "conjugates", "onto"]


@dataclass(frozen=True)
class Conjugates:
    """The eigenvalues of T = Γ Σ⁻¹ Γᵀ with one minimal polynomial over the field of the data.

    Attributes
    ----------
    values : tuple of Eigenvalue
        The largest first.
    polynomial : tuple of int
        The minimal polynomial over Q of λ + shift, constant term first, for all λ of them.
    explained : Matrix
        T.
    shift : Fraction or FieldElement
        s a; 0 over Q.
    """

    values: tuple[Eigenvalue, ...]
    polynomial: tuple[int, ...]
    explained: Matrix
    shift: Scalar

    @cached_property
    def projection(self) -> Matrix:
        """The orthogonal projection onto their eigenvectors, over the field of the data."""
        T = self.explained
        unit, image = Matrix.identity(T.nrows, T.field), Matrix.zero(*T.shape, T.field)
        shifted = T + unit * self.shift
        for c in reversed(self.polynomial):
            image = image @ shifted + c * unit
        return onto(image.null_space().basis)

    @cached_property
    def sum(self) -> Scalar:
        """Their sum, a number of the field."""
        if self.explained.field.degree == 1:
            return Fraction(-self.polynomial[-2], self.polynomial[-1])
        return trace(self.projection @ self.explained) * Fraction(1, self.values[0].multiplicity)

    def near(self, value: Eigenvalue) -> Fraction:
        """Return a rational number near to λ + shift."""
        return exact_fraction((value.enclosure(128) + to_ball(self.shift)).mid())


def conjugates(data: Data, values: Sequence[Eigenvalue]) -> tuple[Conjugates, ...]:
    """Return the nonzero eigenvalues of Γ Σ⁻¹ Γᵀ, all that there are, by conjugacy.

    Examples
    --------
    >>> from linnet_exact.landscape.inertia.eigenvalues import eigenvalues
    >>> data = Data.from_target(Matrix([[1, 1, 0], [0, 1, 0], [0, 0, 2]]))
    >>> found = conjugates(data, eigenvalues(data.explained))
    >>> [(len(c.values), c.polynomial, str(c.sum)) for c in found]
    [(1, (-4, 1), '4'), (2, (1, -3, 1), '3')]
    """
    groups: dict[tuple[int, ...], list[Eigenvalue]] = {}
    shift = data.field(0)
    if data.field.degree == 1:
        for value in values:
            groups.setdefault(value.polynomial, []).append(value)
    else:
        shift, polynomial = _with_shift(data, len(values))
        for value in values:
            factor = select_root(polynomial, partial(_shifted_ball, value, shift))[0]
            groups.setdefault(tuple(map(int, factor.coeffs())), []).append(value)
    return tuple(
        Conjugates(tuple(group), polynomial, data.explained, shift)
        for polynomial, group in groups.items()
    )


def onto(basis: Matrix) -> Matrix:
    """Return the orthogonal projection onto the span of rows that are independent.

    Examples
    --------
    >>> onto(Matrix([[1, 1]]))
    Matrix([['1/2', '1/2'], ['1/2', '1/2']])
    """
    return basis.T @ (basis @ basis.T).inverse() @ basis


def _with_shift(data: Data, nonzero: int) -> tuple[Scalar, fmpz_poly]:
    """Return s a, and the product of the different factors of the polynomial of T + s a over Q."""
    T, field = data.explained, data.field
    different = nonzero + (data.rank < T.nrows)
    for s in count(1):
        shift = field.element([0, s], 1)
        regular, denominator = to_regular(T + Matrix.identity(T.nrows, field) * shift)
        full = interruptible(fmpq_mat.charpoly, fmpq_mat(regular) / denominator).numer()
        polynomial = full // full.gcd(full.derivative())
        if polynomial.degree() == field.degree * different:
            return shift, polynomial
    raise AssertionError("all but finitely many s will do")


def _shifted_ball(value: Eigenvalue, shift: Scalar, bits: int) -> acb:
    return acb(value.enclosure(bits) + to_ball(shift, bits))

"""Families θ(ε), polynomial in ε, on one stratum for every ε ≠ 0 and on any lower one at ε = 0.

They may pass over many covers at once. The proof for all ε ≠ 0 is a flow basis J(ε) whose inverse
has powers of ε as its only denominators: W_j(ε) J_{j−1}(ε) = J_j(ε) Ĩ_j, an identity of polynomials
(Shewchuk and Bhattacharya, The Hierarchy of Manifolds, SoCG 2026, on closures of strata).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from linnet_exact.algebra import Field, Matrix
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.strata import Barcode
from linnet_exact.strata.order.comparison import Climb, compare
from linnet_exact.weights.moves.sparse_family import SparseFamily, Vector, powers, sparse_family
from linnet_exact.weights.strands import canonical_matrices
from linnet_exact.weights.weights import Weights

__all__ = ["Family", "Polynomial", "family_to"]

Polynomial = dict[int, Matrix]
"""A matrix whose entries are Laurent polynomials in ε: from a power to its coefficient."""


@dataclass(frozen=True, repr=False)
class Family:
    """θ(ε), with barcode `upper` for every ε ≠ 0 and `lower` for ε = 0, and the proof.

    Attributes
    ----------
    given : Weights
        The weights that the family was made for: θ(0) if `rises`, otherwise θ(1).
    rises : bool
    chain : tuple of Climb
        The covers from `lower` to `upper`.
    matrices : tuple of dict
        W_1(ε), …, W_L(ε), from a power of ε to a coefficient.
    bases, inverses : tuple of dict
        J_0(ε), …, J_L(ε) and their inverses.

    Examples
    --------
    >>> family = family_to(Weights([[[0]], [[0]]]), Barcode.parse("0-1,2-2"))
    >>> family.matrices[0], str(family.at(7).barcode), str(family.at(0).barcode)
    ({0: Matrix([[0]]), 1: Matrix([[1]])}, '0-1,2-2', '0-0,1-1,2-2')
    """

    given: Weights
    rises: bool
    lower: Barcode
    upper: Barcode
    chain: tuple[Climb, ...]
    matrices: tuple[Polynomial, ...]
    bases: tuple[Polynomial, ...]
    inverses: tuple[Polynomial, ...]

    @property
    def degree(self) -> int:
        """The largest power of ε."""
        return max(max(matrix) for matrix in self.matrices)

    @property
    def coefficients(self) -> list[tuple[Matrix, ...]]:
        """The coefficients of 1, ε, ε², …, each as (W_1, …, W_L)."""
        zero = [Matrix.zero(*matrix[0].shape, self.given.field) for matrix in self.matrices]
        return [
            tuple(matrix.get(power, o) for matrix, o in zip(self.matrices, zero, strict=True))
            for power in range(self.degree + 1)
        ]

    def at(self, epsilon: object) -> Weights:
        """Return θ(ε).

        Raises
        ------
        InputError
            If ε is not in the field of the weights.

        Examples
        --------
        >>> family = family_to(Weights([[[3]], [[0]]]), Barcode.parse("0-0,1-1,2-2"))
        >>> family.at(0).matrices[0], family.at("1/2").matrices[0], family.at(1) == family.given
        (Matrix([[0]]), Matrix([['3/2']]), True)
        """
        number = self.given.field(epsilon)
        value = []
        for matrix in self.matrices:
            total = matrix[0]
            for power, coefficient in matrix.items():
                if power:
                    total = total + coefficient * number**power
            value.append(total)
        return Weights(value)

    def check(self) -> None:
        """Check both barcodes and the product for all ε, by identities of polynomials.

        Raises
        ------
        CertificateError
            If the family is not what it says.

        Examples
        --------
        >>> family_to(Weights([[[3]], [[0]]]), Barcode.parse("0-0,1-1,2-2")).check()
        """
        field = self.given.field
        if any(power < 0 for matrix in self.matrices for power in matrix):
            raise CertificateError("a matrix has a negative power of ε")
        if self.at(0 if self.rises else 1) != self.given:
            raise CertificateError("the family does not pass through the given weights")
        if self.at(0).barcode != self.lower:
            raise CertificateError(f"the limit is on {self.at(0).barcode}, not on {self.lower}")
        for basis, inverse, width in zip(self.bases, self.inverses, self.upper.widths, strict=True):
            if _times(basis, inverse) != {0: Matrix.identity(width, field)}:
                raise CertificateError("a basis is not invertible for some ε ≠ 0")
        canonical = canonical_matrices(self.upper, field)
        for matrix, (before, after), one in zip(
            self.matrices, pairwise(self.bases), canonical, strict=True
        ):
            if _times(matrix, before) != _times(after, {0: one}):
                raise CertificateError(f"the family is not on {self.upper} for all ε ≠ 0")
        product = reduce(lambda total, matrix: _times(matrix, total), self.matrices)
        if _trimmed(product) != _trimmed({0: self.given.product()}):
            raise CertificateError("the product depends on ε")

    def __repr__(self) -> str:
        return f"Family({self.given.network}, from {str(self.lower)!r} to {str(self.upper)!r})"


def family_to(theta: Weights, barcode: Barcode) -> Family:
    """Return a family with θ as its limit, or as its general member, and another stratum.

    If the stratum of θ is in the closure of the other, θ = θ(0); else the other must be in the
    closure of that of θ, and θ = θ(1).

    Raises
    ------
    InputError
        If neither stratum is in the closure of the other.
    TooLargeError
        If there are too many covers between them.

    Examples
    --------
    >>> family = family_to(Weights([[[0]], [[0]]]), Barcode.parse("0-0,1-2"))
    >>> family.rises, family.degree, len(family.chain)
    (True, 1, 1)
    """
    found = compare(theta.barcode, barcode)
    if found.relation not in ("equal", "below", "above"):
        raise InputError(
            f"neither of the strata {theta.barcode} and {barcode} is in the closure of the other: "
            f"linnet-exact compare shows why"
        )
    rises = found.in_closure
    lower, upper = (theta.barcode, barcode) if rises else (barcode, theta.barcode)
    sparse = sparse_family(lower, upper)
    field, widths = theta.field, lower.widths
    columns = [_matrix(c, w, field, False) for c, w in zip(sparse.columns, widths, strict=True)]
    rows = [_matrix(r, w, field, True) for r, w in zip(sparse.rows, widths, strict=True)]
    group = list(theta.flow().bases)
    if not rises:  # carry the point at ε = 1, of which the strands are a flow basis, to θ
        group = [j @ _at_one(row) for j, row in zip(group, rows, strict=True)]
    inverse = [matrix.inverse() for matrix in group]
    matrices = tuple(
        _trimmed({e: group[j] @ c @ inverse[j - 1] for e, c in change.items()}, keep_constant=True)
        for j, change in enumerate(_canonical_family(sparse, lower, field), start=1)
    )
    return Family(
        theta,
        rises,
        lower,
        upper,
        sparse.chain,
        matrices,
        tuple({e: g @ c for e, c in m.items()} for g, m in zip(group, columns, strict=True)),
        tuple({e: c @ g for e, c in m.items()} for g, m in zip(inverse, rows, strict=True)),
    )


def _canonical_family(sparse: SparseFamily, lower: Barcode, field: Field) -> list[Polynomial]:
    """Return the family from the canonical point, in the strands of the lower stratum."""
    family = []
    for canonical, added in zip(canonical_matrices(lower, field), sparse.added, strict=True):
        change: Polynomial = {0: canonical}
        for power in sorted({e for _, _, e in added}):
            rows = [[0] * canonical.ncols for _ in range(canonical.nrows)]
            for (row, column, e), x in added.items():
                if e == power:
                    rows[row][column] = x
            change[power] = Matrix(rows, field, canonical.shape)
        family.append(change)
    return family


def _matrix(vectors: Sequence[Vector], width: int, field: Field, as_rows: bool) -> Polynomial:
    found = {}
    for power in sorted(powers(vectors)):
        rows = [[vector.get((at, power), 0) for at in range(width)] for vector in vectors]
        matrix = Matrix(rows, field, (width, width))
        found[power] = matrix if as_rows else matrix.T
    return found


def _at_one(matrix: Polynomial) -> Matrix:
    return reduce(lambda total, coefficient: total + coefficient, matrix.values())


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product, without the powers whose coefficient is 0."""
    total: Polynomial = {}
    for e, a in left.items():
        for f, b in right.items():
            product = a @ b
            total[e + f] = total[e + f] + product if e + f in total else product
    return _trimmed(total)


def _trimmed(matrix: Polynomial, keep_constant: bool = False) -> Polynomial:
    return {
        power: coefficient
        for power, coefficient in matrix.items()
        if not coefficient.is_zero() or (keep_constant and power == 0)
    }

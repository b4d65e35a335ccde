"""The arithmetic of the stand-alone checker, piece by piece, against FLINT and our own."""

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from flint import fmpq, fmpq_mat, fmpz_poly, nmod_poly

from linnet_exact import Barcode, Matrix, NumberField, Weights
from linnet_exact.landscape import Data
from linnet_exact.landscape.inertia.inertia import inertia
from linnet_exact.landscape.loss.derivatives import hessian, residual, second_derivative
from linnet_exact.strata.formulas.dimension import stratum_dimension
from tests.files.certificates.both import script
from tests.strategies_strata import box_of_fibers

polynomials, critical, path = map(
    script, ("checker.polynomials", "checker.critical", "checker.path")
)
matrices, fields, ranks = map(script, ("checker.matrices", "checker.field", "checker.ranks"))
document = script("checker.document")


def coefficients(f: Any) -> list[int]:
    return [int(c) for c in f.coeffs()]


@pytest.mark.parametrize("p", [2, 3, 5, 97, 2**31 - 1])
def test_polynomials_modulo_primes(p: int) -> None:
    numbers = Random(p)
    for _ in range(40):
        f, g = ([numbers.randrange(p) for _ in range(numbers.randint(1, 7))] for _ in range(2))
        f, g = polynomials.trimmed(f), [*g, numbers.randrange(1, p)]
        F, G = nmod_poly(f, p), nmod_poly(g, p)
        assert polynomials.times(f, g, p) == coefficients(F * G)
        assert polynomials.minus(f, g, p) == coefficients(F - G)
        assert polynomials.remainder(f, g, p) == coefficients(F % G)
        assert polynomials.trimmed(polynomials.quotient(f, g, p)) == coefficients(F // G)
        assert polynomials.common(f, g, p) == coefficients(F.gcd(G) if f else G.gcd(F))
        exponent = numbers.randrange(20)
        expected = pow(F, exponent) % G if f or exponent else nmod_poly([1], p) % G
        assert polynomials.power(f, exponent, g, p) == coefficients(expected) or len(g) == 1


@pytest.mark.parametrize("p", [3, 5, 97, 2**31 - 1])
def test_factors_modulo_primes(p: int) -> None:
    numbers = Random(p)
    for _ in range(25):
        f = [numbers.randrange(p) for _ in range(numbers.randint(1, 8))] + [
            1 + numbers.randrange(p - 1)
        ]
        _, factors = nmod_poly(f, p).factor()
        found = polynomials.by_degree(f, p)
        if any(power > 1 for _, power in factors):
            assert found is None
            continue
        alone = sorted(coefficients(g) for g, _ in factors)
        parts = [g for d, part in found.items() for g in polynomials.split(part, d, p, numbers)]
        assert sorted(parts) == alone
        assert sorted(found) == sorted({len(g) - 1 for g in alone})


def test_leading_coefficients_that_small_primes_divide() -> None:
    """Modulo them a factor loses degrees, and says nothing of the polynomial."""
    pieces = [
        [1, 1, 0, 2],
        [1, 0, 2],
        [1, 3, 0, 6],
        [5, 0, 0, 3],
        [1, 6],
        [7, 1, 30],
        [1, 2, 3, 12],
    ]
    for f in pieces:
        assert polynomials.is_irreducible(f) == (len(fmpz_poly(f).factor()[1]) == 1)
        for g in pieces:
            assert not polynomials.is_irreducible(coefficients(fmpz_poly(f) * fmpz_poly(g)))


def test_real_roots_are_counted_and_told_apart() -> None:
    f = coefficients(
        fmpz_poly([-2, 1]) * fmpz_poly([3, 2]) * fmpz_poly([-2, 0, 1]) * fmpz_poly([1, 0, 1])
    )
    roots = [Fraction(-3, 2), -(2**0.5), 2**0.5, 2]
    chain, bound = polynomials.sturm_chain(f), polynomials.root_bound(f)
    assert all(abs(root) < bound for root in roots)
    points = [Fraction(n, 4) for n in range(-12, 13)]
    for low in points:
        for high in points:
            if low <= high:
                inside = sum(low < root <= high for root in roots)
                assert polynomials.roots_between(chain, low, high) == inside
    for near, at in [
        ("-1.5", 0),
        ("-1.45", 1),
        ("-9", 0),
        ("0.1", 2),
        ("1.7", 2),
        ("1.8", 3),
        ("7", 3),
    ]:
        assert polynomials.root_index(f, Fraction(near)) == at
        low, high = polynomials.one_root(f, Fraction(near))
        assert [low < root <= high for root in roots] == [place == at for place in range(4)]
    for g, found in [([1, 0, 1], 0), ([-2, 0, 1], 2), ([-2, 0, 0, 1], 1), ([0, -1, 0, 1], 3)]:
        assert (polynomials.one_root(g, None) is not None) == (found == 1)


def test_coprime_integers() -> None:
    assert polynomials.primitive([Fraction(1, 2), Fraction(-1, 3)]) == [-3, 2]
    assert polynomials.primitive([Fraction(4), Fraction(0), Fraction(6)]) == [2, 0, 3]


def random_rows(numbers: Random, rows: int, columns: int) -> list[list[Fraction]]:
    """Of a rank that is often not full."""
    rank = numbers.randint(0, min(rows, columns))
    left, right = (
        [[numbers.randint(-3, 3) for _ in range(n)] for _ in range(m)]
        for m, n in ((rows, rank), (rank, columns))
    )
    below = numbers.randint(1, 4)
    return [
        [Fraction(sum(x * right[k][c] for k, x in enumerate(row)), below) for c in range(columns)]
        for row in left
    ]


def flint(rows: list[list[Fraction]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows])


def test_matrices_of_fractions() -> None:
    numbers = Random(7)
    for _ in range(60):
        m, n, k = (numbers.randint(1, 5) for _ in range(3))
        A, B, S = random_rows(numbers, m, n), random_rows(numbers, n, k), random_rows(numbers, n, n)
        expected, rank = flint(A).rref()
        nonzero = [row for row in expected.tolist() if any(row)]
        for found in (path.reduced(A, n), critical.echelon(A)[0]):
            assert [[str(x) for x in row] for row in found] == [
                list(map(str, row)) for row in nonzero
            ]
        pivots = [next(at for at, x in enumerate(row) if x) for row in nonzero]
        assert critical.echelon(A)[1] == pivots
        assert path.rank(A) == rank
        for times in (path.times, critical.times):
            assert flint(times(A, B)) == flint(A) * flint(B)
        if flint(S).rank() == n:
            assert flint(path.inverse(S, "S")) == flint(S).inv()
        else:
            with pytest.raises(document.Refused, match="S is singular"):
                path.inverse(S, "S")
        symmetric = [
            [x + y for x, y in zip(*pair, strict=True)]
            for pair in zip(S, critical.flip(S), strict=True)
        ]
        assert critical.positive_eigenvalues(symmetric) == inertia(Matrix(symmetric)).positive
        charpoly = [Fraction(str(c)) for c in flint(S).charpoly().coeffs()]
        assert polynomials.characteristic_polynomial(S) == charpoly


def test_second_derivatives() -> None:
    numbers = Random(3)
    for widths in [(1, 1), (2, 2, 1), (1, 2, 2), (2, 1, 2, 1)]:
        shapes = list(zip(widths[1:], widths, strict=False))
        W, X = ([random_rows(numbers, *shape) for shape in shapes] for _ in range(2))
        C = random_rows(numbers, widths[-1], widths[0])
        S = critical.eye(widths[0])
        data = Data.from_target(Matrix(C))
        theta = Weights(list(map(Matrix, W)))
        G = [[Fraction(str(x)) for x in row] for row in residual(theta, data).rows()]
        expected = second_derivative(theta, data, list(map(Matrix, X)))
        assert critical.second_derivative(W, X, S, G) == Fraction(str(expected))
        assert Matrix(critical.hessian(W, S, G)) == hessian(theta, data)


def element(K: NumberField, coordinates: list[Fraction]) -> Any:
    return sum((K(c) * K.gen**k for k, c in enumerate(coordinates)), K(0))


@pytest.mark.parametrize("polynomial", [[-2, 0, 1], [1, 1, 3], [-1, -1, 0, 3], [1, 1, 1, 1, 1]])
def test_matrices_over_fields(polynomial: list[int]) -> None:
    """Sums, products and the matrices over Q that stand for those over Q(a)."""
    numbers = Random(1)
    field = fields.Field({"generator": "a", "minimal_polynomial": list(map(str, polynomial))})
    K = NumberField(polynomial, near="1.4") if polynomial == [-2, 0, 1] else NumberField(polynomial)
    for _ in range(6):
        m, n, k = (numbers.randint(1, 3) for _ in range(3))
        e = range(field.degree)
        tables = [
            [[[Fraction(numbers.randint(-9, 9), 6) for _ in e] for _ in range(c)] for _ in range(r)]
            for r, c in ((m, n), (n, k), (m, n))
        ]
        mine = [Matrix([[element(K, x) for x in row] for row in rows], K) for rows in tables]
        A, B, C = (
            matrices.lowest(6, [[[int(x[k] * 6) for x in row] for row in rows] for k in e])
            for rows in tables
        )
        assert matrices.shape(A) == (m, n)
        pairs = [
            (matrices.multiply(A, B, field), mine[0] @ mine[1]),
            (matrices.subtract(A, C), mine[0] - mine[2]),
            (matrices.transpose(A), mine[0].T),
        ]
        for (below, parts), expected in pairs:
            for r, row in enumerate(expected.rows()):
                for c, entry in enumerate(row):
                    found = [Fraction(part[r][c], below) for part in parts]
                    assert found == [Fraction(str(x)) for x in entry.coordinates]
        assert path.rank(path.over_q(A, field)) == field.degree * mine[0].rank()
        assert path.times(path.over_q(A, field), path.over_q(B, field)) == path.over_q(
            pairs[0][0], field
        )


def test_lines_from_one_that_avoid_zero() -> None:
    """By the sign of a real number, in Q(sqrt 2); over Q(i) all but the numbers below 0."""
    real = fields.Field({"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "-1.4"})
    for x in [(1, 0), (-1, 0), (0, 1), (0, -1), (3, 2), (2, 2), (-3, -2), (7, 5), (-7, -5), (0, 0)]:
        positive = any(x) and x[0] - x[1] * 2**0.5 > 0
        assert real.avoids_zero(list(map(Fraction, x))) == positive, x
    imaginary = fields.Field({"generator": "i", "minimal_polynomial": ["1", "0", "1"]})
    for x in [(1, 0), (-1, 0), (-1, 1), (0, 1), (0, -2), (0, 0), (5, 1)]:
        expected = x != (0, 0) and not (x[1] == 0 and x[0] < 0)
        assert imaginary.avoids_zero(list(map(Fraction, x))) == expected, x
    assert fields.Field("QQ").avoids_zero([Fraction(1, 9)])
    assert not fields.Field("QQ").avoids_zero([Fraction(0)])


def test_barcodes_and_dimensions() -> None:
    for fiber in box_of_fibers(3, 2):
        for stratum in fiber.strata():
            barcode = stratum.barcode
            found = ranks.barcode_of(dict(stratum.rank_list), barcode.depth)
            assert found == {tuple(bar): count for bar, count in barcode.items()}
            assert ranks.stratum_dimension(barcode.widths, found) == stratum_dimension(barcode)
    with pytest.raises(document.Refused, match="bar 1-1 would occur -1x"):
        ranks.barcode_of({(0, 0): 1, (1, 0): 1, (1, 1): 1, (2, 0): 0, (2, 1): 1, (2, 2): 1}, 2)


def test_ranks_off_zero_are_those_of_a_point_nearby() -> None:
    """A random matrix of rank 1, added to one of the weights of a random point."""
    numbers, risen = Random(11), 0
    for _ in range(60):
        widths = [numbers.randint(1, 3) for _ in range(numbers.randint(2, 4))]
        lower = [random_rows(numbers, after, before) for before, after in pairwise(widths)]
        layer = numbers.randint(1, len(lower))
        column = [[Fraction(numbers.randint(-2, 2))] for _ in range(widths[layer])]
        row = [[Fraction(numbers.randint(-2, 2)) for _ in range(widths[layer - 1])]]
        before = path.ranks_of(lower, widths, 1)
        assert before == dict(Weights(list(map(Matrix, lower))).rank_list)
        try:
            found = path.ranks_off_zero(lower, layer, column, row, before, 1, "it")
        except document.Refused:
            continue
        for s in (Fraction(1), Fraction(-1), Fraction(17, 3)):
            there = list(lower)
            there[layer - 1] = path.plus(lower[layer - 1], path.times(column, row), s)
            assert found == path.ranks_of(there, widths, 1)
        risen += found != before
    assert risen > 5
    assert Barcode(ranks.barcode_of(before, len(lower)))

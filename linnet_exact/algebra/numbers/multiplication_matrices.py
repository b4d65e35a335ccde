"""Matrices that stand for algebraic numbers: multiplication by a class modulo a polynomial.

For a monic polynomial f of degree e over Q, multiplication by p in Q[x]/(f) is an e x e matrix in
the basis 1, x, ..., x^(e-1); for p = x it is the companion matrix of f. These matrices are the
regular representation of the field when f is irreducible.
"""

from typing import Any, TypeVar

from flint import fmpq_mat, fmpq_poly, fmpz_mat

__all__ = [
    "kronecker_product",
    "kronecker_sum",
    "monic",
    "multiplication_matrix",
    "power_modulo",
]

FlintMatrix = TypeVar("FlintMatrix", fmpz_mat, fmpq_mat)


def monic(polynomial: fmpq_poly) -> fmpq_poly:
    """Return the polynomial divided by its leading coefficient.

    Examples
    --------
    >>> monic(fmpq_poly([1, 0, 2]))
    x^2 + 1/2
    """
    return polynomial / polynomial.leading_coefficient()


def multiplication_matrix(element: fmpq_poly, modulus: fmpq_poly) -> fmpq_mat:
    """Return the matrix of multiplication by `element` modulo a monic polynomial of degree e.

    Returns
    -------
    fmpq_mat
        e x e; column j holds the coordinates of element * x^j. Products of elements become
        products of matrices.

    Examples
    --------
    >>> multiplication_matrix(fmpq_poly([0, 1]), fmpq_poly([-2, 0, 1])).tolist()
    [[0, 2], [1, 0]]
    """
    degree = modulus.degree()
    generator = fmpq_poly([0, 1])
    column = element % modulus
    columns = []
    for _ in range(degree):
        columns.append([column[i] for i in range(degree)])
        column = column * generator % modulus
    return fmpq_mat(columns).transpose()


def power_modulo(base: fmpq_poly, exponent: int, modulus: fmpq_poly) -> fmpq_poly:
    """Return base ** exponent modulo a polynomial, for an exponent >= 0.

    Examples
    --------
    >>> power_modulo(fmpq_poly([1, 1]), 10, fmpq_poly([-2, 0, 1]))
    2378*x + 3363
    """
    result = fmpq_poly([1])
    for bit in bin(exponent)[2:]:
        result = result * result % modulus
        if bit == "1":
            result = result * base % modulus
    return result


def kronecker_product(left: FlintMatrix, right: FlintMatrix) -> FlintMatrix:
    """Return the Kronecker product of two matrices of integers, or two of rational numbers.

    Its eigenvalues are the products of eigenvalues.

    Examples
    --------
    >>> kronecker_product(fmpq_mat([[1, 0]]), fmpq_mat([[3], [5]])).tolist()
    [[3, 0], [5, 0]]
    """
    blank = [0] * right.ncols()
    below = right.table()
    flat: list[Any] = []
    for row in left.table():
        for other in below:
            for entry in row:
                flat += [entry * x for x in other] if entry else blank
    shape = left.nrows() * right.nrows(), left.ncols() * right.ncols()
    return type(left)(*shape, flat)


def kronecker_sum(left: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
    """Return left (x) 1 + 1 (x) right for square matrices; its eigenvalues are the sums.

    Examples
    --------
    >>> kronecker_sum(fmpq_mat([[1, 0], [0, 2]]), fmpq_mat([[5]])).tolist()
    [[6, 0], [0, 7]]
    """
    return kronecker_product(left, identity(right.nrows())) + kronecker_product(
        identity(left.nrows()), right
    )


def identity(size: int) -> fmpq_mat:
    """Return the identity matrix.

    Examples
    --------
    >>> identity(2).tolist()
    [[1, 0], [0, 1]]
    """
    return fmpq_mat([[int(i == j) for j in range(size)] for i in range(size)])

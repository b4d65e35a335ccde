"""The part of check_certificate.py about factors over Q, found from those modulo a prime.

A factor of f = a x^n + ... over Z is, up to its content, a times a product of some of the monic
factors g_1, ..., g_r of f modulo p. Let w be the vector of 0 and 1 that tells which. Then a^k times
the sum of the k-th powers of its roots is an integer, not above n (a R)^k if no root is above R,
and modulo p it is the sum of w_i t_i, with t_i = a^k times the sum of powers for g_i. So w is a
short vector of a lattice, for each k (van Hoeij, Factoring polynomials and the knapsack problem,
J. Number Theory 95, 2002). A reduced basis (Lenstra, Lenstra, Lovasz 1982) shows how little is
short: vectors at its end which, made orthogonal to those before, are longer than w can be, are left
out. One vector left means that f is irreducible. Nothing here is rounded but the t_i, and by how
much that can change a sum is part of the bound.
"""

from fractions import Fraction
from math import isqrt


def decide(f, factors, p, divides):
    """Whether f is irreducible, squarefree modulo p with these monic factors; None: not decided.

    divides(w) says whether the product of the factors with w_i = 1 gives a factor of f.
    """
    r, n, lead = len(factors), len(f) - 1, f[-1]
    cut = max(p.bit_length() - 5 * r - 40, 0)
    q = (p + (1 << cut >> 1)) >> cut
    W = [[int(i == j) for j in range(r)] for i in range(r)]
    top, scale = root_size(f), 1
    sums = [power_sums(g, 2 * n, p) for g in factors]
    for k in range(1, 2 * n + 1):
        parts = partition(W)
        if len(W) == 1 or (parts and any(divides(w) for w in parts)):
            return len(W) == 1
        scale = scale * lead % p
        most = (n << (top * k)) // (1 << cut) + r + 1
        if 8 * most > q:
            return None
        # a sum of w_i t_i, less a multiple of p below r, changes by less than r when it is cut off
        cut_off = [(centred(scale * s[k], p) + (1 << cut >> 1)) >> cut for s in sums]
        C = most // isqrt(r) + 1
        rows = [
            [*(C * x for x in w), sum(x * t for x, t in zip(w, cut_off, strict=True)) % q]
            for w in W
        ]
        short = shorter([*rows, [0] * r + [q]], C * C * r + most * most)
        found = [[x // C for x in row[:r]] for row in short]
        if len(reduced(found, r)) == len(found):
            W = found
    return None


def centred(c, p):
    return (c + p // 2) % p - p // 2


def root_size(f):
    """A number b such that |a z| <= 2^b for all roots z of f = a x^n + ... (Fujiwara's bound)."""
    lead, n = f[-1], len(f) - 1
    sizes = [abs(f[n - i]) * lead ** (i - 1) for i in range(1, n + 1)]
    return 1 + max(-(-size.bit_length() // i) for i, size in enumerate(sizes, start=1))


def power_sums(g, most, p):
    """The sums of the k-th powers of the roots, k up to a number, of a monic g (Newton)."""
    d, found = len(g) - 1, [len(g) - 1]
    for k in range(1, most + 1):
        total = k * g[d - k] if k <= d else 0
        total += sum(g[d - j] * found[k - j] for j in range(1, min(k - 1, d) + 1))
        found.append(-total % p)
    return found


def partition(W):
    """The reduced rows, if they are of 0 and 1 and every column has one 1; else none."""
    rows = reduced(W, len(W[0]) if W else 0)
    whole = all(x in (0, 1) for row in rows for x in row)
    return rows if whole and all(sum(column) == 1 for column in zip(*rows, strict=True)) else []


def reduced(rows, columns):
    """The reduced rows over Q, without rows of 0; pivots are sought in the first columns only."""
    rows, done = [[Fraction(x) for x in row] for row in rows], 0
    for column in range(columns):
        at = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[done], rows[at] = rows[at], rows[done]
        rows[done] = [x / rows[done][column] for x in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[column]:
                rows[i] = [x - row[column] * y for x, y in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def shorter(b, most):
    """Of a reduced basis of the lattice of independent rows, the first ones: those that remain when
    vectors at the end are left out that no vector of a square length up to most can need."""
    D, mu = gram_schmidt(b)
    k = 1
    while k < len(b):
        reduce_by(b, D, mu, k, k - 1)
        if 4 * (D[k + 1] * D[k - 1] + mu[k][k - 1] ** 2) < 3 * D[k] ** 2:
            swap(b, D, mu, k)
            k = max(k - 1, 1)
        else:
            for j in range(k - 2, -1, -1):
                reduce_by(b, D, mu, k, j)
            k += 1
    while b and D[len(b)] > most * D[len(b) - 1]:
        b.pop()
    return b


def gram_schmidt(b):
    """D[i], the determinants of the Gram matrices of the first i rows; and D[j+1] mu_ij."""
    D, mu = [1], [[0] * len(b) for _ in b]
    for i, row in enumerate(b):
        for j in range(i + 1):
            u = sum(x * y for x, y in zip(row, b[j], strict=True))
            for m in range(j):
                u = (D[m + 1] * u - mu[i][m] * mu[j][m]) // D[m]
            mu[i][j] = u
        D.append(mu[i][i])
    return D, mu


def reduce_by(b, D, mu, k, j):
    if 2 * abs(mu[k][j]) > D[j + 1]:
        c = (2 * mu[k][j] + D[j + 1]) // (2 * D[j + 1])
        b[k] = [x - c * y for x, y in zip(b[k], b[j], strict=True)]
        mu[k][j] -= c * D[j + 1]
        for m in range(j):
            mu[k][m] -= c * mu[j][m]


def swap(b, D, mu, k):
    b[k], b[k - 1] = b[k - 1], b[k]
    for j in range(k - 1):
        mu[k][j], mu[k - 1][j] = mu[k - 1][j], mu[k][j]
    low = mu[k][k - 1]
    new = (D[k - 1] * D[k + 1] + low * low) // D[k]
    for i in range(k + 1, len(b)):
        t = mu[i][k]
        mu[i][k] = (D[k + 1] * mu[i][k - 1] - low * t) // D[k]
        mu[i][k - 1] = (new * t + low * mu[i][k]) // D[k + 1]
    D[k] = new

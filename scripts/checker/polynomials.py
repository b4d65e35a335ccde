"""The part of check_certificate.py about polynomials: is one irreducible over Q, and where are its
real roots.

Polynomials are lists of coefficients, the constant term first. Irreducible over Q is shown by the
degrees of factors modulo small primes, if these leave no degree for a factor; else by the factors
modulo a Mersenne prime, the larger the more they tell (checker/factors.py).
"""

import random
from fractions import Fraction
from itertools import pairwise
from math import gcd, isqrt, lcm

from checker.document import Malformed, expect
from checker.factors import decide

SMALL_PRIMES = [p for p in range(2, 400) if all(p % q for q in range(2, isqrt(p) + 1))]
MERSENNE = [61, 107, 127, 521, 607, 1279, 2203, 2281, 3217, 4253, 4423]  # 2^e - 1 is prime


def is_prime(n):
    """Whether n < 2^64 is prime, by the test of Miller and Rabin, which is exact there."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    if n < 2 or any(n % p == 0 for p in bases):
        return n in bases
    twos = ((n - 1) & (1 - n)).bit_length() - 1
    for base in bases:
        x = pow(base, n >> twos, n)
        if x not in (1, n - 1) and all((x := x * x % n) != n - 1 for _ in range(twos - 1)):
            return False
    return True


# Polynomials modulo a prime p, without leading zeros.


def trimmed(f):
    while f and not f[-1]:
        f = f[:-1]
    return f


def remainder(f, g, p):
    f, unit = list(f), pow(g[-1], -1, p)
    while len(f) >= len(g):
        factor, shift = f[-1] * unit % p, len(f) - len(g)
        for i, c in enumerate(g):
            f[shift + i] = (f[shift + i] - factor * c) % p
        f.pop()
    return trimmed(f)


def quotient(f, g, p):
    f, unit, found = list(f), pow(g[-1], -1, p), []
    while len(f) >= len(g):
        factor, shift = f[-1] * unit % p, len(f) - len(g)
        found.append(factor)
        for i, c in enumerate(g):
            f[shift + i] = (f[shift + i] - factor * c) % p
        f.pop()
    return found[::-1]


def times(f, g, p):
    found = [0] * max(len(f) + len(g) - 1, 0)
    for i, x in enumerate(f):
        for j, y in enumerate(g):
            found[i + j] += x * y
    return trimmed([c % p for c in found])


def power(f, exponent, g, p):
    found = [1]
    for bit in bin(exponent)[2:]:
        found = remainder(times(found, found, p), g, p)
        if bit == "1":
            found = remainder(times(found, f, p), g, p)
    return found


def common(f, g, p):
    while g:
        f, g = g, remainder(f, g, p)
    unit = pow(f[-1], -1, p)
    return [c * unit % p for c in f]


def minus(f, g, p):
    size = max(len(f), len(g))
    f, g = ([*h, *[0] * (size - len(h))] for h in (f, g))
    return trimmed([(x - y) % p for x, y in zip(f, g, strict=True)])


def by_degree(f, p):
    """{d: product of the irreducible factors of degree d}; None if f is not squarefree mod p."""
    f = trimmed([c % p for c in f])
    derivative = trimmed([k * c % p for k, c in enumerate(f)][1:])
    if not derivative or len(common(f, derivative, p)) > 1:
        return None
    found, d, x_to_q = {}, 0, [0, 1]
    while len(f) > 2 * (d + 1):
        d += 1
        x_to_q = power(x_to_q, p, f, p)
        factor = common(f, minus(x_to_q, [0, 1], p), p)
        if len(factor) > 1:
            found[d], f = factor, quotient(f, factor, p)
            x_to_q = remainder(x_to_q, f, p) if len(f) > 1 else []
    if len(f) > 1:
        found[len(f) - 1] = f
    return found


def split(f, d, p, numbers):
    """The irreducible factors of f, all of degree d, modulo an odd prime (Cantor, Zassenhaus)."""
    if len(f) == d + 1:
        unit = pow(f[-1], -1, p)
        return [[c * unit % p for c in f]]
    while True:
        a = trimmed([numbers.randrange(p) for _ in range(len(f) - 1)])
        if a:
            b = minus(power(a, (p**d - 1) // 2, f, p), [1], p)
            factor = common(f, b, p)
            if 1 < len(factor) < len(f):
                rest = quotient(f, factor, p)
                return split(factor, d, p, numbers) + split(rest, d, p, numbers)


def is_irreducible(f):
    """Whether integers without a common divisor, with a leading one > 0, have no factor over Q."""
    n, lead = len(f) - 1, f[-1]
    if n == 1 or not f[0]:
        return n == 1
    possible, squarefree = set(range(1, n)), False
    for p in SMALL_PRIMES:
        parts = by_degree(f, p) if lead % p else None
        if parts is None:
            continue
        squarefree, sums = True, {0}
        for d, part in parts.items():
            for _ in range((len(part) - 1) // d):
                sums |= {s + d for s in sums}
        possible &= sums
        if not possible:
            return True
    if not squarefree and len(sturm_chain(f)[-1]) > 1:
        return False
    for p in (2**e - 1 for e in MERSENNE):
        parts = by_degree(f, p) if lead % p else None
        if parts is not None:
            decided = by_factors(f, parts, p)
            if decided is not None:
                return decided
    raise Malformed("the minimal polynomial is too large to decide whether it is irreducible")


def by_factors(f, parts, p):
    """Whether f is irreducible, from its factors modulo p by degree; None: not decided."""
    numbers = random.Random(1)
    factors = [g for d, part in parts.items() for g in split(part, d, p, numbers)]

    def divides(w):
        return gives_factor(f, [g for g, x in zip(factors, w, strict=True) if x], p)

    return decide(f, factors, p, divides)


def gives_factor(f, chosen, p):
    """Whether a product of monic factors modulo p is, up to its content, a factor of f over Z."""
    product = [f[-1]]
    for g in chosen:
        product = times(product, g, p)
    product = [(c + p // 2) % p - p // 2 for c in product]
    return len(product) < len(f) and not fractional_remainder(f, product)


# Polynomials over Q.


def fractional_remainder(f, g):
    f = [Fraction(c) for c in f]
    while len(f) >= len(g):
        factor, shift = f[-1] / g[-1], len(f) - len(g)
        f = [c - factor * g[i - shift] if i >= shift else c for i, c in enumerate(f)][:-1]
    return trimmed(f)


def sturm_chain(f):
    chain = [list(f), [k * c for k, c in enumerate(f)][1:]]
    while len(chain[-1]) > 1:
        rest = [-c for c in fractional_remainder(chain[-2], chain[-1])]
        if not rest:
            break
        scale = lcm(*(c.denominator for c in rest))
        whole = [int(c * scale) for c in rest]
        chain.append([c // gcd(*whole) for c in whole])
    return chain


def value(f, x):
    found = Fraction(0)
    for c in reversed(f):
        found = found * x + c
    return found


def roots_between(chain, low, high):
    """How many real roots are above low and not above high."""
    changes = []
    for x in (low, high):
        signs = [v > 0 for f in chain if (v := value(f, x))]
        changes.append(sum(a != b for a, b in pairwise(signs)))
    return changes[0] - changes[1]


def root_bound(f):
    """No root has this absolute value or a larger one."""
    return 2 + max(abs(c) for c in f) // abs(f[-1])


def primitive(fractions):
    """The integers without a common divisor, the last one positive, in the same proportions."""
    whole = [int(c * lcm(*(c.denominator for c in fractions))) for c in fractions]
    divisor = gcd(*whole) * (1 if whole[-1] > 0 else -1)
    expect(divisor, "a polynomial has a leading coefficient of 0")
    return [c // divisor for c in whole]


def one_root(f, near):
    """(low, high] around the real root nearest to near, and around no other one.

    Without near: around the only real root; None if there is none, or several.
    """
    chain, bound = sturm_chain(f), root_bound(f)
    if near is None:
        return (-bound, bound) if roots_between(chain, -bound, bound) == 1 else None
    low, high = Fraction(0), abs(near) + bound
    for _ in range(10_000):
        middle = (low + high) / 2
        inside = roots_between(chain, near - middle, near + middle)
        if inside == 1:
            return near - middle, near + middle
        low, high = (middle, high) if inside == 0 else (low, middle)
    raise Malformed("two roots are as near")


def root_index(f, near):
    """How many real roots are below the one that near means; None if it means none."""
    found = one_root(f, near)
    return found and roots_between(sturm_chain(f), -root_bound(f), found[0])


def characteristic_polynomial(rows):
    """Of a matrix, constant term first (Faddeev, LeVerrier)."""
    size, found = len(rows), [Fraction(1)]
    M = [[Fraction(0)] * size for _ in rows]
    for k in range(1, size + 1):
        for i in range(size):
            M[i][i] += found[-1]
        M = [
            [sum(x * y for x, y in zip(row, c, strict=True)) for c in zip(*M, strict=True)]
            for row in rows
        ]
        found.append(-sum(M[i][i] for i in range(size)) / k)
    return found[::-1]

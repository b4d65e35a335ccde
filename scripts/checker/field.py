"""The part of check_certificate.py about number fields, and how their elements are written."""

import re
from fractions import Fraction
from math import gcd, lcm

from checker.document import expect, items, members, number, rational, require, shown, text
from checker.polynomials import (
    characteristic_polynomial,
    is_irreducible,
    one_root,
    root_bound,
    roots_between,
    sturm_chain,
)


class Field:
    """Q(a), from the minimal polynomial of a; for Q the degree is 1."""

    def __init__(self, described):
        self.generator, self.polynomial, self.near, self.around = "", [0, 1], None, None
        if described != "QQ":
            keys = members(described, "field", ["generator", "minimal_polynomial"], ["near"])
            self.generator = text(keys["generator"], "field.generator", "[A-Za-z_][A-Za-z0-9_]*")
            listed = items(keys["minimal_polynomial"], "field.minimal_polynomial", rational, 2)
            expect(len(listed) <= 65, "field.minimal_polynomial may have degree at most 64")
            whole = all(c.denominator == 1 for c in listed) and listed[-1] > 0
            self.polynomial = f = [int(c) for c in listed]
            expect(whole and gcd(*f) == 1, "the minimal polynomial must have coprime integers")
            bits = max(abs(c) for c in f).bit_length()
            expect(bits * (len(f) - 1) <= 400_000, "the minimal polynomial is too large")
            expect(is_irreducible(f), "the minimal polynomial is reducible: it defines no field")
            if "near" in keys:
                self.near = self.read_near(keys["near"])
        self.degree = e = len(self.polynomial) - 1
        # rows[m] / scale are the coordinates of a^(e+m)
        rows = [[Fraction(-c, self.polynomial[-1]) for c in self.polynomial[:e]]]
        while len(rows) < e - 1:
            shifted = [0, *rows[-1][:-1]]
            rows.append([s + rows[-1][-1] * t for s, t in zip(shifted, rows[0], strict=True)])
        self.scale = lcm(*(c.denominator for row in rows for c in row))
        self.rows = [[int(c * self.scale) for c in row] for row in rows]

    def read_near(self, near):
        """A decimal to which just one real root is nearest."""
        text(near, "field.near", r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
        expect(near != "-0" and len(near) <= 100_000, "field.near must be written otherwise")
        f, n, found = self.polynomial, len(self.polynomial) - 1, Fraction(near)
        bound = root_bound(f)
        if n % 2 == 0:
            expect(roots_between(sturm_chain(f), -bound, bound), "field.near: no root is real")
        shifted = list(map(Fraction, f))  # f(near + x), by Horner's rule
        for i in range(n):
            for j in range(n - 1, i - 1, -1):
                shifted[j] += found * shifted[j + 1]
        expect(any(shifted[1::2]), "field.near is as close to two roots")
        return found

    def powers_of(self, x):
        """Coordinates of x, x a, ..., x a^(e-1)."""
        found = [list(x)]
        while len(found) < self.degree:
            *low, high = found[-1]
            first = [Fraction(c, self.scale) for c in self.rows[0]]
            found.append([s + high * t for s, t in zip([0, *low], first, strict=True)])
        return found

    def real_root(self):
        """An interval around the image of a; None if all its embeddings are complex."""
        if self.around is None:
            f, self.chain = self.polynomial, sturm_chain(self.polynomial)
            self.around = one_root(f, self.near)
            real = self.around or roots_between(self.chain, -root_bound(f), root_bound(f))
            chosen = self.around or not real
            require(chosen, "the field has several real embeddings, and none was chosen")
        return self.around

    def require_real(self):
        require(self.degree == 1 or self.real_root(), "the field has no real embedding")

    def avoids_zero(self, x):
        """Whether the straight line from 1 to x avoids 0: by the sign of x where the field has a
        real embedding; else no complex embedding makes x a real number below 0, or 0."""
        if self.degree > 1 and any(x) and self.real_root() is None:
            f = characteristic_polynomial(self.powers_of(x))
            return not roots_between(sturm_chain(f), -root_bound(f), 0)
        return self.sign(x) > 0

    def sign(self, x):
        """-1, 0 or 1, under the real embedding."""
        if self.degree == 1 or not any(x):
            return (x[0] > 0) - (x[0] < 0)
        while True:
            low, high = self.around or self.real_root()
            least = most = Fraction(0)
            for c in reversed(x):
                ends = [least * low, least * high, most * low, most * high]
                least, most = min(ends) + c, max(ends) + c
            if least > 0 or most < 0:
                return 1 if least > 0 else -1
            middle = Fraction(low + high) / 2
            left = roots_between(self.chain, low, middle)
            self.around = (low, middle) if left else (middle, high)

    def reduced(self, x, y):
        """Coordinates of x y."""
        e, high = self.degree, [Fraction(0)] * (2 * self.degree - 1)
        for i, s in enumerate(x):
            for j, t in enumerate(y):
                if s and t:
                    high[i + j] += s * t
        rows = zip(high[e:], self.rows, strict=False)  # Q has a row and no part
        carried = [[c / self.scale * r for r in row] for c, row in rows]
        return [sum(column) for column in zip(high[:e], *carried, strict=True)]

    def write(self, x):
        """As numbers are written in certificates."""
        found = ""
        for k, c in enumerate(x):
            power = self.generator + f"^{k}" * (k > 1)
            size = f"{abs(c)}*{power}" if abs(c) != 1 else power
            sign = " - " if c < 0 else " + "
            found += (sign if found else sign.strip(" +")) * bool(c)
            found += (size if k else str(abs(c))) * bool(c)
        return found or "0"

    def read(self, entry, place):
        """Coordinates of a number, or of a text such as "1/2 + 3*a - a^2", powers going up."""
        zeros = [Fraction(0)] * self.degree
        mine = self.generator and isinstance(entry, str) and self.generator in entry
        if not mine or self.degree == 1:
            return [number(entry, place), *zeros[1:]]
        size = "[1-9][0-9]*(?:/[1-9][0-9]*)?"
        term = rf"({size})|(?:({size})\*)?{self.generator}(?:\^([1-9][0-9]?))?"
        parts = ["-" if entry[0] == "-" else "+", *entry.removeprefix("-").split(" ")]
        last, written = -1, f"{place}: {shown(entry)} is not written as it should"
        expect(len(parts) % 2 == 0, written)
        for sign, part in zip(parts[::2], parts[1::2], strict=True):
            match = re.fullmatch(term, part)
            expect(match and sign in ("+", "-") and match[2] != "1" and match[3] != "1", written)
            exponent = 0 if match[1] else int(match[3] or 1)
            expect(last < exponent < self.degree, written)
            last, c = exponent, rational(match[1] or match[2] or "1", place)
            zeros[exponent] = -c if sign == "-" else c
        expect(last > 0, written)
        return zeros

"""Rank lists by elimination modulo one large prime, and nothing else.

They are those over the field, unless the prime divides one of a few minors that are not 0.
"""

import re
from functools import cache
from itertools import count
from typing import Any

LARGE = 2**89 - 1


def rank_list_modulo(field: Any, weights: list[list[list[int | str]]]) -> dict[str, int]:
    p, root = LARGE, 0
    name = "?" if field == "QQ" else field["generator"]
    if field != "QQ":
        p, root = prime_with_root(tuple(map(int, field["minimal_polynomial"])))
    matrices = [[[entry(x, name, p, root) for x in row] for row in W] for W in weights]
    widths = [len(matrices[0][0]), *map(len, matrices)]
    ranks = {}
    for k in range(len(widths)):
        for i in range(k + 1):
            product = [[int(r == c) for c in range(widths[i])] for r in range(widths[i])]
            for W in matrices[i:k]:
                columns = list(zip(*product, strict=True))
                product = [
                    [sum(x * y for x, y in zip(row, c, strict=True)) % p for c in columns]
                    for row in W
                ]
            ranks[f"{k}~{i}"] = rank_modulo(product, p)
    return ranks


@cache
def prime_with_root(coefficients: tuple[int, ...]) -> tuple[int, int]:
    """A prime between 10^4 and 10^6, and a root modulo it, both found by trying."""
    for p in count(10_007, 2):
        if coefficients[-1] % p and all(p % q for q in range(3, int(p**0.5) + 1, 2)):
            for x in range(1, p):
                if sum(c * pow(x, k, p) for k, c in enumerate(coefficients)) % p == 0:
                    return p, x
    raise AssertionError


def entry(value: int | str, name: str, p: int, root: int) -> int:
    total = 0
    for sign, term in re.findall(r"(-?) ?([^-+ ]+)", str(value).replace("+ ", "")):
        number = 1
        for factor in term.split("*"):
            base, _, power = factor.partition("^")
            top, _, below = base.partition("/")
            x = root if base == name else int(top) * pow(int(below or 1), -1, p)
            number = number * pow(x, int(power or 1), p) % p
        total += -number if sign else number
    return total % p


def rank_modulo(rows: list[list[int]], p: int) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        at = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[rank], rows[at] = rows[at], rows[rank]
        inverse = pow(rows[rank][column], -1, p)
        for row in rows[rank + 1 :]:
            c = row[column] * inverse % p
            row[:] = [(x - c * y) % p for x, y in zip(row, rows[rank], strict=True)]
        rank += 1
    return rank

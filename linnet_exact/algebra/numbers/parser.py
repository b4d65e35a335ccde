"""A small parser of number expressions, safe on text from anywhere.

The grammar, from loosest to tightest binding::

    expression = term (("+" | "-") term)*
    term       = factor (("*" | "/") factor)*
    factor     = ("+" | "-")* power
    power      = atom (("^" | "**") exponent)?
    exponent   = ("+" | "-")? digits | "(" ("+" | "-")? digits ("/" digits)? ")"
    atom       = numeral | name | "(" expression ")" | "sqrt" "(" expression ")"
               | "cbrt" "(" expression ")" | "root" "(" expression "," expression ")"
               | "zeta" "(" digits ")" | "golden"

The text becomes a tree (`linnet_exact.algebra.numbers.expression`); nothing is computed and nothing
is executed. Length, nesting and exponents are limited, so that hostile text is refused in a moment.
`linnet_exact.algebra.numbers.evaluation` gives the trees values.
"""

import re
from math import gcd

from linnet_exact.algebra.numbers.expression import (
    Expression,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Radical,
    RootOf,
    RootOfUnity,
    Sum,
)
from linnet_exact.algebra.numbers.rational import parse_rational
from linnet_exact.errors import InputError

__all__ = ["parse_expression"]

MAX_LENGTH = 100_000
"""Longest text that is parsed."""

MAX_DEPTH = 50
"""Deepest nesting of parentheses."""

MAX_EXPONENT = 10_000
"""Largest exponent, in size, after ``^`` or ``**``."""


_RADICALS = {"sqrt": 2, "cbrt": 3}

_GOLDEN = "(1 + sqrt(5))/2"

_TOKEN = re.compile(
    r"""[ \t\r\n]*(?: (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
                    | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
                    | (?P<symbol>\*\*|[-+*/^(),]) )""",
    re.VERBOSE | re.ASCII,
)


def parse_expression(text: str) -> Expression:
    """Parse a number expression.

    Parameters
    ----------
    text : str
        Integers, decimals (exact), names, ``+ - * / ^ **``, parentheses, ``sqrt(...)``,
        ``cbrt(...)``, ``root(polynomial in x, near)``, ``zeta(n)`` (the root of unity
        exp(2 pi i / n)) and ``golden`` (the golden ratio). Multiplication is always written ``*``.

    Raises
    ------
    InputError
        If the text is not of this form, is longer than `MAX_LENGTH`, nests deeper than `MAX_DEPTH`
        or has an exponent larger than `MAX_EXPONENT`.

    Examples
    --------
    >>> parse_expression("1/2 + 3*a")  # doctest: +NORMALIZE_WHITESPACE
    Sum(terms=(Product(factors=(Number(value=Fraction(1, 1)),
                                Power(base=Number(value=Fraction(2, 1)), exponent=-1))),
               Product(factors=(Number(value=Fraction(3, 1)), Name(name='a')))))
    >>> parse_expression("2a")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: expected an operator before 'a' at position 2 of '2a'
    """
    if len(text) > MAX_LENGTH:
        raise InputError(f"a number may have at most {MAX_LENGTH} characters, not {len(text)}")
    return _Parser(text).parse()


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokenize(text)  # (kind, token, start); the last kind is "end"
        self._next = 0
        self._depth = 0
        self._exponents = 0

    def parse(self) -> Expression:
        if self._tokens[0][0] == "end":
            raise InputError("expected a number, not an empty text")
        result = self._expression()
        kind, token, start = self._tokens[self._next]
        if kind != "end":
            missing = "an operator" if kind != "symbol" or token == "(" else "the end"
            raise self._error(f"expected {missing} before {_quote(token)}", start)
        return result

    def _expression(self) -> Expression:
        terms = [self._term()]
        while sign := self._accept("+", "-"):
            term = self._term()
            terms.append(Negative(term) if sign == "-" else term)
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _term(self) -> Expression:
        factors = [self._factor()]
        while sign := self._accept("*", "/"):
            factor = self._factor()
            factors.append(Power(factor, -1) if sign == "/" else factor)
        return factors[0] if len(factors) == 1 else Product(tuple(factors))

    def _factor(self) -> Expression:
        negative = False
        while sign := self._accept("+", "-"):
            negative ^= sign == "-"
        power = self._power()
        return Negative(power) if negative else power

    def _power(self) -> Expression:
        base = self._atom()
        if not self._accept("^", "**"):
            return base
        exponent, degree = self._exponent()
        if self._tokens[self._next][1] in ("^", "**"):
            raise self._error("expected parentheses in a power of a power", self._start())
        if degree > 1:
            base = Radical(degree, base, f"a root of degree {degree}")
        return Power(base, exponent)

    def _exponent(self) -> tuple[int, int]:
        opened = self._accept("(")
        sign = -1 if self._accept("+", "-") == "-" else 1
        numerator, degree = self._digits(), 1
        if opened:
            if self._accept("/"):
                start = self._start()
                degree = self._digits()
                if degree == 0:
                    raise self._error("expected an exponent without a division by zero", start)
            self._expect(")")
        shared = gcd(numerator, degree)
        return sign * numerator // shared, degree // shared

    def _digits(self) -> int:
        kind, token, start = self._tokens[self._next]
        if kind != "number" or not token.isdigit():
            raise self._error("expected an integer here", start)
        # Few enough digits to be small: leading zeros aside, more can only be too large.
        if len(token.lstrip("0")) > 9 or int(token) > MAX_EXPONENT:
            raise self._error(f"an exponent must be at most {MAX_EXPONENT} in size", start)
        self._next += 1
        return int(token)

    def _atom(self) -> Expression:
        kind, token, start = self._tokens[self._next]
        self._next += kind != "end"
        if kind == "number":
            return self._numeral(token)
        if token == "(":
            return self._nested()
        if kind != "name":
            found = "the end" if kind == "end" else repr(token)
            raise self._error(f"expected a number, not {found}", start)
        if self._accept("("):
            return self._call(token, start)
        return parse_expression(_GOLDEN) if token == "golden" else Name(token)

    def _numeral(self, token: str) -> Number:
        exponent = token.lower().partition("e")[2].lstrip("+-0")
        # Many short numerals such as 1e99999 are long numbers: their exponents share one limit.
        self._exponents += int(exponent[:9] or "0")
        if self._exponents > MAX_LENGTH:
            raise InputError(f"decimal exponents may add up to at most {MAX_LENGTH} in size")
        return Number(parse_rational(token))

    def _call(self, function: str, start: int) -> Expression:
        if function in _RADICALS:
            radicand = self._nested()
            return Radical(_RADICALS[function], radicand, self._source(start))
        if function == "zeta":
            order = self._digits()
            self._expect(")")
            if order == 0:
                raise self._error("expected a root of unity of order at least 1", start)
            return RootOfUnity(order)
        if function != "root":
            known = "sqrt, cbrt, root or zeta"
            raise self._error(f"expected {known}, not the function {_quote(function)}", start)
        polynomial = self._nested(closing=",")
        near = self._nested()
        return RootOf(polynomial, near, self._source(start))

    def _nested(self, closing: str = ")") -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise InputError(f"parentheses may be nested at most {MAX_DEPTH} deep")
        result = self._expression()
        self._expect(closing)
        self._depth -= 1
        return result

    def _accept(self, *symbols: str) -> str:
        kind, token, _ = self._tokens[self._next]
        if kind != "symbol" or token not in symbols:
            return ""
        self._next += 1
        return token

    def _expect(self, symbol: str) -> None:
        if not self._accept(symbol):
            raise self._error(f"expected {symbol!r}", self._start())

    def _start(self) -> int:
        return self._tokens[self._next][2]

    def _source(self, start: int) -> str:
        return self._text[start : self._tokens[self._next - 1][2] + 1]

    def _error(self, message: str, start: int) -> InputError:
        return InputError(f"{message} at position {start + 1} of {_quote(self._text)}")


def _tokenize(text: str) -> list[tuple[str, str, int]]:
    tokens = []
    end = len(text.rstrip(" \t\r\n"))
    position = 0
    while position < end:
        match = _TOKEN.match(text, position, end)
        if match is None:
            bad = text[position:].lstrip(" \t\r\n")
            place = len(text) - len(bad) + 1
            raise InputError(
                f"unexpected character {bad[0]!a} at position {place} of {_quote(text)}"
            )
        kind = match.lastgroup or ""
        tokens.append((kind, match[kind], match.start(kind)))
        position = match.end()
    return [*tokens, ("end", "", len(text))]


def _quote(text: str) -> str:
    return ascii(text if len(text) <= 40 else text[:37] + "...")

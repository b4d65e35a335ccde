"""Polynomials over Q as text: canonical, read back by the number parser, and as LaTeX."""

from flint import fmpq, fmpq_poly

__all__ = ["format_polynomial", "latex_polynomial"]


def format_polynomial(polynomial: fmpq_poly, name: str, *, descending: bool = False) -> str:
    """Write a polynomial in `name`, constant term first unless `descending`.

    Examples
    --------
    >>> format_polynomial(fmpq_poly([fmpq(1, 2), -3, 0, 1]), "a")
    '1/2 - 3*a + a^3'
    >>> format_polynomial(fmpq_poly([-2, 0, 1]), "x", descending=True)
    'x^2 - 2'
    """
    terms = _terms(polynomial, descending)
    return _join([(c < 0, _term(str(abs(c)), k, name)) for k, c in terms])


def latex_polynomial(polynomial: fmpq_poly, name: str, *, descending: bool = False) -> str:
    r"""Write a polynomial as LaTeX, without dollar signs.

    Examples
    --------
    >>> print(latex_polynomial(fmpq_poly([fmpq(1, 2), -3, 0, 1]), "a"))
    \frac{1}{2} - 3 a + a^{3}
    """
    symbol = name if len(name) == 1 else rf"\mathrm{{{name}}}".replace("_", r"\_")
    terms = []
    for k, c in _terms(polynomial, descending):
        size = abs(c)
        number = str(size.p) if size.q == 1 else rf"\frac{{{size.p}}}{{{size.q}}}"
        power = symbol if k == 1 else f"{symbol}^{{{k}}}"
        terms.append((c < 0, number if k == 0 else power if size == 1 else f"{number} {power}"))
    return _join(terms)


def _terms(polynomial: fmpq_poly, descending: bool) -> list[tuple[int, fmpq]]:
    terms = [(k, c) for k, c in enumerate(polynomial.coeffs()) if c != 0]
    return terms[::-1] if descending else terms


def _term(size: str, exponent: int, name: str) -> str:
    if exponent == 0:
        return size
    power = name if exponent == 1 else f"{name}^{exponent}"
    return power if size == "1" else f"{size}*{power}"


def _join(terms: list[tuple[bool, str]]) -> str:
    """Join (negative, size) pairs by signs; the first sign is left out when it is a plus."""
    if not terms:
        return "0"
    (negative, size), *rest = terms
    first = f"-{size}" if negative else size
    return first + "".join(f" {'-' if minus else '+'} {size}" for minus, size in rest)

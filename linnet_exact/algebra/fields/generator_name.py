"""How the generator of a field may be named: so that every system that files go to can read it."""

import re
from keyword import iskeyword, issoftkeyword

from linnet_exact.errors import InputError

__all__ = ["require_generator_name"]

FUNCTIONS = "sqrt cbrt root zeta golden"

# Words with a meaning of their own, in Sage and SymPy, Macaulay2, Singular and GAP.
SAGE = (
    "QQ ZZ RR CC GF NN QQbar AA SR RIF CIF RDF CDF PolynomialRing NumberField Matrix matrix vector "
    "Integer Rational var Symbol symbols"
)
SYMPY = "E I N O Q S C pi oo zoo nan GoldenRatio EulerGamma Catalan TribonacciConstant"
MACAULAY2 = (
    "and break catch continue do else elseapply for from global if in list local new not of or "
    "return shield symbol then threadVariable throw time timing to try when while xor true false "
    "null ring ideal det ii ee infinity toField gens coefficientRing"
)
SINGULAR = (
    "attrib bigint bigintmat break breakpoint char cone continue def default else error eval exit "
    "export exportto extgcd fan for if ideal import int intmat intvec keepring kill lib link list "
    "load map matrix minpoly module newstruct number option package poly polytope proc qring quit "
    "quote resolution return ring setring short string system type vector while"
)
GAP = (
    "AssertionError Assert Info IsBound QUIT TryNextMethod Unbind and atomic break continue do "
    "elif else end fail false fi for function if in local mod not od or quit readonly readwrite "
    "rec repeat return then true until while E X Z"
)

RESERVED = frozenset(" ".join([FUNCTIONS, SAGE, SYMPY, MACAULAY2, SINGULAR, GAP]).split())


def require_generator_name(name: object) -> None:
    """Raise an `InputError` unless a name is a letter, then letters and digits, and free.

    Examples
    --------
    >>> require_generator_name("a1")
    >>> require_generator_name("lambda")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: a generator must not be named 'lambda', which has a meaning in \
a system that files are written for; choose another letter
    """
    if not isinstance(name, str) or not re.fullmatch("[A-Za-z][A-Za-z0-9]*", name):
        raise InputError(
            f"a generator must be a name, a letter and then letters and digits, not {name!a}"
        )
    if name in RESERVED or iskeyword(name) or issoftkeyword(name):
        raise InputError(
            f"a generator must not be named {name!r}, which has a meaning in a system that files "
            "are written for; choose another letter"
        )

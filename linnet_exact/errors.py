"""The exceptions of linnet_exact: everything raised on purpose is a `LinnetError`.

Messages are one line and say what was expected, what was found and, where there is a way out,
what to do. The command line prints them as they are and exits with status 2.
"""

__all__ = [
    "CertificateError",
    "DivisionByZeroError",
    "FileError",
    "InputError",
    "LinnetError",
    "MissingExtraError",
    "NoPathError",
    "OutOfRangeError",
    "ShapeError",
    "TooLargeError",
    "WrongTypeError",
    "missing_extra",
    "printable",
]


class LinnetError(Exception):
    """Root of every exception that linnet_exact raises on purpose.

    Examples
    --------
    >>> from linnet_exact.errors import InputError
    >>> issubclass(InputError, LinnetError) and issubclass(InputError, ValueError)
    True
    """


class InputError(LinnetError, ValueError):
    """A value, a text or an argument is not of the form that was asked for."""


class WrongTypeError(InputError, TypeError):
    """An argument is of a type that is not taken; the message names it and the forms taken."""


class OutOfRangeError(InputError, IndexError):
    """An index lies outside of what is indexed; the message gives the range."""


class DivisionByZeroError(InputError, ZeroDivisionError):
    """An exact number is divided by zero."""


class _Informed(LinnetError):
    """What an exact check or a comparison of shapes knows besides its sentence.

    Attributes
    ----------
    k, i : int, optional
        Which subsequence matrix W_{k~i} it is about.
    expected, found : object, optional
        What there should have been, and what there is.
    """

    def __init__(
        self,
        message: str = "",
        *,
        k: int | None = None,
        i: int | None = None,
        expected: object = None,
        found: object = None,
    ) -> None:
        super().__init__(message)
        self.k, self.i, self.expected, self.found = k, i, expected, found


class ShapeError(_Informed, InputError):
    """Matrices whose shapes do not fit together; it may carry `expected` and `found`.

    Examples
    --------
    >>> from linnet_exact import Weights
    >>> try:
    ...     Weights([[[1, 2]], [[1, 2, 3]]])
    ... except ShapeError as error:
    ...     print(error.expected, error.found)
    1 3
    """


class FileError(InputError):
    """A file cannot be read, or does not hold what it should; the message begins with its name.

    Names of files, and of what is in them, may hold anything; they are told as `printable` text.
    """

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class CertificateError(_Informed):
    """A certificate, or an exact check, does not hold; about ranks it carries `k`, `i` and both.

    Examples
    --------
    >>> error = CertificateError("r_2~0 <= 1 is not proven", k=2, i=0, expected=1, found=2)
    >>> (error.k, error.i), error.expected, error.found
    ((2, 0), 1, 2)
    """


class NoPathError(LinnetError):
    """Two points of a fiber are on different connected parts of it; the message says which."""


class TooLargeError(LinnetError):
    """Something would take more memory or time than its limit; the message gives the figures."""


class MissingExtraError(LinnetError, ImportError):
    """An optional library is not installed; the message names the command that installs it."""


def missing_extra(what: str, extra: str) -> MissingExtraError:
    """Return the error that says how to install an extra, from a checkout or from a wheel.

    Examples
    --------
    >>> print(missing_extra("networkx is not installed", "draw"))
    networkx is not installed: pip install '.[draw]' in a checkout, or pip install 'FILE.whl[draw]'
    """
    return MissingExtraError(
        f"{what}: pip install '.[{extra}]' in a checkout, or pip install 'FILE.whl[{extra}]'"
    )


def printable(text: str) -> str:
    r"""Return a text in which whatever a terminal would act upon, or cannot show, is escaped.

    Examples
    --------
    >>> print(printable("red: \x1b[31m, a line:\n, half of a pair: \ud800, é"))
    red: \x1b[31m, a line:\n, half of a pair: \ud800, é
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )

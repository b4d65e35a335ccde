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
    "ShapeError",
    "TooLargeError",
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


class DivisionByZeroError(InputError, ZeroDivisionError):
    """An exact number is divided by zero."""


class ShapeError(InputError):
    """Matrices whose shapes do not fit together."""


class FileError(InputError):
    """A file cannot be read, or does not hold what it should; the message begins with its name."""


class CertificateError(LinnetError):
    """A certificate, or an exact check, does not hold."""


class NoPathError(LinnetError):
    """Two points of a fiber are on different connected parts of it; the message says which."""


class TooLargeError(LinnetError):
    """Something would take more memory or time than its limit; the message gives the figures."""


class MissingExtraError(LinnetError, ImportError):
    """An optional library is not installed; the message names the command that installs it."""

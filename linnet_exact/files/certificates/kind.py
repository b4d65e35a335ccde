"""A kind of certificate: how it is read, what it proves, and which weights it is about."""

from collections.abc import Callable
from typing import Any, NamedTuple

from linnet_exact.algebra import Matrix
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files.certificates.document import items, members, text

__all__ = ["Kind", "checked", "envelope", "require"]


class Kind(NamedTuple):
    """A kind of certificate.

    Attributes
    ----------
    versions : tuple of int
        The versions of its format that are known.
    read : callable
        From the JSON object to what it says; raises `InputError` if it is not written as the
        format has it. It looks at the form of everything, and at the truth of nothing.
    check : callable
        From what was read to what it proves, in words; raises `CertificateError`.
    weights : callable, optional
        From what was read to the matrices of the file that the certificate was made of.
    """

    versions: tuple[int, ...]
    read: Callable[[dict[str, Any]], Any]
    check: Callable[[Any], list[str]]
    weights: Callable[[Any], list[Matrix]] | None = None


def envelope(
    certificate: dict[str, Any], keys: tuple[str, ...], has_input: bool = False
) -> dict[str, Any]:
    """Return a certificate after checking that it has the keys of its kind and of all, and no more.

    Examples
    --------
    >>> envelope({"format": "f", "version": 1, "kind": "k", "sha256": "0", "depth": 2}, ("depth",))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: sha256 must be a text of the form [0-9a-f]{64}, not '0'
    """
    shared = ("format", "version", "kind", "sha256")
    members(certificate, "the certificate", (*shared, *keys), ("input",) if has_input else ())
    text(certificate["sha256"], "sha256", "[0-9a-f]{64}")
    if "input" in certificate:
        since_2 = ("layers",) if certificate["version"] > 1 else ()
        record = members(certificate["input"], "input", ("name", "sha256", *since_2))
        text(record["name"], "input.name")
        text(record["sha256"], "input.sha256", "[0-9a-f]{64}")
        items(record.get("layers", []), "input.layers", text)
    return certificate


def require(holds: bool, otherwise: str, **known: Any) -> None:
    """Raise a `CertificateError`, with what is known besides, unless something holds.

    Examples
    --------
    >>> require(1 + 1 == 2, "arithmetic has changed")
    """
    if not holds:
        raise CertificateError(otherwise, **known)


def checked(kind: Kind, parsed: Any) -> list[str]:
    """Return what a certificate proves; whatever goes wrong in its check is a `CertificateError`.

    Examples
    --------
    >>> checked(Kind((1,), dict, lambda parsed: [parsed]), "a claim")
    ['a claim']
    """
    try:
        return kind.check(parsed)
    except InputError as error:
        raise CertificateError(str(error)) from None

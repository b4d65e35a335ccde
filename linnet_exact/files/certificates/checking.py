"""Certificates of every kind checked again, from nothing but what they hold; and beside a file."""

from collections.abc import Mapping
from typing import Any

from linnet_exact.algebra import Field, Matrix, NumberField
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files.certificates.critical import CRITICAL
from linnet_exact.files.certificates.kind import Kind, checked
from linnet_exact.files.certificates.path import PATH
from linnet_exact.files.certificates.probable import PROBABLE
from linnet_exact.files.certificates.rank_list_check import RANK_LIST
from linnet_exact.files.certificates.sealing import FORMAT, digest, input_record
from linnet_exact.files.certificates.snapped import SNAPPED
from linnet_exact.files.certificates.transport import TRANSPORT
from linnet_exact.files.chains.choice import Layers
from linnet_exact.files.json_path import FORMAT as PATH_FORMAT
from linnet_exact.files.reading import read_weights
from linnet_exact.files.source import AnyFile, Source

__all__ = ["check_certificate", "check_input"]

_KINDS = {
    "rank-list": RANK_LIST,
    "probable-rank-list": PROBABLE,
    "snapped-weights": SNAPPED,
    "critical": CRITICAL,
    "transport": TRANSPORT,
}


def check_certificate(certificate: Any, others: Mapping[str, Kind] | None = None) -> list[str]:
    """Check a certificate or the value of a path file, and return what it proves, in words.

    Parameters
    ----------
    others : mapping, optional
        Kinds of certificates beside those of this room, by name.

    Raises
    ------
    InputError
        If it is no certificate, or something in it is not written the one way that there is.
    CertificateError
        If it was changed, or does not prove what it claims; it says why.

    Examples
    --------
    >>> from linnet_exact.files import rank_list_certificate
    >>> from linnet_exact.weights import Weights
    >>> certificate = rank_list_certificate(Weights([[[1, 2]]]))
    >>> check_certificate(certificate)
    ['rank list 0~0:2,1~0:1,1~1:1', 'barcode 0-0,0-1', 'dimension of the stratum 0']
    >>> check_certificate(certificate | {"dimension": 1})
    Traceback (most recent call last):
    ...
    linnet_exact.errors.CertificateError: the digest does not fit: something was changed
    """
    kind, parsed = _read(certificate, others or {})
    if kind is not PATH and certificate["sha256"] != digest(certificate):
        raise CertificateError("the digest does not fit: something was changed")
    return checked(kind, parsed)


def check_input(
    certificate: dict[str, Any],
    file: AnyFile,
    layers: Layers = (),
    others: Mapping[str, Kind] | None = None,
) -> None:
    """Check that a file holds the weights that a certificate, which was checked, is about.

    Parameters
    ----------
    layers : as `read_weights` takes them
        Which tensors of the file are layers, if the certificate does not say so.

    Raises
    ------
    CertificateError
        If the weights differ, or the certificate names a file of another digest, or it is not
        about weights.
    FileError
        If the file cannot be read.
    """
    source = Source.of(file)
    kind, parsed = _read(certificate, others or {})
    if kind.weights is None:
        raise CertificateError("the certificate is not about the weights of a file")
    record = certificate.get("input", {})
    theta = read_weights(source, layers or record.get("layers", ()))
    matrices, found = kind.weights(parsed), theta.matrices
    field = matrices[0].field
    if not _same_field(theta.field, field):  # weights and data can be over one field together
        if not field.holds(theta.field):
            raise CertificateError(f"{source.path} holds other weights than were certified")
        found = tuple(W.change_field(field) for W in found)
    if len(matrices) != theta.depth:
        raise CertificateError(f"{source.path} holds other weights than were certified")
    for j, (ours, theirs) in enumerate(zip(found, matrices, strict=True), start=1):
        if not _same(ours, theirs):
            raise CertificateError(f"W_{j} in {source.path} is not the one that was certified")
    if "sha256" in record and input_record(source)["sha256"] != record["sha256"]:
        raise CertificateError(
            f"{source.path} is not the file that was certified: its digest differs"
        )


def _read(certificate: Any, others: Mapping[str, Kind]) -> tuple[Kind, Any]:
    if isinstance(certificate, dict) and certificate.get("format") == PATH_FORMAT:
        return PATH, PATH.read(certificate)
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        raise InputError(f'expected a certificate, a JSON object with "format": "{FORMAT}"')
    kinds = {**_KINDS, **others}
    name, version = certificate.get("kind"), certificate.get("version")
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise InputError(f"there is no certificate of kind {str(name)[:40]!r}")
    if type(version) is not int or version not in kind.versions:
        known = " or ".join(map(str, kind.versions))
        raise InputError(f'"version" must be {known}, not {str(version)[:40]!r}')
    return kind, kind.read(certificate)


def _same(ours: Matrix, theirs: Matrix) -> bool:
    return (ours.denominator, ours.coefficients) == (theirs.denominator, theirs.coefficients)


def _same_field(one: Field, other: Field) -> bool:
    """Whether two fields are the same but for the name of the generator."""
    if isinstance(one, NumberField) and isinstance(other, NumberField):
        roots = [field.root and field.root.root_index() for field in (one, other)]
        return one.minimal_polynomial == other.minimal_polynomial and roots[0] == roots[1]
    return one == other

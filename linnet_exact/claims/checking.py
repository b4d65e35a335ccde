"""Every document that claims something, checked: certificates, path files and whole reports."""

from typing import Any

from linnet_exact.claims.proof.certificate import (
    DIMENSION_THEOREM,
    KIND,
    check_proof,
    proof_certificate,
)
from linnet_exact.claims.proof.explanation import explain
from linnet_exact.claims.proof.theorem import prove
from linnet_exact.claims.refutation.again import check_refutation
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files import check_certificate
from linnet_exact.files.certificates.document import members, natural, same
from linnet_exact.files.certificates.kind import require
from linnet_exact.files.certificates.sealing import FORMAT as CERTIFICATE
from linnet_exact.files.json_path import FORMAT as PATH
from linnet_exact.strata.values.json_integers import jsonable

__all__ = ["KINDS", "check_document"]

KINDS = {KIND: DIMENSION_THEOREM}
"""The kinds of certificates beside those about weights."""


def check_document(value: Any) -> list[str]:
    """Check what a command has printed or written, and return what it proves, in words.

    Raises
    ------
    InputError
        If it claims nothing, or is not written as it should be; the message says what to do.
    CertificateError
        If a claim does not hold.

    Examples
    --------
    >>> check_document(prove(2).to_jsonable())[0]
    'for all widths of depth 2: dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l'
    >>> check_document({"format": "linnet-exact/weights", "version": 1, "weights": [[[1]]]})
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: it is no certificate: it holds weights; linnet-exact analyze \
--certificate certifies them
    """
    if isinstance(value, dict) and "format" not in value:
        if {"statement", "over", "found"} <= value.keys():
            return check_refutation(value)
        if {"depth", "blocks", "identities"} <= value.keys():
            return _check_proof_report(value)
    if not isinstance(value, dict) or value.get("format") not in (CERTIFICATE, PATH):
        raise InputError(_way_out(value))
    return check_certificate(value, KINDS)


def _check_proof_report(value: Any) -> list[str]:
    """Prove it again, and check that proof, too."""
    keys = ("depth", "blocks", "identity", "identities")
    members(value, "the report", keys, ("explanation",))
    try:
        proof = prove(natural(value["depth"], "depth"))
    except InputError as error:
        raise CertificateError(str(error)) from None
    for key, true in jsonable(proof.to_jsonable()).items():
        require(same(value[key], true), f"{key} is not what the proof gives")
    require(value.get("explanation") in (None, explain(proof)), "the explanation is another one")
    return check_proof(proof_certificate(proof))


_WITH_CERTIFICATE = "with --certificate FILE it writes a certificate of that"
_WAYS_OUT = (
    ({"rank_list", "certified"}, f"analyze printed it; {_WITH_CERTIFICATE}"),
    ({"critical", "hypotheses"}, f"critical printed it; {_WITH_CERTIFICATE}"),
    ({"certificate", "linear_map"}, "the certificate is under that key; leave out --map"),
    ({"format", "weights"}, "it holds weights; linnet-exact analyze --certificate certifies them"),
)
_OTHERWISE = (
    "the command that printed it can be run again; analyze, critical and snap write certificates "
    "(--certificate FILE), and what path, prove, refute and transport print in JSON is checked"
)


def _way_out(value: Any) -> str:
    keys = value.keys() if isinstance(value, dict) else set()
    found = (way for wanted, way in _WAYS_OUT if wanted <= keys)
    return f"it is no certificate: {next(found, _OTHERWISE)}"

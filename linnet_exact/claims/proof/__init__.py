"""The dimension theorem proved for every width vector of one depth."""

from linnet_exact.claims.proof.certificate import check_proof, proof_certificate
from linnet_exact.claims.proof.explanation import explain, explain_in_latex
from linnet_exact.claims.proof.theorem import MAX_DEPTH, Identity, Proof, prove

__all__ = [
    "MAX_DEPTH",
    "Identity",
    "Proof",
    "check_proof",
    "explain",
    "explain_in_latex",
    "proof_certificate",
    "prove",
]

"""The dimension theorem proved for every width vector of one depth.

In reading order: `blocks` takes the tangent map apart, `moves` gives its kernel, `theorem` sums the
ranks of the blocks and compares; `explanation` and `certificate` write that down.
"""

from linnet_exact.claims.proof.certificate import (
    DIMENSION_THEOREM,
    check_proof,
    proof_certificate,
)
from linnet_exact.claims.proof.explanation import explain, explain_in_latex
from linnet_exact.claims.proof.ring import Identity
from linnet_exact.claims.proof.theorem import MAX_DEPTH, Proof, prove

__all__ = [
    "DIMENSION_THEOREM",
    "MAX_DEPTH",
    "Identity",
    "Proof",
    "check_proof",
    "explain",
    "explain_in_latex",
    "proof_certificate",
    "prove",
]

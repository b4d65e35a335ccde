"""Statements about linear networks that can be checked."""

from linnet_exact.claims.box import networks_in_box
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.library import CLAIMS, claims_named
from linnet_exact.claims.verification import Tally, verify

__all__ = ["CLAIMS", "Claim", "Tally", "Verdict", "claims_named", "networks_in_box", "verify"]

"""Statements about linear networks: checked on boxes of networks, proved, or refuted.

In reading order: `draws` gives networks, `domain` the cases that they have, `claim` says
what a claim is. The room `theorems` has all claims, which `verification` checks; `proof` proves
one for all widths; `language` is that of conjectures, which `refutation` tries to refute.
"""

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import DOMAINS, Domain
from linnet_exact.claims.draws import random_networks
from linnet_exact.claims.proof import prove
from linnet_exact.claims.refutation import Refutation, refute, refute_weights
from linnet_exact.claims.theorems.library import CLAIMS, claims_named
from linnet_exact.claims.verification import Tally, verify
from linnet_exact.strata.box import networks_in_box

__all__ = [
    "CLAIMS",
    "DOMAINS",
    "Claim",
    "Domain",
    "Refutation",
    "Tally",
    "Verdict",
    "claims_named",
    "networks_in_box",
    "prove",
    "random_networks",
    "refute",
    "refute_weights",
    "verify",
]

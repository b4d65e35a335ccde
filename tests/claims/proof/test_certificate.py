"""Certificates of the dimension theorem: checked from nothing, refused when anything is changed."""

import copy
import json

import pytest

from linnet_exact.claims.proof import check_proof, proof_certificate, prove
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files.certificates.sealing import sealed


@pytest.mark.parametrize("depth", [1, 2, 4, 10])
def test_round_trip(depth: int) -> None:
    certificate = json.loads(json.dumps(proof_certificate(prove(depth))))
    claims = check_proof(certificate)
    assert len(claims) == 3
    assert all(claim.startswith(f"for all widths of depth {depth}:") for claim in claims)


def resealed(certificate: dict) -> dict:
    return sealed({key: value for key, value in certificate.items() if key != "sha256"})


def change_a_rank(certificate: dict) -> None:
    certificate["blocks"][3]["tangent"] += 1


def drop_a_block(certificate: dict) -> None:
    del certificate["blocks"][5]


def swap_two_blocks(certificate: dict) -> None:
    blocks = certificate["blocks"]
    blocks[0], blocks[1] = blocks[1], blocks[0]


def change_the_tangent_map(certificate: dict) -> None:
    certificate["blocks"][0]["tangent_map"] = [[1]]


def claim_another_depth(certificate: dict) -> None:
    certificate["depth"] = 3


def claim_no_depth(certificate: dict) -> None:
    certificate["depth"] = "2"


def leave_out_the_blocks(certificate: dict) -> None:
    certificate["blocks"] = None


CHANGES = [
    change_a_rank,
    drop_a_block,
    swap_two_blocks,
    change_the_tangent_map,
    claim_another_depth,
    claim_no_depth,
    leave_out_the_blocks,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_certificates_are_refused(change) -> None:
    certificate = copy.deepcopy(proof_certificate(prove(2)))
    change(certificate)
    with pytest.raises((CertificateError, InputError), match=r"digest|must be"):
        check_proof(certificate)
    with pytest.raises((CertificateError, InputError)):
        check_proof(resealed(certificate))

"""Certificates: exact claims with proofs that anyone can check again; guide/certificates.md.

In reading order: `sealing` (what all of them share), `document` (the one spelling of everything),
`kind` and `rank_list` (claims about weights, written), `rank_list_check` (and checked), `probable`
(ranks modulo primes only), `snapped`, `critical`, `transport`, `path`, and `checking`, which knows
all kinds. Proofs for all widths of one depth are in `linnet_exact.claims.proof`.
`scripts/check_certificate.py` checks them, too, and shares no code with this package.
"""

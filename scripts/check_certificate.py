#!/usr/bin/env python3
"""Check a certificate of linnet-exact with nothing but the Python standard library.

    python scripts/check_certificate.py CERTIFICATE [INPUT]

This file and those in the folder checker beside it share no code with linnet_exact and are meant to
be read: document.py (the form of everything), field.py with polynomials.py and factors.py (exact
numbers), matrices.py, numbers.py (numbers with signs), input.py, and one for each kind: ranks.py,
probable.py, proof.py, critical.py, transport.py, path.py. The format is described in
linnet_exact/guide/certificates.md.

A certificate claims, for matrices W_1, ..., W_L with exact entries, the rank of every product
W_k...W_{i+1} (key "k~i"). Each rank is proven twice over:

at least r   a block of r rows and columns is invertible modulo a prime (over Q(a): after a is
             replaced by a root of its minimal polynomial), or a longer product has rank r;
at most r    by the shape, by a shorter product, or by independent vectors that the matrix (side
             "right") or its transpose (side "left") takes to 0.

Or all ranks at once: invertible J_0, ..., J_L with W_j J_{j-1} = J_j I_j, where the 0/1 matrix I_j
passes each strand of the barcode from layer j-1 to layer j.

With INPUT, the weights in that file are compared with those of the certificate.

Exit status: 0 it holds, 1 it does not, 2 it is no certificate, or not written as one.
"""

import hashlib
import json
import sys

from checker.critical import check_critical, read_critical
from checker.document import (
    Malformed,
    Refused,
    expect,
    items,
    members,
    read_bytes,
    read_json,
    require,
    shown,
    text,
)
from checker.input import compare_with_input
from checker.path import check_path, read_path
from checker.probable import check_probable, read_probable
from checker.proof import check_dimension_theorem, read_dimension_theorem
from checker.ranks import KEYS, check_rank_list, check_snapped, read_rank_list, read_snapped
from checker.transport import check_transport, read_transport

SNAPPED = [*KEYS, "original", "squared_distances"]
PROBABLE = [*KEYS[:-1], "primes", "error_bound"]
THEOREM = ["depth", "theorem", "blocks", "identity"]
TRANSPORT = ["field", "carries", "start", "end", "group", "inverses"]
CRITICAL = ["field", "weights", "sigma", "gamma", "energy", "loss", "point", "proof"]

# The versions of each kind, its keys, how it is read and how it is checked.
KINDS = {
    "rank-list": ((1, 2), KEYS, read_rank_list, check_rank_list),
    "probable-rank-list": ((2,), PROBABLE, read_probable, check_probable),
    "snapped-weights": ((2,), SNAPPED, read_snapped, check_snapped),
    "dimension-theorem": ((1,), THEOREM, read_dimension_theorem, check_dimension_theorem),
    "critical": ((1, 2, 3), CRITICAL, read_critical, check_critical),
    "transport": ((1,), TRANSPORT, read_transport, check_transport),
}
# Where the matrices are that were read from a file.
ORIGINAL = {"rank-list": "weights", "snapped-weights": "original", "critical": "weights"}
ORIGINAL["probable-rank-list"] = "weights"


def read(certificate):
    """What a certificate says, after a look at the form of everything and the truth of nothing."""
    mine = certificate.get("format") == "linnet-exact/certificate"
    expect(mine, "this is no certificate; for whole reports there is linnet-exact check")
    kind, version = certificate.get("kind"), certificate.get("version")
    known = isinstance(kind, str) and kind in KINDS
    expect(known, f"there is no certificate of kind {shown(kind)}")
    versions, keys, read_kind, _ = KINDS[kind]
    expect(type(version) is int and version in versions, f"version {shown(version)} is not known")
    shared = ["format", "version", "kind", "sha256"]
    members(certificate, "the certificate", shared + keys, ["input"] if kind in ORIGINAL else [])
    text(certificate["sha256"], "sha256", "[0-9a-f]{64}")
    if "input" in certificate:
        names = ["name", "sha256"] + ["layers"] * (version > 1)
        record = members(certificate["input"], "input", names)
        text(record["name"], "input.name")
        text(record["sha256"], "input.sha256", "[0-9a-f]{64}")
        items(record.get("layers", []), "input.layers", text)
    return read_kind(certificate)


def digest(certificate):
    others = {key: value for key, value in certificate.items() if key != "sha256"}
    encoded = json.dumps(others, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(encoded).hexdigest()


def check(document, source=None):
    """What a document proves, in words; Malformed or Refused if it proves nothing."""
    expect(isinstance(document, dict), "this is no certificate")
    if document.get("format") == "linnet-exact/path":
        claim = read_path(document)
        require(source is None, "a path is not about the weights of one file")
        return check_path(claim)
    claim, kind = read(document), document["kind"]
    changed = document["sha256"] != digest(document)
    require(not changed, "the digest does not fit: something was changed")
    words = KINDS[kind][-1](claim)
    if source is not None:
        require(kind in ORIGINAL, "the certificate is not about the weights of a file")
        matrices = claim[ORIGINAL[kind]]
        compare_with_input(matrices, claim["field"], document.get("input", {}), source)
    return words


def main(arguments):
    sys.set_int_max_str_digits(0)
    usage = "usage: check_certificate.py CERTIFICATE [INPUT]"
    try:
        expect(1 <= len(arguments) <= 2, usage)
        document = read_json(read_bytes(arguments[0]))
        source = read_bytes(arguments[1]) if len(arguments) > 1 else None
        print(f"valid\n{check(document, source)}", flush=True)
    except Refused as error:
        print(f"not valid: {error}")
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except KeyboardInterrupt:
        return 130
    except (Malformed, OSError, MemoryError, ValueError) as error:
        line = " ".join(str(error).split()) or type(error).__name__
        print(f"{arguments[0] if arguments else ''}: {line}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

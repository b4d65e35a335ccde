"""How long the dimension theorem takes to prove for all widths of a depth.

Run it as `python benchmarks/claims_prove.py`. Depth 6 may take a minute.
"""

from time import perf_counter

from linnet_exact.claims.proof import MAX_DEPTH, check_proof, proof_certificate, prove


def main() -> None:
    for depth in range(1, MAX_DEPTH + 1):
        started = perf_counter()
        proof = prove(depth)
        proved = perf_counter()
        assert proof.holds
        check_proof(proof_certificate(proof))
        checked = perf_counter()
        print(
            f"depth {depth:>2}: {len(proof.blocks):>5} blocks, proof {proved - started:4.2f} s, "
            f"certificate {checked - proved:5.2f} s"
        )


if __name__ == "__main__":
    main()

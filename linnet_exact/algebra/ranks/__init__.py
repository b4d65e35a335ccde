"""Certified ranks, and what proves them.

In reading order: `residue_maps`, `minors`, `minor_bounds`, `primitive_part` (matrices modulo primes
and sizes of minors); `modular_inverse`, `lifting`, `dyadic_lifting`, `null_vectors` (null vectors
out of p-adic solutions); `evidence`, `certified` (one matrix), `chain` (all products of a chain);
`checking` (evidence checked by other means); `probable` (ranks with an error bound);
`blas_threads`.
"""

"""Matrices over a field as integer matrices over one denominator.

In reading order: `floats`, `entries`, `indexing`, `products`, `stacking`, `array`, `packing`,
`display`, `conversion`; `regular_representation`.
"""

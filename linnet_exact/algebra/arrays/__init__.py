"""Matrices over a field as integer matrices over one denominator.

In reading order: `entries`, `indexing`, `stacking`, `array`; `products`, `regular_representation`.
"""

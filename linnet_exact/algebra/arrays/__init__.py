"""Matrices over a field as integer matrices over one denominator.

In reading order: `entries`, `indexing`, `products`, `stacking`, `array`, `display`, `conversion`;
`regular_representation`.
"""

"""Q and Q(a): fields, their elements, and how both are written.

In reading order: `field`, `residue_class`, `element`; `membership`, `scopes`, `definition`,
`generator_name`, `description`, `defined_field`, `embedding`, `number_field`, `reader`; then what
is built on them: `generation`, `conjugation`, `ways_past_zero`, `sympy_bridge`.
"""

"""Numbers before there is a field.

In reading order: `rational`; `expression`, `parser`, `evaluation`,
`polynomial_text`; `real_roots`, `interrupts`, `root_isolation`; `nearest_root`, `sympy_roots`,
`multiplication_matrices`, `algebraic_number`.
"""

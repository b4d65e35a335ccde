"""Closed formulas in a barcode, or in the widths and rank of a fiber.

In the order in which one would read them: `dimension`, `learning_coefficient`; `real_components`
of strata and `fiber_real_components`; `prime_powers`, `q_product` and `points`, over finite fields;
`freedom`, the moves at a point by kind; `degree` and `equivariant_class` of orbit closures.
"""

"""Complex conjugation, as a map of a number field to itself.

A field without real embeddings has one exactly when it is a CM field: then the conjugate of every
element is the same element of the field under all embeddings. The sum of x times its conjugate is
then positive, as a sum of squares is in fields with a real embedding; without either, no form over
the field makes every subspace and its orthogonal complement span the whole space.
"""

from functools import lru_cache

from flint import acb, acb_mat, ctx, fmpq, fmpq_poly

from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.field import Field
from linnet_exact.algebra.fields.number_field import NumberField
from linnet_exact.algebra.numbers.root_isolation import complex_roots, number_of_real_roots
from linnet_exact.errors import InputError

__all__ = ["conjugate_of_generator"]


@lru_cache(maxsize=64)
def conjugate_of_generator(field: Field) -> FieldElement | None:
    """Return the complex conjugate of the generator; None if all is real.

    Raises
    ------
    InputError
        If the field has neither a real embedding nor complex conjugation.

    Examples
    --------
    >>> conjugate_of_generator(NumberField("x^2 + x + 1"))
    FieldElement('-1 - a')
    >>> conjugate_of_generator(NumberField("sqrt(2)")) is None
    True
    """
    if not isinstance(field, NumberField) or number_of_real_roots(field.integer_polynomial):
        return None
    polynomial, e = field.integer_polynomial, field.degree
    leading = int(polynomial[e])
    # c a is integral for the leading coefficient c, and so is its conjugate: its coordinates in the
    # powers of c a have the discriminant of their polynomial as a denominator.
    monic = fmpq_poly([polynomial[k] * leading ** (e - 1 - k) for k in range(e)] + [1]).numer()
    discriminant = abs(int(monic.discriminant()))
    precision = 64 + 2 * discriminant.bit_length()
    while True:
        roots = complex_roots(monic, precision)
        with ctx.workprec(precision):
            powers = acb_mat([[root**k for k in range(e)] for root in roots])
            try:
                found = powers.solve(acb_mat([[root.conjugate()] for root in roots]))
            except ZeroDivisionError:
                precision *= 2
                continue
            numbers = [acb(found[k, 0]) * discriminant for k in range(e)]
            integers = [number.real.unique_fmpz() for number in numbers]
            impossible = any(
                not number.real.contains_integer() or not number.imag.contains(0)
                for number in numbers
            )
        if impossible:
            raise InputError(
                f"{field!r} has no real embedding and no complex conjugation of its own, so there "
                "is no orthogonality over it: choose another field, or a real root with near="
            )
        if None not in integers:
            image = fmpq_poly(
                [
                    fmpq(m, discriminant) * fmpq(leading) ** (k - 1)
                    for k, m in enumerate(integers)
                    if m is not None
                ]
            )
            if not fmpq_poly(polynomial)(image) % field.modulus:
                return FieldElement(field, image)
        precision *= 2

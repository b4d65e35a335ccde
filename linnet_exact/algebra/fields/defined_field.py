"""What a number field is: a minimal polynomial, a real root, and the text it was made from."""

from typing import Any, Self

from flint import arb, fmpq_poly, fmpz_poly

from linnet_exact.algebra.fields.definition import Definition
from linnet_exact.algebra.fields.field import Field
from linnet_exact.algebra.fields.generator_name import require_generator_name
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.multiplication_matrices import monic
from linnet_exact.algebra.numbers.polynomial_text import latex_polynomial
from linnet_exact.algebra.numbers.rational import to_fraction
from linnet_exact.algebra.numbers.root_isolation import MAX_BITS
from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError

__all__ = ["DefinedField"]


class DefinedField(Field):
    """A field Q(a) as a value: what it is told apart, shown and stored by.

    `NumberField`, which users meet, reads definitions and converts to and from its elements.
    """

    __slots__ = (
        "_hash",
        "_text",
        "degree",
        "generator",
        "integer_polynomial",
        "minimal_polynomial",
        "modulus",
        "root",
    )

    integer_polynomial: fmpz_poly
    modulus: fmpq_poly
    generator: str
    root: AlgebraicNumber | None
    _text: str | None
    _hash: int

    @classmethod
    def from_definition(cls, definition: Definition, generator: str = "a") -> Self:
        """Return the field with a definition that is known to be one.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.definition import read_definition
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField.from_definition(read_definition(["x^2 - 2"], near=1))
        NumberField('x^2 - 2', near='1.4142')
        """
        field = cls.__new__(cls)
        field._define(definition, generator)
        return field

    def _define(self, definition: Definition, generator: str) -> None:
        require_generator_name(generator)
        polynomial, root, text = definition
        modulus = monic(fmpq_poly(polynomial))
        index = None if root is None else root.root_index()
        values = {
            "degree": int(polynomial.degree()),
            "integer_polynomial": polynomial,
            "modulus": modulus,
            "minimal_polynomial": tuple(map(to_fraction, modulus.coeffs())),
            "generator": generator,
            "root": root,
            "_text": text,
            "_hash": hash((tuple(polynomial.coeffs()), generator, index)),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def is_gaussian(self) -> bool:
        """Whether the field is Q(i), given by x^2 + 1: its generator is the imaginary unit i.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("x^2 + 1", generator="i")(1 + 0.5j)
        FieldElement('1 + 1/2*i')
        """
        return bool(self.integer_polynomial == fmpz_poly([1, 0, 1]))

    def real_root(self, bits: int) -> arb:
        """Return a ball around the image of the generator under the real embedding.

        Raises
        ------
        InputError
            If the field has no real embedding.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> NumberField("sqrt(2)").real_root(64).str(10)
        '[1.414213562 +/- 3.74e-10]'
        """
        if self.root is None:
            raise InputError(
                f"{self!r} has no real embedding; choose a real root of its polynomial with near="
            )
        return self.root.enclosure(as_integer(bits, "bits", 1, MAX_BITS)).real

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, DefinedField)
            and self._hash == other._hash
            and self.generator == other.generator
            and self.integer_polynomial == other.integer_polynomial
            and self._root_index() == other._root_index()
        )

    def __hash__(self) -> int:
        return self._hash

    def _repr_latex_(self) -> str:
        polynomial = latex_polynomial(self.modulus, self.generator, descending=True)
        return rf"$\mathbb{{Q}}({self.generator}),\ {polynomial} = 0$"

    def __reduce__(self) -> tuple[Any, ...]:
        coefficients = tuple(map(int, self.integer_polynomial.coeffs()))
        return _restore, (type(self), coefficients, self._root_index(), self._text, self.generator)

    def _root_index(self) -> int | None:
        return None if self.root is None else self.root.root_index()


def _restore(
    cls: type[DefinedField],
    coefficients: tuple[int, ...],
    root_index: int | None,
    text: str | None,
    generator: str,
) -> DefinedField:
    """Rebuild a field from what was pickled, without proving again that it is one."""
    polynomial = fmpz_poly(list(coefficients))
    root = None if root_index is None else AlgebraicNumber.real_root(polynomial, root_index)
    return cls.from_definition(Definition(polynomial, root, text), generator)

"""Number fields Q(a), with a real embedding when there is one to choose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flint import fmpq_poly

from linnet_exact.algebra.fields.defined_field import DefinedField
from linnet_exact.algebra.fields.definition import read_definition
from linnet_exact.algebra.fields.description import decimal_near, describe_field
from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.embedding import (
    Embedding,
    compositum_definition,
    embeddings,
    real_embedding,
)
from linnet_exact.algebra.fields.field import Field, Scalar
from linnet_exact.algebra.fields.membership import find_in_field
from linnet_exact.algebra.fields.scopes import read_element
from linnet_exact.algebra.numbers.polynomial_text import format_polynomial, latex_polynomial
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    import sympy

__all__ = ["FieldElement", "NumberField"]


class NumberField(DefinedField):
    """The field Q(a) of a root a of an irreducible polynomial.

    Parameters
    ----------
    *definition : sequence of rational numbers, or one or more texts
        Either the coefficients of the minimal polynomial, constant term first; or that polynomial
        as text in x, ``"x^3 - x - 1"``; or numbers that generate the field together, such as
        ``"sqrt(2)"``, ``"cbrt(5)"``, ``"root(x^3 - x - 1, 1.32)"``, ``"sqrt(1 + sqrt(2))"``. The
        generator is the number itself when there is one, else a sum of multiples of them.
    generator : str
        The name of the generator in text.
    near : number or text, optional
        With a minimal polynomial: the real root nearest to it is the real embedding of a, which
        gives elements their signs and order. Without it the embedding is the only real root, if
        there is just one. A text of numbers that are real has its own embedding.

    Attributes
    ----------
    degree : int
        The degree e over Q, at most 64. Degree 1 is allowed: Q with a name.
    minimal_polynomial : tuple of Fraction
        Monic, constant term first. For FLINT, also as the monic `modulus` (fmpq_poly) and as
        `integer_polynomial` (fmpz_poly: coprime coefficients, the leading one positive).
    generator : str
    root : AlgebraicNumber or None
        The image of a under the real embedding.

    Raises
    ------
    InputError
        If a polynomial is reducible or has no real root where one was asked for, `near` is as
        close to two roots, or a text cannot be read.
    TooLargeError
        If the degree, a coefficient or the work to combine the numbers exceeds its limit.

    Examples
    --------
    >>> K = NumberField("sqrt(2) + sqrt(3)")
    >>> K.degree, K("sqrt(2)"), K("sqrt(3)") > K("sqrt(2)")
    (4, FieldElement('-9/2*a + 1/2*a^3'), True)
    >>> K.is_gaussian
    False
    >>> NumberField([-2, 0, 1], near="1.4142") == NumberField("sqrt(2)")
    True
    """

    __slots__ = ()

    def __init__(
        self, *definition: str | Sequence[object], generator: str = "a", near: object = None
    ) -> None:
        self._define(read_definition(definition, near), generator)

    @property
    def gen(self) -> FieldElement:
        """The generator a.

        Examples
        --------
        >>> a = NumberField("sqrt(2)", generator="s").gen
        >>> a, a**2
        (FieldElement('s'), FieldElement('2'))
        """
        return FieldElement(self, fmpq_poly([0, 1]) % self.modulus)

    def element(self, coordinates: Sequence[int], denominator: int) -> FieldElement:
        """Return (c_0 + c_1 a + ...) / denominator; coordinates left out are 0.

        Examples
        --------
        >>> NumberField("sqrt(2)").element([3, 2], 6)
        FieldElement('1/2 + 1/3*a')
        """
        return FieldElement(self, fmpq_poly(list(coordinates), denominator))

    def __call__(self, value: object) -> FieldElement:
        """Convert a value to an element, exactly.

        Parameters
        ----------
        value : number, text, SymPy expression or element
            Text may hold the generator and roots: ``"1/2 + 3*a"``, ``"sqrt(2)"``. An element of
            another field is taken as the real number that it is.

        Raises
        ------
        InputError
            If the value is not in the field.
        TooLargeError
            If finding a root in the field would take a polynomial of too large a degree.

        Examples
        --------
        >>> K = NumberField("sqrt(2)")
        >>> K("sqrt(8) + 1/2"), K(0.75)
        (FieldElement('1/2 + 2*a'), FieldElement('3/4'))
        >>> K("sqrt(5)")
        Traceback (most recent call last):
        ...
        linnet_exact.errors.InputError: sqrt(5) is not in the field NumberField('sqrt(2)')
        """
        return read_element(value, self)

    def coordinates(self, value: object) -> tuple[tuple[int, ...], int]:
        """Return integers (c_0, ..., c_(e-1)) and d > 0 with value = (c_0 + c_1 a + ...) / d.

        Examples
        --------
        >>> NumberField("sqrt(2)").coordinates("1/2 + a/3")
        ((3, 2), 6)
        """
        polynomial = self(value)._polynomial
        numerator = polynomial.numer()
        return tuple(int(numerator[i]) for i in range(self.degree)), int(polynomial.denom())

    def format(self, value: Scalar) -> str:
        """Write an element as text that the field reads back.

        Examples
        --------
        >>> K = NumberField("sqrt(2)")
        >>> K.format(1 / K("2 - a"))
        '1 + 1/2*a'
        """
        return str(self(value))

    def latex(self, value: Scalar) -> str:
        r"""Write an element as LaTeX.

        Examples
        --------
        >>> K = NumberField("sqrt(2)")
        >>> print(K.latex(1 / K("2 - a")))
        1 + \frac{1}{2} a
        """
        return latex_polynomial(self(value)._polynomial, self.generator)

    def to_sympy(self, value: Scalar) -> "sympy.Expr":
        """Convert an element to an exact SymPy expression.

        The generator becomes the number it was made from, else a root of its minimal polynomial
        or, without a real embedding, a symbol.

        Examples
        --------
        >>> NumberField("sqrt(2)", "cbrt(5)").to_sympy("a/2")
        sqrt(2)/2 + 5**(1/3)/2
        """
        from linnet_exact.algebra.fields.sympy_bridge import element_to_sympy

        return element_to_sympy(self(value), self._text)

    def to_jsonable(self) -> dict[str, Any]:
        """Return the ``"field"`` value of a weights file; read back by `field_from_jsonable`.

        Examples
        --------
        >>> NumberField("sqrt(2)").to_jsonable()
        {'generator': 'a', 'minimal_polynomial': ['-2', '0', '1'], 'near': '1.4142'}
        """
        return describe_field(self)

    def __repr__(self) -> str:
        name = "" if self.generator == "a" else f", generator={self.generator!r}"
        if self._text is not None:
            return f"NumberField({self._text!r}{name})"
        near = "" if self.root is None else f", near={decimal_near(self)!r}"
        text = format_polynomial(self.modulus, "x", descending=True)
        return f"NumberField({text!r}{name}{near})"

    def holds(self, other: Field) -> bool:
        """Return whether all elements of another field, as the real numbers they are, are here.

        Examples
        --------
        >>> NumberField("sqrt(2) + sqrt(3)").holds(NumberField("sqrt(6)"))
        True
        """
        if super().holds(other) or not isinstance(other, NumberField) or other.root is None:
            return super().holds(other)
        return find_in_field(other.root, self) is not None

    def embeddings(self, target: "NumberField") -> tuple[Embedding, ...]:
        """Return all embeddings of this field into another, as maps that can be called.

        Raises
        ------
        InputError
            If the target is not a `NumberField`.
        TooLargeError
            If the product of the degrees is above 128.

        Examples
        --------
        >>> K = NumberField("sqrt(2)")
        >>> [str(f(K.gen)) for f in K.embeddings(NumberField("sqrt(2) + sqrt(3)"))]
        ['9/2*a - 1/2*a^3', '-9/2*a + 1/2*a^3']
        """
        return embeddings(self, _require_field(target))

    def embed(self, target: "NumberField") -> Embedding:
        """Return the embedding into another field that sends real numbers to themselves.

        If a field has no real root chosen, the one embedding that there is.

        Raises
        ------
        InputError
            If there is none, or several and no real roots to choose by.

        Examples
        --------
        >>> K = NumberField("sqrt(2)")
        >>> K.embed(NumberField("sqrt(2) + sqrt(3)"))(K.gen)
        FieldElement('-9/2*a + 1/2*a^3')
        """
        return real_embedding(self, _require_field(target))

    def compositum(self, other: "NumberField") -> tuple["NumberField", Embedding, Embedding]:
        """Return the smallest field that holds two, and the embeddings of both into it.

        When both have a real embedding, so has the compositum, and the embeddings respect them.
        Otherwise it depends on how the two are embedded into the complex numbers; one of least
        degree is chosen.

        Raises
        ------
        InputError
            If the other is not a `NumberField`.
        TooLargeError
            If the degrees are too large.

        Examples
        --------
        >>> K, L = NumberField("sqrt(2)"), NumberField("sqrt(3)")
        >>> E, f, g = K.compositum(L)
        >>> E, (f(K.gen) * g(L.gen)) ** 2
        (NumberField('sqrt(2) + sqrt(3)'), FieldElement('6'))
        """
        texts = self._text, _require_field(other)._text
        field = NumberField.from_definition(compositum_definition(self, other, texts))
        if self.root is not None and other.root is not None:
            return field, self.embed(field), other.embed(field)
        return field, self.embeddings(field)[0], other.embeddings(field)[0]


def _require_field(field: object) -> NumberField:
    if isinstance(field, NumberField):
        return field
    raise InputError(f"expected a NumberField, not {type(field).__name__}")

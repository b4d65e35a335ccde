"""Number fields Q(a), with a real embedding when there is one to choose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq_poly, fmpz_poly

from linnet_exact.algebra.fields.definition import Definition, read_definition
from linnet_exact.algebra.fields.description import decimal_near, describe_field
from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.field import Field, Scalar
from linnet_exact.algebra.fields.generator_name import require_generator_name
from linnet_exact.algebra.fields.membership import find_in_field
from linnet_exact.algebra.fields.scopes import evaluate_in_field
from linnet_exact.algebra.numbers.algebraic_number import AlgebraicNumber
from linnet_exact.algebra.numbers.expression import Expression
from linnet_exact.algebra.numbers.multiplication_matrices import monic
from linnet_exact.algebra.numbers.parser import parse_expression
from linnet_exact.algebra.numbers.polynomial_text import format_polynomial, latex_polynomial
from linnet_exact.algebra.numbers.rational import is_complex, to_fraction
from linnet_exact.errors import InputError

if TYPE_CHECKING:
    import sympy

__all__ = ["FieldElement", "NumberField"]


class NumberField(Field):
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
    >>> NumberField([-2, 0, 1], near="1.4142") == NumberField("sqrt(2)")
    True
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

    def __init__(
        self, *definition: str | Sequence[object], generator: str = "a", near: object = None
    ) -> None:
        self._define(read_definition(definition, near), generator)

    @classmethod
    def from_definition(cls, definition: Definition, generator: str = "a") -> "NumberField":
        """Return the field with a definition that is known to be one.

        Examples
        --------
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
    def gen(self) -> FieldElement:
        """The generator a.

        Examples
        --------
        >>> a = NumberField("sqrt(2)", generator="s").gen
        >>> a, a**2
        (FieldElement('s'), FieldElement('2'))
        """
        return FieldElement(self, fmpq_poly([0, 1]) % self.modulus)

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
        if isinstance(value, FieldElement):
            return value if value.field == self else self._import(value)
        if isinstance(value, str):
            return self._evaluate(parse_expression(value))
        if type(value).__module__.partition(".")[0] == "sympy":
            from linnet_exact.algebra.fields.sympy_bridge import expression_from_sympy

            return self._evaluate(expression_from_sympy(value))
        if is_complex(value):
            return self._from_complex(value)
        number = to_fraction(value)
        return self.element([number.numerator], number.denominator)

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

    def element(self, coordinates: Sequence[int], denominator: int) -> FieldElement:
        """Return (c_0 + c_1 a + ...) / denominator; coordinates left out are 0.

        Examples
        --------
        >>> NumberField("sqrt(2)").element([3, 2], 6)
        FieldElement('1/2 + 1/3*a')
        """
        return FieldElement(self, fmpq_poly(list(coordinates), denominator))

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

    def real_root(self, bits: int) -> arb:
        """Return a ball around the image of the generator under the real embedding.

        Raises
        ------
        InputError
            If the field has no real embedding.

        Examples
        --------
        >>> NumberField("sqrt(2)").real_root(64).str(10)
        '[1.414213562 +/- 3.74e-10]'
        """
        if self.root is None:
            raise InputError(
                f"{self!r} has no real embedding; choose a real root of its polynomial with near="
            )
        return self.root.enclosure(bits).real

    def to_jsonable(self) -> dict[str, Any]:
        """Return the ``"field"`` value of a weights file; read back by `field_from_jsonable`.

        Examples
        --------
        >>> NumberField("sqrt(2)").to_jsonable()
        {'generator': 'a', 'minimal_polynomial': ['-2', '0', '1'], 'near': '1.4142'}
        """
        return describe_field(self)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, NumberField)
            and self._hash == other._hash
            and self.generator == other.generator
            and self.integer_polynomial == other.integer_polynomial
            and self._root_index() == other._root_index()
        )

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        name = "" if self.generator == "a" else f", generator={self.generator!r}"
        if self._text is not None:
            return f"NumberField({self._text!r}{name})"
        near = "" if self.root is None else f", near={decimal_near(self)!r}"
        text = format_polynomial(self.modulus, "x", descending=True)
        return f"NumberField({text!r}{name}{near})"

    def _repr_latex_(self) -> str:
        polynomial = latex_polynomial(self.modulus, self.generator, descending=True)
        return rf"$\mathbb{{Q}}({self.generator}),\ {polynomial} = 0$"

    def __reduce__(self) -> tuple[Any, ...]:
        coefficients = tuple(map(int, self.integer_polynomial.coeffs()))
        return _restore, (coefficients, self._root_index(), self._text, self.generator)

    def _from_complex(self, value: Any) -> FieldElement:
        real, imaginary = to_fraction(value.real), to_fraction(value.imag)
        if imaginary and not self.is_gaussian:
            raise InputError(
                f"{value} is not in the field {self!r}; complex numbers are in "
                "NumberField('x^2 + 1', generator='i')"
            )
        return self.element([1], 1) * real + (self.gen * imaginary if imaginary else 0)

    @property
    def is_gaussian(self) -> bool:
        """Whether the field is Q(i), given by x^2 + 1: its generator is the imaginary unit i.

        Examples
        --------
        >>> NumberField("x^2 + 1", generator="i")(1 + 0.5j)
        FieldElement('1 + 1/2*i')
        """
        return bool(self.integer_polynomial == fmpz_poly([1, 0, 1]))

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

    def _evaluate(self, expression: Expression) -> FieldElement:
        return evaluate_in_field(expression, self)

    def _import(self, value: FieldElement) -> FieldElement:
        element = find_in_field(value.algebraic_number(), self)
        if element is None:
            raise InputError(f"{value} of {value.field!r} is not in the field {self!r}")
        return element

    def _root_index(self) -> int | None:
        return None if self.root is None else self.root.root_index()


def _restore(
    coefficients: tuple[int, ...], root_index: int | None, text: str | None, generator: str
) -> NumberField:
    """Rebuild a field from what was pickled, without proving again that it is one."""
    polynomial = fmpz_poly(list(coefficients))
    root = None if root_index is None else AlgebraicNumber.real_root(polynomial, root_index)
    return NumberField.from_definition(Definition(polynomial, root, text), generator)

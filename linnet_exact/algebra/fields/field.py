"""Fields of exact numbers: the interface, and the rationals.

A field here is Q(a) for one algebraic number a of degree e; Q itself is the case e = 1. An element
is held as its e rational coordinates in the basis 1, a, ..., a^(e-1). Matrices, subspaces and
networks are written once for every e.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from linnet_exact.algebra.numbers.rational import format_rational, to_fraction
from linnet_exact.arguments import as_instance
from linnet_exact.errors import InputError
from linnet_exact.frozen import Frozen

if TYPE_CHECKING:
    import sympy

    from linnet_exact.algebra.fields.number_field import FieldElement

__all__ = ["QQ", "Field", "RationalField", "Scalar", "cannot_mix", "common_field", "require_field"]

Scalar: TypeAlias = "Fraction | FieldElement"
"""What users see as an entry: a `Fraction` over Q, a `FieldElement` over a number field."""


class Field(Frozen, ABC):
    """A field Q(a) of degree `degree` over Q, with the monic minimal polynomial of a.

    Attributes
    ----------
    degree : int
        The dimension e of the field over Q.
    minimal_polynomial : tuple of Fraction
        Coefficients of the monic minimal polynomial of a, constant term first, length e + 1.
    """

    __slots__ = ()

    degree: int
    minimal_polynomial: tuple[Fraction, ...]

    @abstractmethod
    def __call__(self, value: object) -> Scalar:
        """Convert a value to an element, exactly; `InputError` if it is not in the field."""

    @abstractmethod
    def coordinates(self, value: object) -> tuple[Sequence[int], int]:
        """Return integers (c_0, ..., c_{e-1}) and d > 0 with value = (c_0 + c_1 a + ...) / d."""

    @abstractmethod
    def element(self, coordinates: Sequence[int], denominator: int) -> Scalar:
        """Return the element (c_0 + c_1 a + ...) / denominator."""

    @abstractmethod
    def format(self, value: Scalar) -> str:
        """Write an element as text that `__call__` reads back."""

    @abstractmethod
    def latex(self, value: Scalar) -> str:
        """Write an element as LaTeX."""

    @abstractmethod
    def to_sympy(self, value: Scalar) -> "sympy.Expr":
        """Convert an element to an exact SymPy expression."""

    def holds(self, other: "Field") -> bool:
        """Return whether all elements of another field, as the real numbers they are, are here.

        Examples
        --------
        >>> QQ.holds(QQ)
        True
        """
        require_field(other)
        return other in (self, QQ)

    @abstractmethod
    def to_jsonable(self) -> object:
        """Return the ``"field"`` value of a weights file: ``"QQ"`` or a description of Q(a)."""


class RationalField(Field):
    """The field Q of rational numbers; its one instance is `QQ`.

    Examples
    --------
    >>> QQ("3/4") + 1
    Fraction(7, 4)
    """

    __slots__ = ()

    degree = 1
    minimal_polynomial = (Fraction(0), Fraction(1))

    def __call__(self, value: object) -> Fraction:
        """Convert a number to a `Fraction`, exactly.

        Raises
        ------
        InputError
            If the value is not a rational number.

        Examples
        --------
        >>> QQ("-1.25e-3")
        Fraction(-1, 800)
        """
        rational = getattr(value, "to_rational", None)  # a rational inside a number field
        return rational() if rational is not None else to_fraction(value)

    def coordinates(self, value: object) -> tuple[Sequence[int], int]:
        """Return ((numerator,), denominator).

        Examples
        --------
        >>> QQ.coordinates("3/4")
        ((3,), 4)
        """
        number = self(value)
        return (number.numerator,), number.denominator

    def element(self, coordinates: Sequence[int], denominator: int) -> Fraction:
        """Return coordinates[0] / denominator.

        Examples
        --------
        >>> QQ.element((6,), 4)
        Fraction(3, 2)
        """
        return Fraction(int(coordinates[0]), int(denominator))

    def format(self, value: Scalar) -> str:
        """Write a rational as ``p/q``.

        Examples
        --------
        >>> QQ.format(Fraction(3, 2))
        '3/2'
        """
        return format_rational(self(value))

    def latex(self, value: Scalar) -> str:
        r"""Write a rational as LaTeX.

        Examples
        --------
        >>> QQ.latex(Fraction(-3, 2))
        '-\\frac{3}{2}'
        """
        number = self(value)
        if number.denominator == 1:
            return format_rational(number)
        sign = "-" if number < 0 else ""
        size = format_rational(abs(number)).replace("/", "}{")
        return rf"{sign}\frac{{{size}}}"

    def to_sympy(self, value: Scalar) -> "sympy.Expr":
        """Convert a rational to a SymPy `Rational`.

        Examples
        --------
        >>> QQ.to_sympy(Fraction(3, 2))
        3/2
        """
        import sympy

        number = self(value)
        return sympy.Rational(number.numerator, number.denominator)

    def to_jsonable(self) -> str:
        """Return ``"QQ"``.

        Examples
        --------
        >>> QQ.to_jsonable()
        'QQ'
        """
        return "QQ"

    def __repr__(self) -> str:
        return "QQ"

    def __reduce__(self) -> str:
        return "QQ"


QQ = RationalField()


def require_field(field: object) -> None:
    """Raise a `WrongTypeError` unless the argument `field` is a field.

    Examples
    --------
    >>> require_field(QQ)
    """
    as_instance(field, Field, "field", "QQ or a NumberField")  # type: ignore[type-abstract]


def common_field(fields: Sequence[Field]) -> Field:
    """Return the one of the given fields that holds all the others: Q lies in every field.

    Raises
    ------
    InputError
        If none of them holds all the others.

    Examples
    --------
    >>> common_field([QQ, QQ])
    QQ
    """
    larger = list(dict.fromkeys(field for field in fields if field.degree > 1 or field != QQ))
    if len(larger) < 2:
        return larger[0] if larger else QQ
    for field in larger:
        if all(field.holds(other) for other in larger):
            return field
    raise cannot_mix(*sorted(larger, key=repr)[:2])


def cannot_mix(first: Field, second: Field) -> InputError:
    """Return the error that says which call makes a field that holds both of two.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> print(cannot_mix(NumberField("sqrt(2)"), NumberField("sqrt(3)")))  # doctest: +ELLIPSIS
    cannot mix ... E, f, g = NumberField('sqrt(2)').compositum(NumberField('sqrt(3)'))
    """
    return InputError(
        f"cannot mix the fields {first!r} and {second!r}; a field that holds both, and the maps "
        f"into it, are E, f, g = {first!r}.compositum({second!r})"
    )

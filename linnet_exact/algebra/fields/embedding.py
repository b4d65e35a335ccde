"""Maps of one number field into another, and the smallest field that holds two.

A map of K = Q(a) into L = Q(b) sends a to a root of its minimal polynomial f in L. The roots are
found by the norm method of `membership`: for an s that makes all sums of a conjugate of a and s
times one of b differ, the factors of degree [L : Q] of the polynomial of these sums belong to the
linear factors of f over L (Trager, SYMSAC 1976).
"""

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from flint import fmpq_mat, fmpq_poly, fmpz_poly

from linnet_exact.algebra.fields.definition import (
    Definition,
    defined_by_polynomial,
    primitive_element,
)
from linnet_exact.algebra.fields.element import FieldElement
from linnet_exact.algebra.fields.membership import common_root, find_in_field
from linnet_exact.algebra.numbers.multiplication_matrices import (
    kronecker_sum,
    monic,
    multiplication_matrix,
)
from linnet_exact.algebra.numbers.root_selection import limit_degree
from linnet_exact.errors import InputError
from linnet_exact.frozen import Frozen

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.number_field import NumberField

__all__ = ["Embedding", "compositum_definition", "embeddings", "real_embedding"]


class Embedding(Frozen):
    """A homomorphism of a number field K into a number field L: where the generator goes.

    Call it with an element of K; `Matrix.embed` maps a whole matrix.

    Attributes
    ----------
    source, target : NumberField
        K and L.
    image : FieldElement
        The element of L that the generator of K is sent to.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> K, L = NumberField("sqrt(2)"), NumberField("sqrt(2) + sqrt(3)")
    >>> f = K.embed(L)
    >>> f(K.gen) ** 2, f.image
    (FieldElement('2'), FieldElement('-9/2*a + 1/2*a^3'))
    """

    __slots__ = ("image", "source", "target")

    source: "NumberField"
    target: "NumberField"
    image: FieldElement

    def __init__(self, source: "NumberField", image: FieldElement) -> None:
        if sum(c * image**k for k, c in enumerate(source.minimal_polynomial)) != 0:
            raise InputError(f"{image} is no root of the minimal polynomial of {source!r}")
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "target", image.field)
        object.__setattr__(self, "image", image)

    def __call__(self, value: object) -> FieldElement:
        """Return the image of an element of the source, or of what the source reads as one.

        Raises
        ------
        InputError
            If the value is not in the source.

        Examples
        --------
        >>> from linnet_exact.algebra.fields.number_field import NumberField
        >>> K = NumberField("x^2 + 1")
        >>> [str(f("1 + a")) for f in K.embeddings(K)]
        ['1 + a', '1 - a']
        """
        total = self.target.element([0], 1)
        for c in reversed(self.source(value).coordinates):
            total = total * self.image + c
        return total

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Embedding):
            return NotImplemented
        return (self.source, self.target, self.image) == (other.source, other.target, other.image)

    def __hash__(self) -> int:
        return hash((Embedding, self.source, self.target, self.image))

    def __reduce__(self) -> tuple[type["Embedding"], tuple[object, ...]]:
        return Embedding, (self.source, self.image)

    def __repr__(self) -> str:
        arrow = f"{self.source.generator} -> {self.image}"
        return f"Embedding({self.source!r} -> {self.target!r}, {arrow})"


@lru_cache(maxsize=64)
def embeddings(source: "NumberField", target: "NumberField") -> tuple[Embedding, ...]:
    """Return all embeddings of one field into another; see `NumberField.embeddings`.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> len(embeddings(NumberField("x^2 + 1"), NumberField("x^4 + 1")))
    2
    """
    if target.degree % source.degree:
        return ()
    factors, s = _factors_of_sums(source, target)
    if source.degree == 1:
        numerator, denominator = -source.integer_polynomial[0], source.integer_polynomial[1]
        images = [target.element([int(numerator)], int(denominator))]
    else:
        images = [
            common_root(source.integer_polynomial, factor, s * target.gen)
            for factor in factors
            if factor.degree() == target.degree
        ]
    images.sort(key=lambda image: image.coordinates, reverse=True)
    return tuple(Embedding(source, image) for image in images)


def real_embedding(source: "NumberField", target: "NumberField") -> Embedding:
    """Return the embedding that respects the real roots chosen; see `NumberField.embed`.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> real_embedding(NumberField("sqrt(2)"), NumberField("-sqrt(2)")).image
    FieldElement('-a')
    """
    if source.root is not None and target.root is not None:
        image = find_in_field(source.root, target)
        if image is not None:
            return Embedding(source, image)
        raise InputError(
            f"{target!r} does not hold the real number that generates {source!r}; the smallest "
            f"field that holds both is the first part of {source!r}.compositum({target!r})"
        )
    found = embeddings(source, target)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"there are {len(found)} embeddings and no real roots to choose by; take one of "
            f"{source!r}.embeddings({target!r})"
        )
    raise InputError(
        f"there is no embedding of {source!r} into {target!r}; the smallest field that holds both "
        f"is the first part of {source!r}.compositum({target!r})"
    )


def compositum_definition(
    first: "NumberField", second: "NumberField", texts: tuple[str | None, str | None]
) -> Definition:
    """Return the definition of the smallest field that holds two; see `NumberField.compositum`.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> K, L = NumberField("sqrt(2)"), NumberField("x^2 + 1")
    >>> compositum_definition(K, L, (None, None)).polynomial
    x^4 + (-2)*x^2 + 9
    """
    if first.root is not None and second.root is not None:
        return primitive_element([first.root, second.root], texts)
    if first.degree == 1 or second.degree == 1:
        larger = first if second.degree == 1 else second
        return Definition(larger.integer_polynomial, larger.root, texts[larger is second])
    factors, _ = _factors_of_sums(first, second)
    least = min(factors, key=lambda factor: (int(factor.degree()), list(map(int, factor.coeffs()))))
    if first.root is None and second.root is None:
        return defined_by_polynomial(fmpq_poly(least))
    return Definition(least, None, None)


def _factors_of_sums(first: "NumberField", second: "NumberField") -> tuple[list[fmpz_poly], int]:
    """Return the factors of the polynomial with the roots a' + s b', all different, and s > 0.

    a' and b' run over the conjugates of the generators.
    """
    limit_degree(first.degree * second.degree)
    left, right = (_companion(field.integer_polynomial) for field in (first, second))
    for s in count(1):
        sums = kronecker_sum(left, s * right).charpoly().numer()
        if sums.gcd(sums.derivative()).degree() == 0:
            return [factor for factor, _ in sums.factor()[1]], s
    raise AssertionError("all but finitely many s will do")


def _companion(polynomial: fmpz_poly) -> fmpq_mat:
    return multiplication_matrix(fmpq_poly([0, 1]), monic(fmpq_poly(polynomial)))

"""Texts: numbers, fields, notations, layers, chains and statements."""

import contextlib
from collections.abc import Callable

from fuzzing.harness import of_texts


def numbers() -> Callable[[str], object]:
    from linnet_exact import Matrix, NumberField

    field = NumberField("sqrt(2)")

    def read(text: str) -> None:
        first, _, second = text.partition("\n")
        Matrix([[first, 1]], field=field)
        if second:
            Matrix([[second]])

    return read


def fields() -> Callable[[str], object]:
    from linnet_exact import NumberField

    return NumberField


def notation() -> Callable[[str], object]:
    """Widths, barcodes, bars, labels of strata: short notations, one after the other."""
    from linnet_exact import Barcode, Network
    from linnet_exact.errors import LinnetError
    from linnet_exact.strata import Interval
    from linnet_exact.strata.values.label import Label

    def read(text: str) -> None:
        for parse in (Network.parse, Barcode.parse, Interval.parse):
            with contextlib.suppress(LinnetError):
                parse(text)
        Label.parse(text)

    return read


def layers() -> Callable[[str], object]:
    from linnet_exact.files.tensors.layer_spec import parse_layer

    return parse_layer


def chains() -> Callable[[str], object]:
    from linnet_exact.files.chains.expansion import Chain

    return lambda text: Chain.parse(Chain.parse(text).layers()[0])


def statements() -> Callable[[str], object]:
    """Statements over everything, each looked at in a few cases, too."""
    from linnet_exact.claims.language.expression import Expression
    from linnet_exact.claims.refutation import refute
    from linnet_exact.claims.refutation.quantities import kinds_over
    from linnet_exact.errors import LinnetError

    def read(text: str) -> None:
        for over in ("covers", "weights"):
            with contextlib.suppress(LinnetError):
                Expression(text, kinds_over(over))
        for over in ("fibers", "strata"):
            with contextlib.suppress(LinnetError):
                refute(text, over, 2, 2)

    return read


HARNESSES = {
    "numbers": of_texts(numbers, "1/2 + 3*a", "sqrt(8)\n-0.25e3", "a**2/(1 - a)\n7/3"),
    "fields": of_texts(fields, "sqrt(2) + 2**(1/3)", "root(x^3 - x - 1, 1.3)", "cbrt(5)/2"),
    "notation": of_texts(notation, "0-0,0-2,1-1:2,2-2", "3^5", "2.3.2-1-0_0.0_2.1_1x2.2_2"),
    "layers": of_texts(layers, "w2[:, 0:32].T", "encoder.v.weight[0:32,:]", "layers.*.weight"),
    "chains": of_texts(chains, "h = 0; W[h, :, :]", "for l in 0..3: w{l}.T; v[2*l:2*l + 2]"),
    "statements": of_texts(
        statements,
        "implies(not maximal, singular)",
        "sum(r(k, 0) for k in layers) <= dim",
        "all(a <= b for a, b in zip(widths, widths[1:]))",
        "max(dim // 2, binomial(rank, 2)) >= 0",
    ),
}

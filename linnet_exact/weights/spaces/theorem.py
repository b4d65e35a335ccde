"""The Fundamental Theorem of Linear Neural Networks in words, for given weights.

For each layer: the prebasis subspaces that it is the direct sum of, where the information in each
was born and where it is annihilated, and which subspaces carry none but could (Bhattacharya and
Shewchuk, UCB/EECS-2022-92).
"""

from dataclasses import dataclass

from linnet_exact.algebra import Subspace
from linnet_exact.strata import Barcode, Interval
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.spaces.subspaces import prebasis_name

__all__ = ["Part", "fate", "in_words", "parts"]


@dataclass(frozen=True)
class Part:
    """One summand of R^{d_j}: the prebasis subspaces of a bar at a layer.

    Attributes
    ----------
    layer : int
    bar : Interval
    a, b : Subspace
        a_{kji} and b_{kji} with [i, k] the bar; both have its multiplicity as their dimension.
    carries : bool
        Whether information from the input arrives here: the bar starts at layer 0.
    """

    layer: int
    bar: Interval
    a: Subspace
    b: Subspace
    carries: bool

    @property
    def name(self) -> str:
        """``a_kji``, as in the papers.

        Examples
        --------
        >>> from linnet_exact.weights import Weights
        >>> [part.name for part in parts(Weights([[[1, 2]]]).flow())]
        ['a_000', 'a_100', 'a_110']
        """
        return prebasis_name("a", self.bar.end, self.layer, self.bar.start)

    @property
    def dual_name(self) -> str:
        """``b_kji``, the name of the same summand for the transposed network."""
        return prebasis_name("b", self.bar.end, self.layer, self.bar.start)


def parts(flow: Flow) -> list[Part]:
    """Return the summands of all layers, by layer and then by bar.

    Examples
    --------
    >>> from linnet_exact.weights import Weights
    >>> [(p.layer, str(p.bar), p.a.dimension) for p in parts(Weights([[[1, 2]]]).flow())]
    [(0, '0-0', 1), (0, '0-1', 1), (1, '0-1', 1)]
    """
    return [
        Part(
            j,
            bar,
            flow.prebasis(bar.end, j, bar.start),
            flow.dual_prebasis(bar.end, j, bar.start),
            bar.start == 0,
        )
        for j in range(flow.barcode.depth + 1)
        for bar in flow.barcode
        if j in bar
    ]


def fate(bar: Interval, depth: int) -> str:
    """Say of a bar what comes into it and what becomes of that.

    Examples
    --------
    >>> fate(Interval(0, 2), 2)
    'information from the input that reaches the output'
    >>> fate(Interval(0, 0), 2)
    'information from the input that W1 annihilates'
    >>> fate(Interval(1, 2), 2)
    'carries none, as W1 does not reach it; what came in would reach the output'
    >>> fate(Interval(1, 1), 2)
    'carries none, as W1 does not reach it; what came in would be annihilated by W2'
    """
    i, k = bar
    if i == 0:
        end = "reaches the output" if k == depth else f"W{k + 1} annihilates"
        return f"information from the input that {end}"
    end = "reach the output" if k == depth else f"be annihilated by W{k + 1}"
    return f"carries none, as W{i} does not reach it; what came in would {end}"


def in_words(barcode: Barcode) -> str:
    """Return the theorem for one barcode as sentences, a layer and then a matrix at a time.

    Examples
    --------
    >>> print(in_words(Barcode.parse("0-0,0-1")))
    Layer 0, the input: R^2 = a_000 (1) + a_100 (1), a direct sum.
      a_000: information from the input that W1 annihilates
      a_100: information from the input that reaches the output
    W1 takes a_100 onto a_110; it annihilates a_000.
    Layer 1, the output: R^1 = a_110 (1), a direct sum.
      a_110: information from the input that reaches the output
    The transposed network splits each layer into b_kji of the same dimensions,
    dual to them: a form in b_kji vanishes on every summand of layer j but a_kji.
    """
    depth = barcode.depth
    lines = []
    for j, width in enumerate(barcode.widths):
        if j > 0:
            lines.append(_matrix_in_words(barcode, j))
        here = [(bar, prebasis_name("a", bar.end, j, bar.start)) for bar in barcode if j in bar]
        summands = " + ".join(f"{name} ({barcode[bar]})" for bar, name in here)
        place = {0: ", the input", depth: ", the output"}.get(j, "")
        lines.append(f"Layer {j}{place}: R^{width} = {summands}, a direct sum.")
        lines += [f"  {name}: {fate(bar, depth)}" for bar, name in here]
    lines += [
        "The transposed network splits each layer into b_kji of the same dimensions,",
        "dual to them: a form in b_kji vanishes on every summand of layer j but a_kji.",
    ]
    return "\n".join(lines)


def _matrix_in_words(barcode: Barcode, j: int) -> str:
    """Say what W_j passes on, annihilates, and does not reach."""
    onto = [
        f"{prebasis_name('a', bar.end, j - 1, bar.start)} onto "
        f"{prebasis_name('a', bar.end, j, bar.start)}"
        for bar in barcode
        if j - 1 in bar and j in bar
    ]
    ended = [prebasis_name("a", bar.end, j - 1, bar.start) for bar in barcode if bar.end == j - 1]
    born = [prebasis_name("a", bar.end, j, bar.start) for bar in barcode if bar.start == j]
    said = [
        f"takes {', '.join(onto)}" if onto else "takes nothing on",
        *([f"it annihilates {', '.join(ended)}"] if ended else []),
        *([f"it does not reach {', '.join(born)}"] if born else []),
    ]
    return f"W{j} {'; '.join(said)}."

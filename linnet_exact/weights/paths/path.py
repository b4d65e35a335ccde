"""Exact paths between any two points of one fiber, over the strata in between.

On one stratum and real component a path is a product of families in G_W. Otherwise it climbs and
descends the stratum DAG by connecting and swapping moves and their reverses; strands are reversed
beforehand, which moves no point, so that it arrives on the right real component (Shewchuk and
Bhattacharya, arXiv 2404.14855, for the moves and the group).
"""

from dataclasses import dataclass, field

from linnet_exact.algebra.fields.ways_past_zero import has_signs
from linnet_exact.algebra.matrices.norms import entry_bits
from linnet_exact.errors import CertificateError, NoPathError
from linnet_exact.strata import Barcode, Interval
from linnet_exact.strata.order.route import Leg, Route, fiber_invariants, find_route, separates
from linnet_exact.strata.order.signs import SignSpan, sign_names, signs_of_bar
from linnet_exact.weights.flow import Flow
from linnet_exact.weights.moves.basis_change import after_move, reverse_strands
from linnet_exact.weights.moves.one_matrix import OneMatrixMove, rising_move
from linnet_exact.weights.paths.hidden_change import hidden_change
from linnet_exact.weights.paths.real_components import (
    points_of_one_fiber,
    separating_signs,
    signs_between,
)
from linnet_exact.weights.paths.short_flow import has_long_numbers, normal_flow, short_flow
from linnet_exact.weights.paths.steps import MoveStep, Step
from linnet_exact.weights.paths.transport import group_steps, hidden_steps
from linnet_exact.weights.strands import canonical_matrices
from linnet_exact.weights.weights import Weights

__all__ = ["Path", "path"]

LONG_BASES = 64
"""Bits of flow bases from which on moves start from a point with unit bases at hidden layers."""


@dataclass(frozen=True)
class Path:
    """A path in a fiber, from `start` to `end`; each step begins where the one before has ended.

    Attributes
    ----------
    start, end : Weights
    steps : tuple of GroupStep and MoveStep
        Empty if the ends are the same.
    shortest : bool
        Whether a search has shown that no path passes fewer edges of the stratum DAG.

    Examples
    --------
    >>> route = path(Weights([[[1]], [[0]]]), Weights([[[-1]], [[0]]]))
    >>> [str(barcode) for barcode in route.barcodes]
    ['0-1,2-2', '0-0,1-1,2-2', '0-1,2-2']
    >>> [move.kind for move in route.moves]
    ['connect', 'connect']
    >>> [point.matrices[0] for point in route.points], route.separated_by
    ([Matrix([[1]]), Matrix([[0]]), Matrix([[-1]])], ['layer 1 * null W'])
    """

    start: Weights
    end: Weights
    steps: tuple[Step, ...]
    shortest: bool = field(default=False, compare=False)

    @property
    def points(self) -> list[Weights]:
        """The points between steps, ends included."""
        return [self.start, *(step.end for step in self.steps)]

    @property
    def moves(self) -> list[OneMatrixMove]:
        """The connecting and swapping moves, and reverses of them, that change the stratum."""
        return [step.move for step in self.steps if isinstance(step, MoveStep)]

    @property
    def barcodes(self) -> list[Barcode]:
        """Every stratum that is passed, in order, the ends included."""
        return [self.start.barcode, *(move.after for move in self.moves)]

    @property
    def bits(self) -> list[int]:
        """For each of `points`, the bits of the longest numerator or denominator of its entries.

        Examples
        --------
        >>> path(Weights([[[1]], [[0]]]), Weights([[[0]], [[5]]])).bits
        [1, 1, 1, 3]
        """
        return [max(map(entry_bits, point.matrices)) for point in self.points]

    @property
    def separated_by(self) -> list[str]:
        """The signs that put ends on one stratum on different real components; see
        `separating_signs`. Empty if the ends are on different strata.
        """
        if self.start.barcode != self.end.barcode:
            return []
        return separating_signs(self.start, self.end)

    def check(self) -> None:
        """Replay the path: multiply everything out, and prove every step for all its parameters.

        Raises
        ------
        CertificateError
            It names the step that fails, counted from 1.

        Examples
        --------
        >>> start, end = Weights([[[1]], [[0]]]), Weights([[[2]], [[0]]])
        >>> path(start, end).check()
        >>> Path(start, end, ()).check()
        Traceback (most recent call last):
        ...
        linnet_exact.errors.CertificateError: the path does not arrive at its end
        """
        here = self.start
        for number, step in enumerate(self.steps, start=1):
            if step.start != here:
                raise CertificateError(f"step {number} does not start where the path has come to")
            try:
                step.check()
            except CertificateError as error:
                raise CertificateError(f"step {number}: {error}") from None
            here = step.end
        if here != self.end:
            raise CertificateError("the path does not arrive at its end")
        if self.shortest and self.moves:
            route = _route(self.start, self.end)
            if route is None or not route.shortest or len(route.legs) != len(self.moves):
                raise CertificateError("a search does not show that no path passes fewer edges")


def path(start: Weights, end: Weights) -> Path:
    """Return an exact path from one point of a fiber to another.

    It passes as few strata as a walk along edges of the stratum DAG can, if `Path.shortest` says
    so; between strata that are far apart, it may pass more. In a field without real
    embedding strata are connected, as over C, and signs play no part.

    Raises
    ------
    InputError
        If the points are in different fibers (it names the first entry at which the products
        differ), or in a field with real embeddings of which none was chosen.
    NoPathError
        If the points lie on different parts of the real fiber; it names the signs that differ.

    Examples
    --------
    >>> route = path(Weights([[[1]], [[0]]]), Weights([[[0]], [[5]]]))
    >>> [step.kind for step in route.steps], [str(barcode) for barcode in route.barcodes]
    (['connect', 'connect', 'scale'], ['0-1,2-2', '0-0,1-1,2-2', '0-0,1-2'])
    >>> path(Weights([[[1]], [[2]]]), Weights([[[-1]], [[-2]]]))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.NoPathError: no path: the real fiber is not connected; the ends differ in \
the sign of layer 1 * row W, which no path can change
    """
    start, end = points_of_one_fiber(Weights.of(start, "start"), Weights.of(end, "end"))
    if start == end:
        return Path(start, end, (), shortest=True)
    if found := _within_the_layers(start, end):
        return found
    flow, goal = short_flow(start), short_flow(end)
    real = has_signs(start.field)
    signs = signs_between(flow, goal) if real else 0
    route = find_route(flow.barcode, goal.barcode, signs, real)
    if route is None:
        raise NoPathError(_why_no_path(flow.barcode, signs))
    legs = route.legs
    steps: list[Step] = []
    if legs and flow.height_bits() > LONG_BASES:
        normal = normal_flow(flow)
        steps.extend(group_steps(flow, normal))
        flow = normal
    reversals = (
        _reversals(flow.barcode, legs, signs) if real else [[] for _ in range(len(legs) + 1)]
    )
    for leg, bars in zip(legs, reversals, strict=False):
        step, flow = _move_step(reverse_strands(flow, bars), leg)
        steps.append(step)
    steps.extend(group_steps(reverse_strands(flow, reversals[-1]), goal))
    return Path(start, end, tuple(steps), route.shortest)


def _within_the_layers(start: Weights, end: Weights) -> Path | None:
    """Return a path along which only bases of hidden layers change, if numbers are long."""
    if not has_long_numbers(start) or (group := hidden_change(start, end)) is None:
        return None
    if has_signs(start.field) and any(matrix.det() < 0 for matrix in group):
        return None
    return Path(start, end, tuple(hidden_steps(start, group)), shortest=True)


def _route(start: Weights, end: Weights) -> Route | None:
    flow, goal = short_flow(start), short_flow(end)
    real = has_signs(start.field)
    return find_route(flow.barcode, goal.barcode, signs_between(flow, goal) if real else 0, real)


def _move_step(flow: Flow, leg: Leg) -> tuple[MoveStep, Flow]:
    """Return the step along an edge of the DAG, and a flow basis of the weights at its end."""
    field = flow.weights.field
    changes = after_move(leg.lower, leg.move, field)
    if leg.up:
        step = MoveStep(flow.weights, rising_move(flow, leg.move))
        return step, flow.changed(step.end, leg.upper, changes)
    # The flow basis is one that the rising move could have led to: take it back to what was there.
    back = [g.inverse() for g in changes]
    canonical = canonical_matrices(leg.lower, field)
    slots = [back[j] @ one @ changes[j - 1] for j, one in enumerate(canonical, start=1)]
    triples = zip(flow.bases[1:], slots, flow.inverses, strict=False)
    lower = Weights([basis @ slot @ inverse for basis, slot, inverse in triples])
    below = flow.changed(lower, leg.lower, back)
    return MoveStep(flow.weights, rising_move(below, leg.move).reverse()), below


def _reversals(start: Barcode, legs: list[Leg], signs: int) -> list[list[Interval]]:
    """Return the bars of which a strand is reversed before each leg and after the last one.

    After them, the signs of the flow basis that the legs lead to are those of the basis at the end.
    """
    for leg in legs:
        signs ^= leg.signs
    strata = [start, *(leg.goal for leg in legs)]
    choices = [(at, bar) for at, barcode in enumerate(strata) for bar in barcode]
    span = SignSpan(signs_of_bar(bar, start.depth) for _, bar in choices)
    chosen = span.combination(signs)
    assert chosen is not None, "the route was found by the same signs"
    found: list[list[Interval]] = [[] for _ in strata]
    for index in chosen:
        at, bar = choices[index]
        found[at].append(bar)
    return found


def _why_no_path(barcode: Barcode, signs: int) -> str:
    names = sign_names(barcode)
    bits = next(bits for bits in fiber_invariants(barcode).values() if separates(signs, bits))
    text = " * ".join(name for bit, name in names.items() if bits >> bit & 1)
    return (
        f"no path: the real fiber is not connected; the ends differ in the sign of {text}, which "
        f"no path can change"
    )

"""A proof as text for people, and as LaTeX."""

from collections import Counter

from linnet_exact.claims.proof.blocks import Block, BlockRanks, bar_types, block
from linnet_exact.claims.proof.ring import Form, Identity
from linnet_exact.claims.proof.theorem import Proof
from linnet_exact.strata import Interval

__all__ = ["explain", "explain_in_latex"]

_MOST_TERMS = 24

_STEPS = """\
Theorem. Let W_L ⋯ W_1 have depth L = {depth} and any widths, and let S be the stratum
of its fiber with bars [i, k] of multiplicity ω_ki. Then
{statements}

1. One point is enough. S is one orbit of G_W = {{g : g_L W = W g_0}}, and G_W
   acts by linear maps that keep the fiber, so all ranks are those at the
   canonical point of S, where every matrix takes each strand to itself or to 0.

2. Blocks. The tangent space of S consists of X_j = H_j W_j − W_j H_j−1 for the
   H with H_L W = W H_0. The entries of X from a strand of bar P to a strand of
   bar Q depend only on those of H from the one to the other:
   X_j = [j ∈ P] H_j − [j−1 ∈ Q] H_j−1 for the slots j with j−1 ∈ P and j ∈ Q.
   The entries of dμ(X) are sums of such X_j. There are {types} types of bars,
   {pairs} ordered pairs of types, and {shapes} different blocks:

{table}

   A pair P = [h, k], Q = [i, l] is through if h = 0 and l = L, else rising if
   h < i and k < l.

3. Moves. In every block, the unit vectors of the slots (one-matrix moves) or,
   if the pair is rising or through, the differences of consecutive slots
   (two-matrix moves) are a basis of the tangent part, and the sum of the slots
   in the latter case spans the normal part. This {moves}.

4. Sums. There are ω_P ω_Q pairs of strands of types P, Q, so each dimension is
   the sum of the ranks (P, Q) times ω_P ω_Q.
{forms}

5. Comparison. These forms and the formulas, expanded by d_j = Σ ω_P over P
   containing j and r = ω_L0, are polynomials in the ω. Coefficient by
   coefficient:

{identities}

{end}"""


def explain(proof: Proof) -> str:
    """Return the proof step by step, as text.

    Examples
    --------
    >>> from linnet_exact.claims.proof.theorem import prove
    >>> print(explain(prove(1)).splitlines()[0])
    Theorem. Let W_L ⋯ W_1 have depth L = 1 and any widths, and let S be the stratum
    """
    shapes = _shapes(proof)
    return _STEPS.format(
        depth=proof.depth,
        statements="\n".join(f"  {identity.formula}" for identity in _all(proof)),
        types=len(bar_types(proof.depth)),
        pairs=len(proof.blocks),
        shapes=len(shapes),
        table="\n".join(_table(shapes)),
        moves="holds in all blocks" if proof.moves_are_bases else "FAILS",
        forms="\n".join(_form_lines(proof)),
        identities="\n".join(
            f"     {identity.name:<22} {identity.coefficients} coefficients, "
            + ("all equal" if identity.holds else f"DIFFERENCE {identity.difference}")
            for identity in _all(proof)
        ),
        end="The polynomials agree, so the formulas hold for every barcode of this depth. ∎"
        if proof.holds
        else "The proof fails.",
    )


def explain_in_latex(proof: Proof) -> str:
    r"""Return the proof as LaTeX: the theorem, the table of blocks and the identities.

    Examples
    --------
    >>> from linnet_exact.claims.proof.theorem import prove
    >>> print(explain_in_latex(prove(1)).splitlines()[0])
    \begin{theorem}
    """
    statements = r" \\" + "\n"
    rows = "\n".join(
        rf"{kind} & {n} & {unknowns} & {condition} & {ranks.tangent} & {ranks.differential} "
        rf"& {count} \\"
        for (kind, n, unknowns, condition, ranks), count in _shapes(proof).items()
    )
    comparison = "\n".join(
        rf"\item $\displaystyle {identity.latex}$: {identity.coefficients} coefficients in the "
        rf"$\omega$, {'all equal' if identity.holds else 'not all equal'}."
        for identity in _all(proof)
    )
    return rf"""\begin{{theorem}}
For all widths $d_0, \dots, d_L$ of depth $L = {proof.depth}$ and every stratum $S$ with interval
multiplicities $\omega_{{ki}}$,
\begin{{gather*}}
{statements.join(identity.latex for identity in _all(proof))}
\end{{gather*}}
\end{{theorem}}
\begin{{proof}}
$S$ is one orbit of $G_W$, so all ranks may be computed at its canonical point. There the tangent
map $X_j = H_j W_j - W_j H_{{j-1}}$ with $H_L W = W H_0$ splits into one block for each ordered pair
$(p, q)$ of strands, which depends on their bars $P \ni p$, $Q \ni q$ only:
\[ X_j = [j \in P]\,H_j - [j - 1 \in Q]\,H_{{j-1}}, \qquad j - 1 \in P,\ j \in Q. \]
The exact ranks of the blocks are

\begin{{tabular}}{{lrrrrrr}}
pair & slots & unknowns & conditions & tangent & $\operatorname{{rk}} d\mu$ & pairs of types \\
\hline
{rows}
\end{{tabular}}

Weighted by $\omega_P\,\omega_Q$ they sum to quadratic forms in the $\omega$, which are compared
with the formulas:
\begin{{itemize}}
{comparison}
\end{{itemize}}
\end{{proof}}"""


_Shape = tuple[str, int, int, int, BlockRanks]


def _shapes(proof: Proof) -> Counter[_Shape]:
    """Count the ordered pairs of types by what their blocks look like."""
    found: Counter[_Shape] = Counter()
    for (source, target), ranks in proof.blocks.items():
        matrices = block(proof.depth, source, target)
        if matrices.slots:
            found[_shape(matrices, proof.depth, ranks)] += 1
    return Counter(dict(sorted(found.items(), key=lambda item: (item[0][0], *item[0][1:4]))))


def _shape(of: Block, depth: int, ranks: BlockRanks) -> _Shape:
    kind = _kind(of.source, of.target, depth)
    return kind, len(of.slots), len(of.layers), len(of.condition), ranks


def _kind(source: Interval, target: Interval, depth: int) -> str:
    if source.start == 0 and target.end == depth:
        return "through"
    rising = source.start < target.start and source.end < target.end
    return "rising" if rising else "neither"


def _table(shapes: Counter[_Shape]) -> list[str]:
    heading = ("pair", "slots", "unknowns", "conditions", "tangent", "rk dμ", "pairs of types")
    rows = [
        (kind, n, unknowns, conditions, ranks.tangent, ranks.differential, count)
        for (kind, n, unknowns, conditions, ranks), count in shapes.items()
    ]
    texts = [heading, *(tuple(map(str, row)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        "   " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
        for row in texts
    ]


def _form_lines(proof: Proof) -> list[str]:
    lines = []
    for name, symbol in (("dimension", "dim S"), ("differential by bars", "rk dμ")):
        form: Form = next(i.from_blocks for i in proof.identities if i.name == name)
        if len(form) <= _MOST_TERMS:
            lines.append(f"   {symbol} = {str(form).replace('**', '^').replace('w_', 'ω_')}")
        else:
            lines.append(f"   {symbol} is a form with {len(form)} coefficients that are not 0.")
    return lines


def _all(proof: Proof) -> tuple[Identity, ...]:
    return (*proof.identities, *proof.counts)

"""A file for Lean 4 that states and checks the rank of every product; it needs no library."""

from collections.abc import Sequence

from linnet_exact.errors import TooLargeError
from linnet_exact.files.export.rank_minors import integer_rows, integer_weights, rank_minors
from linnet_exact.strata.values.json_integers import decimal_text
from linnet_exact.weights import Weights

__all__ = ["MAX_WEIGHTS", "ranks_file"]

MAX_WEIGHTS = 1_000
"""More take the kernel too long; the same numbers as JSON (``rank-minors``) have no such limit."""

# The kernel computes: the elaborator, which plain `decide` asks first, is too deep in recursion
# after a few rows. What bounds the kernel follows the same two options.
_DEFINITIONS = """\
set_option maxRecDepth 100000
set_option maxHeartbeats 0

namespace LinnetExact

abbrev Rows := List (List Int)

def dot : List Int → List Int → Int
  | x :: u, y :: v => x * y + dot u v
  | _, _ => 0

/-- The product of A and B, where B has n columns. -/
def mul (n : Nat) (A B : Rows) : Rows :=
  A.map fun row => (List.range n).map fun c => dot row (B.map fun other => other.getD c 0)

def pick (A : Rows) (rows columns : List Nat) : Rows :=
  rows.map fun r => columns.map fun c => (A.getD r []).getD c 0

def diagonal (r : Nat) (d : Int) : Rows :=
  (List.range r).map fun i => (List.range r).map fun j => if i = j then d else 0

/-- A has m rows and n columns, and its rank is the number of rows chosen: the minor B of the rows
and columns chosen has B adj = d 1 with d not 0, and d A = C (adj P), where C are the columns and P
the rows. -/
def hasRank (m n : Nat) (A : Rows) (rows columns : List Nat) (adj : Rows) (d : Int) : Bool :=
  let r := rows.length
  A.length == m && A.all (fun row => row.length == n) && columns.length == r
    && adj.length == r && adj.all (fun row => row.length == r)
    && d != 0
    && mul r (pick A rows columns) adj == diagonal r d
    && A.map (fun row => row.map fun x => d * x)
      == mul n (pick A (List.range m) columns) (mul n adj (pick A rows (List.range n)))
"""


def ranks_file(theta: Weights) -> str:
    """Return the file: a theorem for each rank, proved by `decide +kernel` of Lean 4.15 or later.

    Raises
    ------
    InputError
        If the weights are not rational.
    TooLargeError
        If there are more than `MAX_WEIGHTS`.

    Examples
    --------
    >>> print("\\n".join(ranks_file(Weights([[["1/2", 1]]])).splitlines()[-6:]))
    <BLANKLINE>
    def W1 : Rows := [[1, 2]]
    <BLANKLINE>
    theorem rank_1_0 : hasRank 1 2 W1 [0] [0] [[1]] 1 = true := by decide +kernel
    <BLANKLINE>
    end LinnetExact
    """
    if theta.network.weight_dimension > MAX_WEIGHTS:
        raise TooLargeError(
            f"the network has {theta.network.weight_dimension} weights, more than the "
            f"{MAX_WEIGHTS} that are written for Lean; --to rank-minors has no such limit"
        )
    matrices, widths = integer_weights(theta), theta.network.widths
    lines = [
        f"/- Weights of a linear network of widths {theta.network}, each matrix in its least",
        f"integer multiple. Computed by linnet-exact: barcode {theta.barcode}. -/",
        _DEFINITIONS,
    ]
    for j, matrix in enumerate(matrices, start=1):
        lines.append(f"def W{j} : Rows := {_rows(integer_rows(matrix))}")
    lines.append("")
    for minor in rank_minors(theta):
        k, i = minor.k, minor.i
        product = f"W{i + 1}"
        for j in range(i + 2, k + 1):
            product = f"(mul {widths[i]} W{j} {product})"
        chosen = f"{list(minor.rows)} {list(minor.columns)} {_rows(minor.inverse)}"
        lines.append(
            f"theorem rank_{k}_{i} : hasRank {widths[k]} {widths[i]} {product} {chosen} "
            f"{_integer(minor.d)} = true := by decide +kernel"
        )
    return "\n".join([*lines, "", "end LinnetExact"])


def _integer(value: int) -> str:
    return decimal_text(value) if value >= 0 else f"({decimal_text(value)})"


def _rows(rows: Sequence[Sequence[int]]) -> str:
    return "[" + ", ".join("[" + ", ".join(map(_integer, row)) + "]" for row in rows) + "]"

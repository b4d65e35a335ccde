"""Conjectures in a small language, and the search for a smallest counterexample.

In reading order: `quantities` are what statements may name, from `strata_table`; `batches` brings
them in order, `search` tries them, and `counterexample` and `outcome` say what was found.
`weights_search`, on the `families`, and `critical_search` try points instead, `case_by_case`.
"""

from linnet_exact.claims.language.expression import Expression
from linnet_exact.claims.refutation.counterexample import Counterexample
from linnet_exact.claims.refutation.critical_search import CriticalRefutation, refute_critical
from linnet_exact.claims.refutation.quantities import OVER, functions_and_quantities
from linnet_exact.claims.refutation.search import Refutation, refute
from linnet_exact.claims.refutation.weights_search import WeightsRefutation, refute_weights

__all__ = [
    "OVER",
    "Counterexample",
    "CriticalRefutation",
    "Expression",
    "Refutation",
    "WeightsRefutation",
    "functions_and_quantities",
    "refute",
    "refute_critical",
    "refute_weights",
]

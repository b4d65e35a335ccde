"""Networks with exact weights: where they lie, what surrounds them, and ways between them.

In the order in which one would read them: `strands` and `weight_vector`, the values; `flow` and
`jacobian`, which take them; `weights`, the face; `canonical` and `group`; `sample`, `balanced` and
`balancedness`; then the rooms `spaces`, `moves` and `paths`.
"""

from linnet_exact.weights.balancedness import invariants
from linnet_exact.weights.canonical import canonical_weights
from linnet_exact.weights.flow import Flow, dual_flow_subspace, flow_subspace
from linnet_exact.weights.group import act
from linnet_exact.weights.moves.degeneration import Degeneration, degeneration, degeneration_through
from linnet_exact.weights.moves.one_matrix import OneMatrixMove, rising_move
from linnet_exact.weights.moves.two_matrix import TwoMatrixMove
from linnet_exact.weights.paths.path import Path, path
from linnet_exact.weights.sample import DEFAULT_HEIGHT, sample
from linnet_exact.weights.spaces.decomposition import Decomposition, decompose
from linnet_exact.weights.spaces.subspaces import FlowSubspaces, flow_subspaces
from linnet_exact.weights.spaces.tangent import TangentBasis, tangent_basis
from linnet_exact.weights.weights import Weights

__all__ = [
    "DEFAULT_HEIGHT",
    "Decomposition",
    "Degeneration",
    "Flow",
    "FlowSubspaces",
    "OneMatrixMove",
    "Path",
    "TangentBasis",
    "TwoMatrixMove",
    "Weights",
    "act",
    "canonical_weights",
    "decompose",
    "degeneration",
    "degeneration_through",
    "dual_flow_subspace",
    "flow_subspace",
    "flow_subspaces",
    "invariants",
    "path",
    "rising_move",
    "sample",
    "tangent_basis",
]

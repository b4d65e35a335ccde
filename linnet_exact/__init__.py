"""Exact answers about linear neural networks: ranks, strata, fibers and their geometry.

The names below are imported when they are first used, so that `import linnet_exact` is quick and
the combinatorial part works without FLINT being loaded. What lives on a floor but not here is in
the subpackages: `algebra`, `strata`, `weights`, `landscape`, `numeric`, `draw`, `files`, `claims`
and `atlas`; `linnet_exact.landscape.landscape` lists the critical values of a loss.

Examples
--------
>>> import linnet_exact
>>> linnet_exact.__version__, linnet_exact.QQ
('0.1.0', QQ)
>>> theta = linnet_exact.sample("0-0,0-2,1-1:2,2-2", seed=1)
>>> theta.stratum.dimension, len(theta.tangent_basis().tangent_labels)
(5, 5)
>>> "dimension" in linnet_exact.CLAIMS
True
"""

from importlib import import_module
from typing import TYPE_CHECKING

from linnet_exact.above import list_names

if TYPE_CHECKING:
    from linnet_exact.algebra import QQ, FieldElement, Matrix, NumberField, Subspace
    from linnet_exact.claims import (
        CLAIMS,
        Claim,
        Refutation,
        prove,
        refute,
        refute_weights,
        verify,
    )
    from linnet_exact.draw import FlowDiagram, diagram
    from linnet_exact.errors import (
        CertificateError,
        DivisionByZeroError,
        FileError,
        InputError,
        LinnetError,
        MissingExtraError,
        NoPathError,
        OutOfRangeError,
        ShapeError,
        TooLargeError,
        WrongTypeError,
    )
    from linnet_exact.files import (
        check_certificate,
        read_data,
        read_matrix,
        read_target,
        read_weights,
        write_weights,
    )
    from linnet_exact.landscape import (
        Criticality,
        Data,
        critical_point,
        criticality,
        eigenvalues,
        gradient,
        hessian,
        inertia,
        loss,
    )
    from linnet_exact.numeric import Crosscheck, Snap, crosscheck, snap
    from linnet_exact.strata import (
        Barcode,
        Fiber,
        Interval,
        Move,
        Network,
        RankList,
        StrataList,
        Stratum,
    )
    from linnet_exact.strata.dag import StratumDAG
    from linnet_exact.weights import (
        Degeneration,
        Flow,
        Path,
        TangentBasis,
        Weights,
        canonical_weights,
        decompose,
        degeneration,
        path,
        sample,
        tangent_basis,
    )

__version__ = "0.1.0"

__all__ = [
    "CLAIMS",
    "QQ",
    "Barcode",
    "CertificateError",
    "Claim",
    "Criticality",
    "Crosscheck",
    "Data",
    "Degeneration",
    "DivisionByZeroError",
    "Fiber",
    "FieldElement",
    "FileError",
    "Flow",
    "FlowDiagram",
    "InputError",
    "Interval",
    "LinnetError",
    "Matrix",
    "MissingExtraError",
    "Move",
    "Network",
    "NoPathError",
    "NumberField",
    "OutOfRangeError",
    "Path",
    "RankList",
    "Refutation",
    "ShapeError",
    "Snap",
    "StrataList",
    "Stratum",
    "StratumDAG",
    "Subspace",
    "TangentBasis",
    "TooLargeError",
    "Weights",
    "WrongTypeError",
    "__version__",
    "canonical_weights",
    "check_certificate",
    "critical_point",
    "criticality",
    "crosscheck",
    "decompose",
    "degeneration",
    "diagram",
    "eigenvalues",
    "gradient",
    "hessian",
    "inertia",
    "loss",
    "path",
    "prove",
    "read_data",
    "read_matrix",
    "read_target",
    "read_weights",
    "refute",
    "refute_weights",
    "sample",
    "snap",
    "tangent_basis",
    "verify",
    "write_weights",
]

_NAMES_OF_FLOOR = {
    "algebra": "QQ FieldElement Matrix NumberField Subspace",
    "strata": "Barcode Fiber Interval Move Network RankList StrataList Stratum",
    "strata.dag": "StratumDAG",
    "weights": "Degeneration Flow Path TangentBasis Weights canonical_weights decompose "
    "degeneration path sample tangent_basis",
    "landscape": "Criticality Data critical_point criticality eigenvalues gradient hessian "
    "inertia loss",
    "numeric": "Crosscheck Snap crosscheck snap",
    "draw": "FlowDiagram diagram",
    "files": "check_certificate read_data read_matrix read_target read_weights write_weights",
    "claims": "CLAIMS Claim Refutation prove refute refute_weights verify",
    "errors": "CertificateError DivisionByZeroError FileError InputError LinnetError "
    "MissingExtraError NoPathError OutOfRangeError ShapeError TooLargeError WrongTypeError",
}
_FLOORS = (*(floor for floor in _NAMES_OF_FLOOR if "." not in floor), "atlas", "guide", "workers")
_MODULE_OF_NAME = {
    name: f"{__name__}.{floor}"
    for floor, names in _NAMES_OF_FLOOR.items()
    for name in names.split()
}
_BEHIND_METHODS = {
    "dag_to_svg": f"{__name__}.draw.dag.svg",
    "plot_barcode": f"{__name__}.draw.plots",
    "plot_dag": f"{__name__}.draw.plots",
    "plot_spectra": f"{__name__}.draw.plots",
}
list_names(_MODULE_OF_NAME | _BEHIND_METHODS)


def __getattr__(name: str) -> object:
    if name in _FLOORS:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE_OF_NAME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF_NAME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_FLOORS})

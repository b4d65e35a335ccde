"""Weights, fibers and strata for other systems; only numbers and names of our own are written."""

from linnet_exact.files.export import lean, macaulay2, mrdi, sage, singular
from linnet_exact.files.export.equations import Equations
from linnet_exact.files.export.latex import equations_latex, latex_document, weights_latex
from linnet_exact.files.export.rank_minors import minors_to_jsonable
from linnet_exact.files.export.tensors import rounded_entries, to_npz, to_safetensors

__all__ = [
    "Equations",
    "equations_latex",
    "latex_document",
    "lean",
    "macaulay2",
    "minors_to_jsonable",
    "mrdi",
    "rounded_entries",
    "sage",
    "singular",
    "to_npz",
    "to_safetensors",
    "weights_latex",
]

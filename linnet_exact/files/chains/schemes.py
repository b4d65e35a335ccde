"""The names that attention has in files of common models, and how its matrices lie there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["SCHEMES", "Place", "Scheme", "Stack", "stacks_of"]

# Where head h of the matrix number j of q, k, v lies in its tensor, as a factor of a chain takes
# it: d is the width of a head, n that of all together, g how many heads share a key and a value.
ROWS = "[h*d:(h+1)*d, :]"
GROUPED = "[h//g*d:(h//g+1)*d, :]"
COLUMNS = "[:, h*d:(h+1)*d]"
CONV_ROWS = "[h*d:(h+1)*d, :].T"
STACKED = "[h, :, :].T"
FUSED_ROWS = ("[h*d:(h+1)*d, :]", "[n+h*d:n+(h+1)*d, :]", "[2*n+h*d:2*n+(h+1)*d, :]")
FUSED_CONV = ("[:, h*d:(h+1)*d].T", "[:, n+h*d:n+(h+1)*d].T", "[:, 2*n+h*d:2*n+(h+1)*d].T")
INTERLEAVED = ("[3*h*d:(3*h+1)*d, :]", "[(3*h+1)*d:(3*h+2)*d, :]", "[(3*h+2)*d:(3*h+3)*d, :]")


@dataclass(frozen=True)
class Place:
    """The end of a tensor's name, and what a head has of the tensor."""

    ending: str
    part: str


@dataclass(frozen=True)
class Scheme:
    """How one family of models names the matrices of attention.

    Attributes
    ----------
    name : str
    places : mapping
        From q, k, v and o.
    shared : bool
        Whether all layers have the same tensors.
    """

    name: str
    places: Mapping[str, Place]
    shared: bool = False


def _separate(name: str, form: str, letters: str, out: str, shared: bool = False) -> Scheme:
    """Return a scheme with a torch.nn.Linear for each of q, k and v."""
    endings = [form.replace("#", each) for each in letters.split()]
    places = {x: Place(end, ROWS) for x, end in zip("qkv", endings, strict=True)}
    return Scheme(name, {**places, "o": Place(out, COLUMNS)}, shared)


def _fused(name: str, ending: str, parts: tuple[str, ...], out: str, out_part: str) -> Scheme:
    """Return a scheme with one tensor for q, k and v."""
    places = {x: Place(ending, part) for x, part in zip("qkv", parts, strict=True)}
    return Scheme(name, {**places, "o": Place(out, out_part)})


_BERT_OUT, _WORDS, _Q = "attention.output.dense.weight", "query key value", "q k v"
SCHEMES = (
    _separate("BERT", "attention.self.#.weight", _WORDS, _BERT_OUT),
    _separate("ViT", "attention.attention.#.weight", _WORDS, _BERT_OUT),
    _separate("ALBERT", "attention.#.weight", _WORDS, "attention.dense.weight", shared=True),
    _separate("Llama", "self_attn.#_proj.weight", _Q, "self_attn.o_proj.weight"),
    _separate("BART", "self_attn.#_proj.weight", _Q, "self_attn.out_proj.weight"),
    _separate("BART across", "encoder_attn.#_proj.weight", _Q, "encoder_attn.out_proj.weight"),
    _separate(
        "T5", "layer.0.SelfAttention.#.weight", _Q, "layer.0.SelfAttention.o.weight"
    ),
    _separate(
        "T5 across", "layer.1.EncDecAttention.#.weight", _Q, "layer.1.EncDecAttention.o.weight"
    ),
    _separate("DistilBERT", "attention.#_lin.weight", _Q, "attention.out_lin.weight"),
    _separate("GPT-J", "attn.#_proj.weight", _Q, "attn.out_proj.weight"),
    _separate("GGUF", "attn_#.weight", _Q, "attn_output.weight"),
    _fused("GPT-2", "attn.c_attn.weight", FUSED_CONV, "attn.c_proj.weight", CONV_ROWS),
    _fused("timm", "attn.qkv.weight", FUSED_ROWS, "attn.proj.weight", COLUMNS),
    _fused(
        "PyTorch", "self_attn.in_proj_weight", FUSED_ROWS, "self_attn.out_proj.weight", COLUMNS
    ),
    _fused(
        "GPT-NeoX",
        "attention.query_key_value.weight",
        INTERLEAVED,
        "attention.dense.weight",
        COLUMNS,
    ),
    Scheme(
        "TransformerLens",
        {**{x: Place(f"attn.W_{x.upper()}", STACKED) for x in "qkvo"}},
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Stack:
    """The attention of layers whose tensors differ in the number of the layer only.

    Attributes
    ----------
    scheme : Scheme
    before : str
        What the names begin with, with ``{l}`` for the number of the layer.
    layers : tuple of int
        The numbers that there are; empty for layers that are shared.
    """

    scheme: Scheme
    before: str
    layers: tuple[int, ...]

    @property
    def name(self) -> str:
        """How it is told from others, as in ``encoder.layer.{l}.attention (BERT)``."""
        return f"{self.before.rstrip('.')} ({self.scheme.name})"

    def tensor(self, letter: str, layer: int = 0) -> str:
        """Return the name of the tensor that holds q, k, v or o of a layer."""
        plain = self.before.replace("{l}", str(layer)).replace("{{", "{").replace("}}", "}")
        return plain + self.scheme.places[letter].ending


def stacks_of(file: "TensorFile") -> list[Stack]:
    """Return every stack of attention layers in a file, by the names of its tensors.

    Examples
    --------
    >>> import pathlib, tempfile, numpy as np
    >>> from linnet_exact.files import open_tensors
    >>> path = pathlib.Path(tempfile.mkdtemp(), "model.npz")
    >>> names = [f"h.{l}.attn.c_{x}.weight" for l in (0, 1) for x in ("attn", "proj")]
    >>> np.savez(path, **dict.fromkeys(names, np.ones((1, 1))))
    >>> [(stack.name, stack.layers) for stack in stacks_of(open_tensors(path))]
    [('h.{l} (GPT-2)', (0, 1))]
    """
    found = []
    for scheme in SCHEMES:
        ending = scheme.places["o"].ending
        stems: dict[str, set[int]] = {}
        for name in file.tensors:
            stem = name.removesuffix(ending)
            complete = stem != name and all(
                stem + place.ending in file.tensors for place in scheme.places.values()
            )
            numbered = re.fullmatch(r"(.*?\.|)([0-9]{1,9})\.", stem, re.DOTALL | re.ASCII)
            if not complete or numbered is None or str(int(numbered[2])) != numbered[2]:
                continue
            if scheme.shared:
                stems[_braced(stem)] = set()
            else:
                stems.setdefault(f"{_braced(numbered[1])}{{l}}.", set()).add(int(numbered[2]))
        found += [Stack(scheme, before, tuple(sorted(layers))) for before, layers in stems.items()]
    return found


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")

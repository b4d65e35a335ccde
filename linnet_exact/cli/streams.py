"""Standard streams of any encoding, closed ones too, made safe to write to."""

import codecs
import io
import os
import sys

from linnet_exact.errors import FileError

__all__ = ["HANDLER", "settle_streams", "spell_in_ascii", "spelled"]

_SPELLED = {
    "●": "o", "━": "=", "─": "-", "│": "|", "×": "x", "·": ".", "–": "-", "—": "-", "−": "-",
    "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "→": "->", "←": "<-", "↦": "->",
    "≤": "<=", "≥": ">=", "≠": "!=", "≅": "~=", "≈": "~", "∈": "in", "⊆": "subset of",
    "⊕": "(+)", "∞": "infinity", "√": "sqrt", "∘": "o", "⁻": "^-", "¹": "^1", "²": "^2",
    "³": "^3", "α": "alpha", "β": "beta", "γ": "gamma", "ε": "eps", "θ": "theta", "λ": "lambda",
    "μ": "mu", "µ": "mu", "π": "pi", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
    "⋯": "...", "∎": "(end)", "∩": "cap", "‖": "|", "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")",
    "⌈": "ceil(", "⌉": ")", "∏": "prod", "±": "+-", "½": "1/2", "′": "'", "ρ": "rho", "Γ": "Gamma",
    "á": "a", "ö": "o", "Σ": "sum", "Ĩ": "I~", "ᵀ": "^T", "₀": "_0", "₁": "_1", "₂": "_2", "ℓ": "l",
}  # fmt: skip
"""What ASCII has for the signs that the program writes itself."""

HANDLER = "linnet-exact"
"""What to do with characters that an encoding lacks: spell them in ASCII, or escape them."""


class _Closed(io.TextIOBase):
    """Stands for a stdout that was closed before we began: nothing is printed without an error."""

    def write(self, text: str, /) -> int:
        raise FileError("stdout is closed; -o FILE writes to a file")


def settle_streams() -> None:
    """Let no text fail on stdout or stderr, and no file take the place of a closed one.

    A character that the encoding lacks is spelled in ASCII or escaped. Without the second part, the
    first file that is opened would become descriptor 1 or 2 and get what is printed there.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False)
    codecs.register_error(HANDLER, _spelled)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def spell_in_ascii() -> None:
    """Let stdout and stderr have characters of ASCII only, whatever a terminal can show."""
    codecs.register_error(HANDLER, _spelled)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii", errors=HANDLER)


def spelled(text: str) -> str:
    """Return a text as stdout has it, for `click.echo`, which writes UTF-8 where that is ASCII.

    Examples
    --------
    >>> spelled("a·b")
    'a·b'
    """
    encoding = sys.stdout.encoding or "utf-8"
    codecs.register_error(HANDLER, _spelled)
    return text.encode(encoding, HANDLER).decode(encoding)


def _spelled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    texts = (_SPELLED.get(character) or _escaped(character) for character in lacking)
    return "".join(texts), error.end


def _escaped(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode("ascii")

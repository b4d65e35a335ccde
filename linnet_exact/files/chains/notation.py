"""The values that a chain is made of, each with its one spelling.

    h = 0; d = 32
    v[l] = "encoder.{l}.value.weight"; o[l] = "encoder.{l}.output.weight"
    for l in 0..11: v[l][h*d:(h+1)*d, :]; o[l][:, h*d:(h+1)*d]

Factors go from input to output. Brackets are NumPy's, ``.T`` transposes, ranges include both ends.
"""

from dataclasses import dataclass
from typing import TypeAlias

from linnet_exact.files.chains.integers import Integer, integer_text

__all__ = [
    "Assignment",
    "Call",
    "Definition",
    "Factor",
    "IndexPart",
    "Loop",
    "SliceOf",
    "Statement",
    "Template",
    "statement_text",
]


@dataclass(frozen=True)
class Template:
    """A quoted name of a tensor; integers in braces are written out: ``"h.{l}.weight"``."""

    parts: tuple[str | tuple[Integer], ...]

    def __str__(self) -> str:
        text = "".join(
            part.replace("{", "{{").replace("}", "}}")
            if isinstance(part, str)
            else f"{{{integer_text(part[0])}}}"
            for part in self.parts
        )
        quote = "'" if '"' in text else '"'
        return f"{quote}{text}{quote}"


@dataclass(frozen=True)
class Call:
    """A name that was defined, with its arguments: ``v[l]``; or else the name of a tensor."""

    name: str
    arguments: tuple[Integer, ...] = ()

    def __str__(self) -> str:
        inside = ", ".join(map(integer_text, self.arguments))
        return f"{self.name}[{inside}]" if inside else self.name


@dataclass(frozen=True)
class SliceOf:
    """A slice, as in NumPy."""

    start: Integer | None = None
    stop: Integer | None = None
    step: Integer | None = None

    def __str__(self) -> str:
        start, stop, step = (
            "" if bound is None else integer_text(bound)
            for bound in (self.start, self.stop, self.step)
        )
        return f"{start}:{stop}" + (f":{step}" if step else "")


IndexPart: TypeAlias = tuple[Integer] | SliceOf
"""What stands between the commas in brackets: one integer, or a slice."""


@dataclass(frozen=True)
class Factor:
    """A matrix of the chain: a tensor, what is taken of it, and whether that is transposed."""

    source: Template | Call
    index: tuple[IndexPart, ...] = ()
    transpose: bool = False

    def __str__(self) -> str:
        parts = [
            str(part) if isinstance(part, SliceOf) else integer_text(part[0]) for part in self.index
        ]
        index = f"[{', '.join(parts)}]" if parts else ""
        return f"{self.source}{index}{'.T' if self.transpose else ''}"


@dataclass(frozen=True)
class Assignment:
    """A variable with its value: ``d = 32``."""

    name: str
    value: Integer


@dataclass(frozen=True)
class Definition:
    """A name for tensors, perhaps with parameters: ``v[l] = "h.{l}.v.weight"``."""

    name: str
    parameters: tuple[str, ...]
    factor: Factor


@dataclass(frozen=True)
class Loop:
    """What is repeated for each value of a variable, both ends included."""

    variable: str
    first: Integer
    last: Integer
    body: "tuple[Statement, ...]"


Statement: TypeAlias = Assignment | Definition | Loop | Factor


def statement_text(statement: Statement, last: bool = True) -> str:
    """Return the one spelling of a statement; a loop that others follow is in parentheses.

    Examples
    --------
    >>> statement_text(Loop("l", 0, "n", (Factor(Template(("h.", ("l",)))),)))
    'for l in 0..n: "h.{l}"'
    """
    if isinstance(statement, Factor):
        return str(statement)
    if isinstance(statement, Assignment):
        return f"{statement.name} = {integer_text(statement.value)}"
    if isinstance(statement, Definition):
        return f"{Call(statement.name, statement.parameters)} = {statement.factor}"
    count = len(statement.body)
    body = "; ".join(statement_text(s, at == count) for at, s in enumerate(statement.body, 1))
    ends = f"{integer_text(statement.first)}..{integer_text(statement.last)}"
    text = f"for {statement.variable} in {ends}: {body}"
    return text if last else f"({text})"

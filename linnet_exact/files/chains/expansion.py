"""A chain, and the layers that it stands for once its variables have values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from linnet_exact.arguments import as_text
from linnet_exact.errors import InputError
from linnet_exact.files.chains.integers import Integer, value_of
from linnet_exact.files.chains.notation import (
    Assignment,
    Definition,
    Factor,
    Loop,
    SliceOf,
    Statement,
    Template,
    statement_text,
)
from linnet_exact.files.chains.parser import parse_statements
from linnet_exact.files.tensors.layer_spec import LayerSpec, parse_layer

if TYPE_CHECKING:
    from linnet_exact.files.tensors.tensors import TensorFile

__all__ = ["MAX_FACTORS", "Chain"]

MAX_FACTORS = 4096
"""Most factors of a chain, and most times that its loops are gone through."""


@dataclass(frozen=True)
class Chain:
    """The layers of a network, in the notation of ``--chain``, from input to output.

    Examples
    --------
    >>> chain = Chain.parse('d = 2; for l in 0..1: "h.{l}.v"[0:d, :]; "h.{l}.o"[:, 0:d]')
    >>> chain.layers()
    ['h.0.v[0:2, :]', 'h.0.o[:, 0:2]', 'h.1.v[0:2, :]', 'h.1.o[:, 0:2]']
    >>> chain.lines()[0]
    'd = 2'
    """

    statements: tuple[Statement, ...]

    @classmethod
    def parse(cls, text: str, given: Sequence[str] = ()) -> "Chain":
        """Read a chain, with definitions that replace its own, or come before them.

        Parameters
        ----------
        given : sequence of str
            Such as ``"h = 3"``.

        Raises
        ------
        InputError
            If a text has another form, or one that is given is of no use for the chain.

        Examples
        --------
        >>> Chain.parse("h = 0; W[h:h+1, :]", ["h = 3"]).layers()
        ['W[3:4, :]']
        """
        text = as_text(text, "chain", "W1; W2[:, 0:8].T")
        definitions = _given_definitions(given)
        known = {d.name: d.parameters for d in definitions.values() if isinstance(d, Definition)}
        statements = parse_statements(text, known)
        for name in definitions:
            if not any(name in _words(statement) for statement in statements):
                raise InputError(f"{name} is given but does not occur in the chain")
        rest = [
            s
            for s in statements
            if not isinstance(s, Assignment | Definition) or s.name not in definitions
        ]
        return cls((*definitions.values(), *rest))

    def lines(self) -> list[str]:
        """Return the one spelling of the chain, a line for each statement.

        Examples
        --------
        >>> Chain.parse("( for l in 0 .. 3:  W[l,:,:] );;W2 .T").lines()
        ['for l in 0..3: W[l, :, :]', 'W2.T']
        """
        return [statement_text(statement) for statement in self.statements]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def layers(self, file: "TensorFile | None" = None) -> list[str]:
        """Return the layers as ``--layer`` takes them.

        Parameters
        ----------
        file : TensorFile, optional
            Not used; a circuit would look for its tensors there.

        Raises
        ------
        InputError
            If a name has no meaning, or there is no factor or more than `MAX_FACTORS`.
        """
        run = _Run()
        run.statements(self.statements)
        if not run.found:
            raise InputError("the chain has no factors")
        return run.found

    def to_jsonable(self) -> dict[str, Any]:
        """Return what a chain file holds.

        Examples
        --------
        >>> Chain.parse("W1").to_jsonable()
        {'format': 'linnet-exact/chain', 'version': 1, 'chain': ['W1']}
        """
        return {"format": "linnet-exact/chain", "version": 1, "chain": self.lines()}


@dataclass
class _Run:
    """What has been expanded so far, and what names mean."""

    found: list[str] = field(default_factory=list)
    variables: dict[str, int] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    steps: int = 0

    def statements(self, statements: Sequence[Statement]) -> None:
        for statement in statements:
            if isinstance(statement, Factor):
                self._step()
                self.found.append(self._layer(statement))
            elif isinstance(statement, Loop):
                self._loop(statement)
            else:
                self._define(statement)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MAX_FACTORS:
            raise InputError(f"the chain has more than {MAX_FACTORS} factors")

    def _loop(self, loop: Loop) -> None:
        first, last = (value_of(end, self.variables) for end in (loop.first, loop.last))
        if last < first:
            raise InputError(f"for {loop.variable} in {first}..{last}: there is nothing between")
        if loop.variable in self.variables:
            raise InputError(f"for {loop.variable}: {loop.variable} has a value already")
        for value in range(first, last + 1):
            self._step()
            self.variables[loop.variable] = value
            self.statements(loop.body)
        del self.variables[loop.variable]

    def _define(self, statement: Assignment | Definition) -> None:
        name = statement.name
        if name in self.variables or name in self.definitions:
            raise InputError(f"{name} is defined twice")
        if isinstance(statement, Definition):
            self.definitions[name] = statement
        else:
            self.variables[name] = value_of(statement.value, self.variables)

    def _layer(self, factor: Factor) -> str:
        index, transpose, variables = factor.index, factor.transpose, self.variables
        if isinstance(factor.source, Template):
            name = _named(factor.source, variables)
        else:
            definition = self.definitions.get(factor.source.name)
            if definition is None:
                name = factor.source.name
                if name in variables:
                    raise InputError(f"{name} is an integer, and no factor")
            else:
                values = [value_of(a, variables) for a in factor.source.arguments]
                inner = variables | dict(zip(definition.parameters, values, strict=True))
                assert isinstance(definition.factor.source, Template)
                name = _named(definition.factor.source, inner)
                transpose ^= definition.factor.transpose
                if index and (definition.factor.index or definition.factor.transpose):
                    raise InputError(f"{factor}: {definition.name} has brackets or .T of its own")
                if not index:
                    index, variables = definition.factor.index, inner
        parts = tuple(
            slice(*(_or_none(b, variables) for b in (part.start, part.stop, part.step)))
            if isinstance(part, SliceOf)
            else value_of(part[0], variables)
            for part in index
        )
        text = _layer_text(name, parts, transpose)
        if parse_layer(text) != LayerSpec(name, parts, transpose):
            raise InputError(f"a chain cannot name the tensor {name!r}; rename it")
        return text


def _or_none(integer: Integer | None, variables: Mapping[str, int]) -> int | None:
    return None if integer is None else value_of(integer, variables)


def _named(template: Template, variables: Mapping[str, int]) -> str:
    return "".join(
        part if isinstance(part, str) else str(value_of(part[0], variables))
        for part in template.parts
    )


def _layer_text(name: str, parts: Sequence[int | slice], transpose: bool) -> str:
    shown = []
    for part in parts:
        if isinstance(part, int):
            shown.append(str(part))
            continue
        start, stop, step = (
            "" if b is None else str(b) for b in (part.start, part.stop, part.step)
        )
        shown.append(f"{start}:{stop}" + (f":{step}" if step else ""))
    index = f"[{', '.join(shown)}]" if shown else ""
    return f"{name}{index}{'.T' if transpose else ''}"


def _given_definitions(given: Sequence[str]) -> dict[str, Assignment | Definition]:
    found: dict[str, Assignment | Definition] = {}
    for text in given:
        for statement in parse_statements(as_text(text, "a definition", "h = 3")):
            if not isinstance(statement, Assignment | Definition):
                raise InputError(f"{text!r} defines nothing; expected a form such as h = 3")
            if statement.name in found:
                raise InputError(f"{statement.name} is given twice")
            found[statement.name] = statement
    return found


def _words(statement: Statement) -> set[str]:
    """Return all names in a statement, parts of names of tensors too."""
    return set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", statement_text(statement)))

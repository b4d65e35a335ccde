"""From text to the statements of a chain, by descent; nothing is evaluated.

chain     = lines of: statement ; statement ; …
statement = NAME = integer | NAME[NAME, …] = "template" index .T | factor
          | for NAME in integer..integer: the statements up to the end of the line
          | ( statements, also in several lines )
factor    = "template" index .T | NAME[integer, …] index .T | NAME index .T
index     = [ integer or slice, … ]
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from linnet_exact.errors import InputError
from linnet_exact.files.chains.integers import LARGEST, Integer, Operation
from linnet_exact.files.chains.notation import (
    Assignment,
    Call,
    Definition,
    Factor,
    IndexPart,
    Loop,
    SliceOf,
    Statement,
    Template,
)

__all__ = ["MAX_TEXT", "parse_statements"]

MAX_TEXT = 100_000
"""Longest text that is read, in characters."""
_DEEPEST = 40

_TOKEN = re.compile(
    r"""(?P<string>"[^"\n]*"|'[^'\n]*')|(?P<number>[0-9]+)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"""
    r"""|(?P<sign>\.\.|//|\.T(?![A-Za-z_0-9])|[-+*%()\[\]:;,=\n])""",
    re.ASCII,
)
_BRACES = re.compile(r"(\{\{|\}\})|\{([^{}]*)\}|([{}])")

T = TypeVar("T")


def parse_statements(
    text: str, known: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Statement, ...]:
    """Return the statements of a chain.

    Parameters
    ----------
    known : mapping, optional
        Names that are defined outside of the text, with their parameters.

    Raises
    ------
    InputError
        If the text has another form; the message gives the place.

    Examples
    --------
    >>> parse_statements("d = 2; W1[0:d, :].T")
    (Assignment(name='d', value=2), Factor(source=Call(name='W1', arguments=()), index=(SliceOf(start=0, stop='d', step=None), SliceOf(start=None, stop=None, step=None)), transpose=True))
    """  # noqa: E501
    if len(text) > MAX_TEXT:
        raise InputError(f"the chain has {len(text)} characters; at most {MAX_TEXT} are read")
    parser = _Parser(text, dict(known or {}))
    found = parser.lines(until="end")
    return tuple(found)


class _Parser:
    def __init__(self, text: str, known: dict[str, tuple[str, ...]]) -> None:
        self._known = known
        self._text = text.replace("\r\n", " \n").replace(
            "\r", "\n"
        )  # characters keep their numbers
        self._tokens = self._split(self._text)
        self._at = self._depth = 0

    def _split(self, text: str) -> list[tuple[str, str, int]]:
        tokens, at = [], 0
        while at < len(text):
            if text[at] in " \t":
                at += 1
                continue
            match = _TOKEN.match(text, at)
            if match is None:
                raise self._error("a name, a number or a sign", at)
            tokens.append((str(match.lastgroup), match[0], at))
            at = match.end()
        return [*tokens, ("end", "", len(text))]

    def _error(self, expected: str, at: int | None = None) -> InputError:
        at = self._tokens[self._at][2] if at is None else at
        near = self._text[at : at + 20].split("\n")[0]
        found = repr(near) if near else "the end of the line"
        return InputError(f"chain, character {at + 1}: expected {expected}, not {found}")

    def _next_is(self, *signs: str) -> bool:
        kind, text, _ = self._tokens[self._at]
        return (kind == "end" and "end" in signs) or (kind == "sign" and text in signs)

    def _accept(self, sign: str) -> bool:
        if self._next_is(sign):
            self._at += 1
            return True
        return False

    def _require(self, sign: str) -> None:
        if not self._accept(sign):
            raise self._error(repr(sign))

    def _take(self, kind: str, expected: str) -> str:
        if self._tokens[self._at][0] != kind:
            raise self._error(expected)
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _name(self) -> str:
        name = self._take("name", "a name")
        if name in ("for", "in"):
            self._at -= 1
            raise self._error("a name that is not a word of the notation")
        return name

    def _deeper(self, read: Callable[[], T]) -> T:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise InputError(f"the chain is nested more than {_DEEPEST} deep")
        found = read()
        self._depth -= 1
        return found

    def lines(self, until: str) -> list[Statement]:
        found: list[Statement] = []
        while not self._next_is(until):
            if self._next_is(";", "\n"):
                self._at += 1
                continue
            found += self._statement()
            if not self._next_is(";", "\n", until):
                raise self._error("';' or the end of the line")
        return found

    def _line(self) -> list[Statement]:
        found: list[Statement] = []
        while not self._next_is("\n", ")", "end"):
            if not self._accept(";"):
                found += self._statement()
                if not self._next_is(";", "\n", ")", "end"):
                    raise self._error("';' or the end of the line")
        return found

    def _statement(self) -> list[Statement]:
        if self._accept("("):
            inside = self._deeper(lambda: self.lines(until=")"))
            self._require(")")
            return inside
        if self._tokens[self._at][:2] == ("name", "for"):
            return [self._deeper(self._loop)]
        return [self._definition() if self._defines() else self._factor()]

    def _loop(self) -> Loop:
        self._at += 1
        variable = self._name()
        if self._take("name", "'in'") != "in":
            self._at -= 1
            raise self._error("'in'")
        first = self._integer()
        self._require("..")
        last = self._integer()
        self._require(":")
        body = self._line()
        if not any(isinstance(each, Factor | Loop) for each in body):
            raise self._error("what is repeated, in the same line")
        return Loop(variable, first, last, tuple(body))

    def _defines(self) -> bool:
        """Whether ``=`` follows a name, perhaps with names in brackets."""
        at = self._at + 1
        if self._tokens[self._at][0] != "name":
            return False
        if self._tokens[at][:2] == ("sign", "["):
            while self._tokens[at][0] == "name" or self._tokens[at][1] in ("[", ","):
                at += 1
            at += self._tokens[at][1] == "]"
        return self._tokens[at][:2] == ("sign", "=")

    def _definition(self) -> Assignment | Definition:
        start, name, parameters = self._tokens[self._at][2], self._name(), []
        if self._accept("["):
            parameters = self._separated(self._name)
            self._require("]")
        if len(set(parameters)) < len(parameters):
            raise self._error("different parameters", start)
        self._require("=")
        if self._tokens[self._at][0] != "string":
            if parameters:
                raise self._error("the name of a tensor in quotes")
            return Assignment(name, self._integer())
        if self._known.setdefault(name, tuple(parameters)) != tuple(parameters):
            raise self._error(f"the parameters that {name} has elsewhere", start)
        return Definition(name, tuple(parameters), self._factor())

    def _factor(self) -> Factor:
        kind, text, at = self._tokens[self._at]
        source: Template | Call
        if kind == "string":
            self._at += 1
            source = self._template(text[1:-1], at + 1)
        else:
            name = self._name()
            arguments = []
            if self._known.get(name):
                self._require("[")
                arguments = self._separated(self._integer)
                self._require("]")
                if len(arguments) != len(self._known[name]):
                    count = len(self._known[name])
                    raise self._error(f"{name} with as many integers as it has parameters, {count}")
            source = Call(name, tuple(arguments))
        index: list[IndexPart] = []
        if self._accept("["):
            index = self._separated(self._index_part)
            self._require("]")
        if self._next_is("["):
            raise self._error(f'a definition, such as {source}[l] = "name.{{l}}.weight", before')
        return Factor(source, tuple(index), self._accept(".T"))

    def _separated(self, read: Callable[[], T]) -> list[T]:
        found = [read()]
        while self._accept(","):
            found.append(read())
        return found

    def _index_part(self) -> IndexPart:
        bounds: list[Integer | None] = []
        while True:
            bounds.append(None if self._next_is(":", ",", "]") else self._integer())
            if len(bounds) == 3 or not self._accept(":"):
                break
        if len(bounds) == 1:
            if bounds[0] is None:
                raise self._error("an integer or a slice")
            return (bounds[0],)
        return SliceOf(*bounds)

    def _integer(self) -> Integer:
        return self._chain_of(("+", "-"), lambda: self._chain_of(("*", "//", "%"), self._atom))

    def _chain_of(self, signs: tuple[str, ...], read: Callable[[], Integer]) -> Integer:
        found, count = read(), 0
        while self._next_is(*signs):
            count += 1
            if count > _DEEPEST:
                raise self._error(f"at most {_DEEPEST} operations in a row")
            sign = self._tokens[self._at][1]
            self._at += 1
            found = Operation(sign, found, read())
        return found

    def _atom(self) -> Integer:
        if self._accept("("):
            inside = self._deeper(self._integer)
            self._require(")")
            return inside
        if self._accept("-"):
            inside = self._deeper(self._atom)
            return -inside if isinstance(inside, int) else Operation("-", 0, inside)
        if self._tokens[self._at][0] == "name":
            return self._name()
        digits = self._take("number", "an integer")
        if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
            self._at -= 1
            raise self._error(f"an integer of at most {LARGEST}")
        return int(digits)

    def _template(self, text: str, start: int) -> Template:
        parts: list[str | tuple[Integer]] = []

        def add(plain: str) -> None:
            if plain and parts and isinstance(parts[-1], str):
                parts[-1] += plain
            elif plain:
                parts.append(plain)

        at = 0
        for match in _BRACES.finditer(text):
            add(text[at : match.start()])
            at = match.end()
            if match[3]:
                raise self._error("{integer}, or {{ for a brace", start + match.start())
            if match[1]:
                add(match[1][0])
            else:
                parts.append((_Parser(match[2], {}).whole_integer(),))
        add(text[at:])
        if not parts:
            raise self._error("the name of a tensor", start)
        return Template(tuple(parts))

    def whole_integer(self) -> Integer:
        found = self._integer()
        if self._tokens[self._at][0] != "end":
            raise self._error("'}'")
        return found

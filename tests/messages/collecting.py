"""The messages of the package, as its source has them: `python tests/messages/collecting.py`.

That writes table.txt anew: a line for each message, with * before those that one of inputs.txt
brings about. tests/messages/test_messages.py compares.
"""

import ast
import json
import os
import re
import shlex
import tempfile
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple

import click

import linnet_exact
from linnet_exact import errors
from linnet_exact.cli.main import cli
from linnet_exact.errors import LinnetError

HERE = Path(__file__).parent
TABLE, INPUTS = HERE / "table.txt", HERE / "inputs.txt"
PACKAGE = Path(linnet_exact.__file__).parent
_NAMES = [name for name in errors.__all__ if name[0].isupper()] + ["UsageError", "missing_extra"]
_RAISED = re.compile(rf"(?<!class )(?<!def )\b({'|'.join(_NAMES)})\(")


class Message(NamedTuple):
    """Where a message is, the class of its exception, and its text with {expressions}."""

    place: str
    kind: str
    template: str

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}: {self.template}"

    @property
    def parts(self) -> list[str]:
        """The texts between the {expressions}."""
        return re.split(r"\{(?:[^{}]|\{[^{}]*\})*\}", self.template)

    @property
    def says_something(self) -> bool:
        """Whether it has words of its own, and is not another message passed on."""
        return len(re.sub(r"\W", "", "".join(self.parts))) >= 8


def messages() -> list[Message]:
    """Find every message that the package raises on purpose."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).with_suffix("").as_posix()
        text = path.read_text()
        for match in _RAISED.finditer(text):
            call = _call(text, match.start(1))
            if call is not None and call.args:
                template = " ".join(_template(call.args[0]).split())
                found.add(Message(place, match[1], template))
    return sorted(found)


def _call(text: str, start: int) -> ast.Call | None:
    """Parse the call that begins there; whole files would take ten times as long."""
    end = start
    for _ in range(100):
        end = text.find(")", end) + 1
        if end == 0:
            return None
        with suppress(SyntaxError):
            tree = ast.parse(text[start:end], mode="eval").body
            return tree if isinstance(tree, ast.Call) else None
    return None


def _template(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_template, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _template(node.left) + _template(node.right)
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return "{" + ast.unparse(inner) + "}"


def inputs() -> list[str]:
    return [line for line in INPUTS.read_text().splitlines() if line.startswith(("$ ", ">>> "))]


def said(line: str) -> tuple[str, str] | None:
    """Return what an input is refused with, and by which file; None if it is not refused.

    Runs in the current folder.
    """
    try:
        if line.startswith("$ "):
            digits = str(HERE.parent / "data" / "digits.npz")
            arguments = [digits if each == "DIGITS" else each for each in shlex.split(line[2:])]
            with (
                redirect_stdout(StringIO()),
                cli.make_context("linnet-exact", arguments) as context,
            ):
                cli.invoke(context)
        else:
            names = {name: getattr(linnet_exact, name) for name in linnet_exact.__all__}
            eval(line[4:], names)
    except click.UsageError as error:
        return error.format_message(), _place(error)
    except LinnetError as error:
        return str(error), _place(error)
    except OSError as error:  # the program adds the name of the file
        return f"{error.filename}: {error.strerror}", ""
    return None


def _place(error: BaseException) -> str:
    """Return the file that an exception was raised in, as in the table."""
    path = Path(extract_tb(error.__traceback__)[-1].filename)
    return path.relative_to(PACKAGE).with_suffix("").as_posix() if PACKAGE in path.parents else ""


def make_files(folder: Path) -> None:
    """Write the files that inputs.txt names."""
    head = '{"format": "linnet-exact/weights", "version": 1, "weights": '
    matrix = '{"format": "linnet-exact/matrix", "version": 1, "matrix": '
    texts = {
        "theta.json": head + "[[[1,0],[0,0],[0,0]],[[1,0,0],[0,0,0]]]}",
        "high.json": head + "[[[1,0],[0,1],[0,0]],[[1,0,0],[0,0,1]]]}",
        "small.json": head + "[[[1]],[[1]]]}",
        "mismatched.json": head + "[[[1,2]],[[1,2]]]}",
        "empty.json": head + "[]}",
        "broken.json": '{"format": "linnet-exact/weights", "version" 1}',
        "W.json": matrix + "[[1,0],[0,0]]}",
        "M.json": matrix + "[[2,0],[0,1]]}",
        "wide.json": matrix + "[[1,2,3,4,5]]}",
        "float.json": matrix + "[[1,0.5],[0,0]]}",
        "ragged.json": matrix + "[[1,0],[0]]}",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    os.chdir(folder)
    assert said("$ analyze theta.json --certificate proof.json") is None
    assert json.loads((folder / "proof.json").read_text())


def brought_about(known: list[Message]) -> set[Message]:
    """Return the messages that the inputs lead to; each must lead to one."""
    reached: set[Message | None] = set()
    patterns = {
        each: re.compile(".*".join(map(re.escape, each.parts)))
        for each in known
        if each.says_something
    }
    for line in inputs():
        answer = said(line)
        assert answer is not None, f"{line}: is not refused"
        text, place = " ".join(answer[0].split()), answer[1]
        fitting = [each for each, pattern in patterns.items() if pattern.search(text)]
        assert fitting or "No such file" in text, f"{line}: {text}"
        here = [each for each in fitting if each.place == place]
        # Where a message is passed on with more words, it is that with most words of its own.
        reached |= {max(here or fitting, key=lambda each: len("".join(each.parts)), default=None)}
    return {each for each in reached if each is not None}


def table(known: list[Message], reached: set[Message]) -> str:
    return "".join(f"{'*' if each in reached else ' '} {each}\n" for each in known)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make_files(Path(folder))
        TABLE.write_text(table(messages(), brought_about(messages())))
        os.chdir(HERE)

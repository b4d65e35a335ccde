"""Progress: one line that never wraps, on a terminal only, gone before anything else is written."""

import io
import re
import sys
import time
from collections.abc import Callable

import pytest

from linnet_exact.cli import errors
from linnet_exact.cli import progress as module
from linnet_exact.cli.main import main
from linnet_exact.cli.output import Output, warn
from linnet_exact.cli.progress import progress

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]


@pytest.fixture
def on_terminal(monkeypatch) -> Callable[[], Terminal]:
    """For the test to call: pytest gives it a stderr of its own when it begins."""

    def begin() -> Terminal:
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        return stream

    monkeypatch.setattr(module, "DELAY", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    return begin


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.01)


def lines(stream: Terminal) -> list[str]:
    return [line for line in re.split(r"[\r\n]+", CODES.sub("", stream.text)) if line.strip()]


@pytest.mark.parametrize("columns", [20, 60])
@pytest.mark.parametrize("length", [None, 1000])
def test_one_line_that_never_wraps(on_terminal, monkeypatch, columns, length):
    terminal = on_terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    with progress("a label that is longer than what " * 3, length) as bar:
        until(lambda: "a" in CODES.sub("", terminal.text))
        assert "\n" not in terminal.text
        before = len(terminal.text)
        bar.update(500)
        until(lambda: len(terminal.text) > before)
    assert max(map(len, lines(terminal))) <= columns
    assert terminal.text.endswith("\r\x1b[1A\x1b[2K")  # the line that was left is cleared
    assert terminal.text.count("\x1b[?25l") == terminal.text.count("\x1b[?25h") == 1


def test_it_counts(on_terminal):
    terminal = on_terminal()
    with progress("strata", 2000) as bar:
        bar.update(1500)
        until(lambda: "strata 1,500 of 2,000" in terminal.text)


def test_the_inner_one_takes_the_place_of_the_outer(on_terminal):
    terminal = on_terminal()
    with progress("the command"):
        until(lambda: "the command" in terminal.text)
        with progress("steps"):
            until(lambda: "steps" in terminal.text)
            assert "the command" not in terminal.text.rpartition("\x1b[2K")[2]
    assert terminal.text.count("\x1b[?25h") == 2


@pytest.mark.parametrize("say", [lambda: warn("careful"), lambda: Output("json").value({"n": 1})])
def test_it_goes_away_before_other_things_are_written(on_terminal, capsys, say):
    terminal = on_terminal()
    with progress("the command"):
        until(lambda: "the command" in terminal.text)
        say()
        shown = terminal.text
        assert "the command" not in shown.rpartition("\x1b[2K")[2]
    assert terminal.text == shown


def test_an_error_takes_it_away(on_terminal):
    terminal = on_terminal()

    def work() -> None:
        until(lambda: "linnet-exact do" in terminal.text)
        raise KeyboardInterrupt

    command = errors.click.Group(
        "linnet-exact", commands=[errors.click.Command("do", callback=work)]
    )
    assert errors.run(command, ["do"]) == 130
    assert terminal.text.endswith("\x1b[2Klinnet-exact: interrupted\n")


def test_nothing_is_shown_but_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(module, "DELAY", 0.0)
    started = []
    monkeypatch.setattr(module, "Timer", started.append)
    with progress("steps", 3) as bar:
        bar.update(1)
    assert main(["count", "2,2"]) == 0
    assert capsys.readouterr().err == ""
    assert started == []

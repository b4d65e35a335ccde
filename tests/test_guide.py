"""The shell examples of README.md and of the guide do what these show.

A ```console block holds commands, `$ command`, each followed by what it prints on a terminal; in
that, `...` stands for any text (a time, or lines left out). A command fails the test unless its
exit status is 0, or N where the line ends in `# exit status N`. All blocks of a page run one
after the other in one folder, which has the repository's tests/ and scripts/ in it. On this
terminal, of 80 columns and without bold letters, no line is longer, but for JSON and the line of an
error.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal import run_on_terminal

REPOSITORY = Path(__file__).parent.parent


class Example(NamedTuple):
    command: str
    expected: str
    status: int


def examples_in(markdown: str) -> list[Example]:
    examples = []
    for block in re.findall(r"^```console\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            first, _, expected = part.partition("\n")
            while first.endswith("\\"):
                line, _, expected = expected.partition("\n")
                first += "\n" + line
            comment = re.search(r"# exit status (\d+)$", first)
            examples.append(Example(first, expected, int(comment[1]) if comment else 0))
    return examples


def too_long(printed: str) -> list[str]:
    """Lines that do not fit the terminal; JSON, and what goes to stderr, is for programs, too."""
    return [
        line
        for line in printed.splitlines()
        if len(line) > 80 and not line.startswith(("{", "[", "linnet-exact"))
    ]


def matches(printed: str, expected: str) -> bool:
    pattern = ".*".join(map(re.escape, expected.strip().split("...")))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "linnet_exact/guide").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_print_what_is_shown(page: Path, tmp_path: Path):
    for folder in ("tests", "scripts"):
        (tmp_path / folder).symlink_to(REPOSITORY / folder)
    for example in examples_in(page.read_text()):
        printed, status = run_on_terminal(example.command, tmp_path)
        assert status == example.status, f"{example.command}\n{printed}"
        assert not too_long(printed), example.command
        assert matches(printed, example.expected), (
            f"$ {example.command}\n{printed}\n{page.name} shows\n{example.expected}"
        )


def test_readme_is_a_front_page():
    assert (REPOSITORY / "README.md").stat().st_size <= 12_000


def test_examples_are_found():
    text = "```console\n$ a \\\n  b  # exit status 1\nx\n\n$ c\n```\n```sh\n$ d\n```\n"
    assert examples_in(text) == [
        Example("a \\\n  b  # exit status 1", "x\n\n", 1),
        Example("c", "", 0),
    ]


@pytest.mark.parametrize(
    ("printed", "expected", "same"),
    [
        ("a 1.5 s\n", "a ... s\n", True),
        ("a\nb\nc\n", "a\n...\nc\n", True),
        ("a\nb\n", "a\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_dots_stand_for_any_text(printed: str, expected: str, same: bool):
    assert matches(printed, expected) is same

"""The guide in the terminal: its list of pages, a page as it is, and a page on a terminal."""

from pathlib import Path

from linnet_exact.cli.main import main
from linnet_exact.guide import topics
from tests.test_guide import REPOSITORY, run_on_terminal


def test_every_page_is_listed_with_its_title(capsys) -> None:
    assert main(["guide"]) == 0
    listed = capsys.readouterr().out
    pages = (REPOSITORY / "linnet_exact/guide").glob("*.md")
    assert sorted(topics()) == sorted(page.stem for page in pages)
    assert all(f"{name} " in listed and title in listed for name, title in topics().items())


def test_a_page_in_a_pipe_is_its_markdown(capsys) -> None:
    assert main(["guide", "fibers"]) == 0
    assert capsys.readouterr().out == (REPOSITORY / "linnet_exact/guide/fibers.md").read_text()


def test_a_page_on_a_terminal_fits_it(tmp_path: Path) -> None:
    printed, status = run_on_terminal("NO_COLOR=1 linnet-exact guide fibers", tmp_path)
    assert status == 0
    assert "# " not in printed.partition("\n")[0]
    assert "linnet-exact fiber 2,3,2 --rank 1" in printed


def test_a_page_that_there_is_not(capsys) -> None:
    assert main(["guide", "nothing"]) == 2
    message = capsys.readouterr().err
    assert "nothing" in message
    assert "fibers" in message
    assert message.count("\n") == 1

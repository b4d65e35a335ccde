"""The guide: pages in Markdown, shipped with the package; the tests run every example in them."""

from difflib import get_close_matches
from importlib.resources import files

from linnet_exact.errors import InputError

__all__ = ["page", "topics"]


def topics() -> dict[str, str]:
    """Return the pages by name, each with its title.

    Examples
    --------
    >>> topics()["fibers"]
    'Fibers and strata'
    """
    pages = sorted(
        (path.name.removesuffix(".md"), path.read_text(encoding="utf-8"))
        for path in files(__name__).iterdir()
        if path.name.endswith(".md")
    )
    return {name: text.partition("\n")[0].removeprefix("# ") for name, text in pages}


def page(topic: str) -> str:
    """Return the Markdown text of one page.

    Raises
    ------
    InputError
        If there is no such page; it names those there are.

    Examples
    --------
    >>> page("fibers").partition("\\n")[0]
    '# Fibers and strata'
    """
    if topic not in topics():
        near = get_close_matches(topic, topics())
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(topics())}"
        raise InputError(f"no page {topic[:40]!r} in the guide; {hint}")
    return files(__name__).joinpath(f"{topic}.md").read_text(encoding="utf-8")

"""Build the site from README.md, the guide and the docstrings; any warning is an error.

Usage: scripts/docs [FOLDER]     FOLDER is where the pages go, `site` if none is given
"""

import importlib
import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.cmd.build import main as sphinx

import linnet_exact
from linnet_exact.guide import topics

SITE = Path(__file__).parent
REPOSITORY = SITE.parent.parent
GUIDE = REPOSITORY / "linnet_exact" / "guide"
FLOORS = ["strata", "algebra", "weights", "landscape", "numeric", "draw", "files"]
FLOORS += ["claims", "atlas", "workers", "errors"]
FIRST = ["cookbook", "fibers", "weights", "moves", "landscape", "models", "claims", "atlas"]


def write_sources(folder: Path) -> None:
    """Write what Sphinx reads: README, the guide, and a page of reference for each floor."""
    shutil.copytree(GUIDE, folder / "guide", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    pages = FIRST + [name for name in topics() if name not in FIRST]
    front = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    front = front.replace("](linnet_exact/guide/", "](guide/")
    guide = toctree("Guide", [f"guide/{name}" for name in pages])
    reference = toctree("Reference", ["reference/names", *(f"reference/{f}" for f in FLOORS)])
    (folder / "index.md").write_text(front + guide + reference, encoding="utf-8")
    (folder / "reference").mkdir()
    (folder / "reference" / "names.rst").write_text(names_page(), encoding="utf-8")
    for floor in FLOORS:
        title = f"linnet_exact.{floor}"
        text = f"{title}\n{'=' * len(title)}\n\n.. automodule:: {title}\n"
        (folder / "reference" / f"{floor}.rst").write_text(text, encoding="utf-8")


def toctree(caption: str, pages: list[str]) -> str:
    lines = "\n".join(pages)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{lines}\n```\n"


def names_page() -> str:
    """Return the page of all names of `linnet_exact`, each with the floor that describes it."""
    lines = ["Names of linnet_exact", "=====================", ""]
    lines += ["Each can be had as ``linnet_exact.NAME``.", ""]
    for name in linnet_exact.__all__:
        floor = next((f for f in FLOORS if name in floor_names(f)), None)
        if floor is not None:
            value = getattr(linnet_exact, name)
            doc = value.__doc__ if callable(value) else None
            summary = (doc or "").strip().partition("\n")[0]
            lines += [f":py:obj:`{name} <linnet_exact.{floor}.{name}>`", f"   {summary or '…'}", ""]
    return "\n".join(lines)


def floor_names(floor: str) -> list[str]:
    return list(importlib.import_module(f"linnet_exact.{floor}").__all__)


def main(arguments: list[str]) -> int:
    target = Path(arguments[0] if arguments else "site").resolve()
    with tempfile.TemporaryDirectory() as folder:
        write_sources(Path(folder))
        options = ["-q", "-W", "--keep-going", "-b", "html", "-c", str(SITE)]
        status = sphinx([*options, folder, str(target)])
    if not status:
        print(target / "index.html")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

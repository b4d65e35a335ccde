"""The notebooks of the guide give, when they are run, the outputs that are stored in them."""

import re
from importlib.resources import files
from typing import Any

import pytest

pytest.importorskip("nbclient", reason="notebooks are run with nbclient (the extra dev)")
pytest.importorskip("ipykernel", reason="notebooks are run with ipykernel (the extra dev)")

NAMES = ("first_hour", "a_conjecture_refuted")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NAMES)
def test_outputs_are_those_stored(name: str) -> None:
    import nbformat
    from nbclient import NotebookClient

    text = files("linnet_exact.guide").joinpath(f"{name}.ipynb").read_text(encoding="utf-8")
    stored, run = (nbformat.reads(text, as_version=4) for _ in range(2))
    assert not re.search(r"/(work|home|tmp|Users)/", text)
    NotebookClient(run, kernel_name="python3").execute()
    assert [shown(cell) for cell in run.cells] == [shown(cell) for cell in stored.cells]
    assert any(shown(cell) for cell in stored.cells)


def shown(cell: Any) -> list[Any]:
    """Return the outputs of a cell; pictures are compared as text, streams joined."""
    outputs = []
    for output in cell.get("outputs", []):
        assert output["output_type"] != "error", output
        if output["output_type"] != "stream":
            outputs.append(dict(output["data"]))
        elif outputs and isinstance(outputs[-1], str):  # a kernel cuts its streams at any place
            outputs[-1] += output["text"]
        else:
            outputs.append(output["text"])
    return outputs

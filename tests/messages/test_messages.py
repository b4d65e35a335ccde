"""No message changes unseen: all of them stand in table.txt, and inputs.txt brings many about."""

import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("collecting", HERE / "collecting.py")
assert SPEC is not None
assert SPEC.loader is not None
collecting = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(collecting)

AGAIN = "read the messages as a new user would, then run: python tests/messages/collecting.py"


@pytest.fixture(scope="module")
def messages():
    return collecting.messages()


def test_table_has_all_messages_as_they_are(messages):
    listed = {line[2:] for line in collecting.TABLE.read_text().splitlines()}
    found = {str(message) for message in messages}
    assert not found - listed, f"not in the table; {AGAIN}"
    assert not listed - found, f"no longer in the package; {AGAIN}"


def test_inputs_bring_about_what_is_marked(messages, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # and back
    collecting.make_files(tmp_path)
    reached = {str(message) for message in collecting.brought_about(messages)}
    marked = {
        line[2:] for line in collecting.TABLE.read_text().splitlines() if line.startswith("* ")
    }
    assert marked <= reached, "these no longer come about"
    assert len(marked) >= 120


def test_messages_are_one_line_and_no_sentence(messages):
    for message in messages:
        assert "\n" not in message.template, message
        words = message.template.removesuffix("...")
        assert not words.endswith(("!", ".")), f"{message}: no full stop, as in all others"


def test_templates_are_found():
    text = 'raise InputError(\n    f"the {x + f(1)} is "\n    "not " + str(y)\n)'
    call = collecting._call(text, text.index("InputError"))
    assert collecting._template(call.args[0]) == "the {x + f(1)} is not {str(y)}"
    message = collecting.Message("a/b", "InputError", "the {x[{'a': 1}]} is not {y}")
    assert message.parts == ["the ", " is not ", ""]

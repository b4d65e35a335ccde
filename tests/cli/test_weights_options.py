"""`--layer`, `--chain` and `--circuit`: one choice, in every command that takes weights."""

import json

import numpy as np
import pytest

from linnet_exact.cli.main import main


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "model.npz"
    random = np.random.default_rng(1)
    names = [f"l.{n}.self_attn.{x}_proj.weight" for n in range(2) for x in "qkvo"]
    np.savez(path, **{name: random.integers(-3, 4, (4, 4)).astype(float) for name in names})
    return str(path)


CHAIN = """h = 0; d = 2
v[l] = "l.{l}.self_attn.v_proj.weight"; o[l] = "l.{l}.self_attn.o_proj.weight"
for l in 0..1: v[l][h*d:(h+1)*d, :]; o[l][:, h*d:(h+1)*d]"""


def answer(capsys, *arguments):
    assert main([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_three_ways_to_say_the_same(model, capsys, tmp_path):
    layers = [
        spec
        for n in (0, 1)
        for spec in (
            f"l.{n}.self_attn.v_proj.weight[2:4, :]",
            f"l.{n}.self_attn.o_proj.weight[:, 2:4]",
        )
    ]
    listed = answer(capsys, "analyze", model, *(x for spec in layers for x in ("--layer", spec)))
    circuit = ("--circuit", "ov", "--head", "1", "--heads", "2")
    file = str(tmp_path / "chain.json")
    assert main(["analyze", model, *circuit, "--show-chain", "-o", file]) == 0
    for others in (
        circuit,
        ("--chain", CHAIN, "--let", "h = 1"),
        ("--chain", file),
        ("--chain", file, "--let", "h=1"),
    ):
        assert answer(capsys, "analyze", model, *others) == listed
    assert listed["widths"] == [4, 2, 4, 2, 4]
    assert answer(capsys, "crosscheck", model, *circuit, "--layers", "1")["agree"] is True


def test_chains_are_shown(model, capsys):
    arguments = ["analyze", model, "--circuit", "qk", "--heads", "2", "--layers", "0"]
    assert main([*arguments, "--show-chain", "--format", "table"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "h = 0",
        "d = 2",
        'k[l] = "l.{l}.self_attn.k_proj.weight"',
        'q[l] = "l.{l}.self_attn.q_proj.weight"',
        "for l in 0..0: k[l][h*d:(h+1)*d, :]; q[l][h*d:(h+1)*d, :].T",
    ]
    assert main([*arguments, "--show-chain", "--format", "csv"]) == 0
    assert '"l.0.self_attn.k_proj.weight[0:2, :]"' in capsys.readouterr().out
    layer = ("--layer", "l.*.self_attn.v_proj.weight[0:2, :].T")
    assert main(["analyze", model, *layer, "--show-chain", "--format", "table"]) == 0
    assert capsys.readouterr().out == (
        '"l.0.self_attn.v_proj.weight"[0:2, :].T\n"l.1.self_attn.v_proj.weight"[0:2, :].T\n'
    )


def test_certificates_record_the_layers(model, capsys, tmp_path):
    proof = tmp_path / "proof.json"
    circuit = ["--circuit", "ov", "--heads", "2", "--layers", "1"]
    assert main(["analyze", model, *circuit, "--certificate", str(proof)]) == 0
    assert json.loads(proof.read_text())["input"]["layers"] == [
        "l.1.self_attn.v_proj.weight[0:2, :]",
        "l.1.self_attn.o_proj.weight[:, 0:2]",
    ]
    assert main(["check", str(proof), "--input", model]) == 0
    assert main(["check", str(proof), "--input", model, "--chain", CHAIN]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--chain", "W", "--layer", "W"], "give one of --layer, --chain"),
        (["--let", "h = 1"], "--let goes with --chain"),
        (["--head", "1"], "go with --circuit"),
        (["--circuit", "ov", "--layers", "x"], "expected A..B, such as 0..11, not 'x'"),
        (["--circuit", "ov"], "give --heads"),
        (["--chain", "no.json"], "no.json: No such file or directory"),
        (["--chain", "W["], "character 3: expected"),
        (["--chain", "W"], "no tensor 'W'"),
        (["--layer", "x.*"], "no tensor fits 'x.*'"),
    ],
)
def test_bad_choices(model, capsys, arguments, said):
    assert main(["analyze", model, *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_json_files_have_no_names(capsys, tmp_path):
    path = tmp_path / "theta.json"
    path.write_text('{"format": "linnet-exact/weights", "version": 1, "weights": [[[1]]]}')
    assert main(["analyze", str(path), "--chain", "W"]) == 2
    assert "no named tensors" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["compare", "moves", "path", "flow", "export", "move"])
def test_other_commands_take_chains(model, capsys, command):
    chain = [
        "--chain",
        '"l.0.self_attn.v_proj.weight"[0:1, :]; "l.1.self_attn.o_proj.weight"[:, 0:1]',
    ]
    more = {
        "compare": [model],
        "path": [model],
        "export": ["--to", "latex"],
        "move": ["--layer", "1", "--from", "0-0", "--to", "1-2"],
    }
    status = main([command, model, *more.get(command, []), *chain])
    assert status in (0, 2)
    assert "tensor" not in capsys.readouterr().err

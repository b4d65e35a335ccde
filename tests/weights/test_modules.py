"""`Weights.from_modules` on PyTorch modules, where PyTorch is installed."""

import importlib.util
from fractions import Fraction

import pytest

from linnet_exact import Weights
from linnet_exact.errors import InputError, MissingExtraError

without_torch = importlib.util.find_spec("torch") is None


@pytest.mark.skipif(not without_torch, reason="PyTorch is installed")
def test_without_pytorch() -> None:
    with pytest.raises(MissingExtraError, match=r"from arrays, write Weights\(\[W1, W2\]\)"):
        Weights.from_modules([])


@pytest.mark.skipif(without_torch, reason="needs PyTorch")
class TestWithPyTorch:
    @pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16"])
    def test_every_float_is_exact(self, dtype: str) -> None:
        import torch
        from torch import nn

        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Linear(4, 3, bias=False),
            nn.Identity(),
            nn.Sequential(nn.Linear(3, 5, bias=False), nn.Linear(5, 2, bias=False)),
        ).to(getattr(torch, dtype))
        theta = Weights.from_modules(model)
        assert theta.network.widths == (4, 3, 5, 2)
        for matrix, layer in zip(theta.matrices, (model[0], *model[2]), strict=True):
            stored = [[Fraction(float(x)) for x in row] for row in layer.weight.detach()]
            assert matrix.rows() == stored

    def test_single_layers_and_lists(self) -> None:
        from torch import nn

        layers = [nn.Linear(2, 3, bias=False), nn.Linear(3, 1, bias=False)]
        assert Weights.from_modules(layers).network.widths == (2, 3, 1)
        assert Weights.from_modules(nn.ModuleList(layers)).network.widths == (2, 3, 1)
        assert Weights.from_modules(layers[0]).network.widths == (2, 3)

    def test_refusals(self) -> None:
        import torch
        from torch import nn

        inner = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Linear(2, 2))
        with pytest.raises(InputError, match=r"1\.1 has a bias, .* append a constant input 1"):
            Weights.from_modules(nn.Sequential(nn.Identity(), inner))
        with pytest.raises(InputError, match="1 is a ReLU; expected"):
            Weights.from_modules([nn.Linear(2, 2, bias=False), nn.ReLU()])
        with pytest.raises(InputError, match="the model is a dict; expected"):
            Weights.from_modules({})
        with pytest.raises(InputError, match="at least one weight matrix"):
            Weights.from_modules([])
        broken = nn.Linear(2, 2, bias=False)
        with torch.no_grad():
            broken.weight[1, 0] = float("nan")
        with pytest.raises(InputError, match=r"W_1: row 2, column 1: .* not nan"):
            Weights.from_modules(broken)

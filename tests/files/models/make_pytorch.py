"""Make the `.pt` files of this folder: run it here, with PyTorch 2.13.0 on a CPU.

What is in them, `contents.py` says without PyTorch.
"""

import warnings

import numpy as np
import torch
from contents import GRID, KINDS, LAYERS

grid = torch.tensor(GRID)
linear = torch.nn.Sequential(*(torch.nn.Linear(*w.shape[::-1], bias=False) for w in LAYERS))
for layer, weight in zip(linear, LAYERS, strict=True):
    layer.weight.data = torch.tensor(weight)

attributed = grid.clone()
attributed.note = "a tensor with an attribute is saved in another way"
parameter = torch.nn.Parameter(grid.clone())
parameter.note = "and so is a parameter"
optimizer = torch.optim.SGD(linear.parameters(), lr=0.5, momentum=0.5)
linear(torch.ones(1, 3)).sum().backward()
optimizer.step()
for layer, weight in zip(linear, LAYERS, strict=True):
    layer.weight.data = torch.tensor(weight)

VALUES = {
    "state": linear.state_dict(),
    "checkpoint": {
        "epoch": 3,
        "model": linear.state_dict(),
        "optimizer": optimizer.state_dict(),
        "history": [grid[0], (grid[1],)],
        "rate": 0.5,
        7: None,
    },
    "views": {
        "whole": grid,
        "again": grid,
        "transposed": grid.T,
        "every_second": grid[1:4, ::2],
        "row": grid[2],
        "repeated": grid[3].expand(4, 10),
        "turned": grid.reshape(3, 2, 10).permute(2, 0, 1),
        "none": grid[:0],
        "number": grid[1, 1],
    },
    "kinds": {kind: torch.tensor([[1, 0], [1, 1]]).to(getattr(torch, kind)) for kind in KINDS}
    | {"complex64": torch.ones(2, 2, dtype=torch.complex64)},
    "attributes": {"tensor": attributed, "parameter": parameter},
    "alone": torch.nn.Parameter(grid),
    "module": linear,
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print("PyTorch", torch.__version__, "NumPy", np.__version__)
    for name, value in VALUES.items():
        torch.save(value, f"{name}.pt")
        if name != "module":  # there the older format copies the source of PyTorch's classes
            torch.save(value, f"{name}-legacy.pt", _use_new_zipfile_serialization=False)
    for protocol in (3, 4, 5):
        torch.save(VALUES["views"], f"views-protocol-{protocol}.pt", pickle_protocol=protocol)
        torch.save(
            VALUES["views"],
            f"views-legacy-protocol-{protocol}.pt",
            pickle_protocol=protocol,
            _use_new_zipfile_serialization=False,
        )

"""Tensors that PyTorch has saved, read without PyTorch and without running anything.

In the order in which one would read them: `pickles`, an interpreter of pickles that calls nothing;
`rebuilding`, the few names it knows; `places`, where the storages lie; `torch_file`.
"""

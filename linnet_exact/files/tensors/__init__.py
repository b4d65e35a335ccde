"""Tensors of files of real models, read in bounded parts.

In the order in which one would read them: `tensors` and `parts`; `numpy_file` and
`safetensors_file`; `formats`, which chooses by content; `layer_spec`, which parts are layers.
"""

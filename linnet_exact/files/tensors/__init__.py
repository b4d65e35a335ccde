"""Tensors of files of real models, read in bounded parts.

In the order in which one would read them: `tensors`, `entries` and `parts`; `archives`;
`single_file`, what readers share; `numpy_file`, `safetensors_file`, `gguf_file` and the rooms
`pytorch` and `onnx`; `sharded`, models in several files; `formats`, which chooses by content;
`layer_spec`, which parts are layers.
"""

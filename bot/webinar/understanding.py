"""What the grouping asks of a trained model: vectors of sentences, likely entries, languages."""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from bot.i18n.locale import Locale
from bot.nlu.encoder import Encoder, Vectors, loaded_encoder
from bot.nlu.neighbours import directions
from bot.nlu.repeats import add_memory

if TYPE_CHECKING:
    from bot.nlu.language import LanguageModel
    from bot.nlu.ranking import Ranker
    from bot.nlu.spelling import Speller

WORTH_SHARING = 16  # texts; fewer are encoded sooner than they are handed out
MAX_MEMBER_BYTES = 200_000_000  # of one file in a model's archive
Probabilities = npt.NDArray[np.float64]
_RANKER, _LANGUAGE, _SPELLER = "EntryRanker", "LanguageIdentifier", "SlipMender"
_METADATA = "metadata.json"
MAX_KEPT = 20_000  # vectors; the same words come again and again in a session


class Understands(Protocol):
    """Tells what texts (canonical) are about."""

    @property
    def intents(self) -> Sequence[str]:
        """The intents that `probabilities` speaks of, in order."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of `texts`, shape (n, dimension), of length 1, in which a neutral text lies at the origin."""
        ...

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Return how likely each of `intents` is, shape (n, intents)."""
        ...

    def locale(self, text: str) -> Locale | None:
        """Return the language of `text`; None for one that is not served."""
        ...


class UnreadableModel(Exception):
    """A model's archive lacks what the grouping needs."""


@dataclass(frozen=True)
class Learnt:
    """What a trained model has learnt of entries, languages and slips of the keys."""

    ranker: Ranker
    language: LanguageModel
    speller: Speller


class TrainedModel:
    """The parts of a trained model that grouping needs, without Rasa around them."""

    def __init__(self, learnt: Learnt, encoder: Encoder, cores: int = 1) -> None:
        """Take the `encoder` that the model learnt with; a flood of texts is encoded on `cores` at once."""
        self.intents = learnt.ranker.intents
        self._learnt, self._encoder, self._cores = learnt, encoder, cores
        self._kept: dict[str, Vectors] = {}
        add_memory(self)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See `Understands`; each encoder's part counts the same."""
        return directions(self._encoded(self._mended(texts)) - self._learnt.ranker.vector_head.centre)

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """See `Understands`."""
        if not texts:
            return np.zeros((0, len(self.intents)))
        mended = self._mended(texts)
        return self._learnt.ranker.probabilities(mended, self._encoded(mended))

    def locale(self, text: str) -> Locale | None:
        """See `Understands`."""
        return self._learnt.speller.reconsidered(self._learnt.language.guess(text), text).locale

    def cache_clear(self) -> None:
        """See `bot.nlu.repeats.Memory`; whoever encodes at this moment goes on with what was kept."""
        self._kept = {}

    def _mended(self, texts: Sequence[str]) -> list[str]:
        """Return `texts` as the model reads an applicant's: with slips of the keys mended."""
        return [self._learnt.speller.mend(text, self.locale(text) or "en") for text in texts]

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Encode what is new, a flood of it in several threads."""
        kept = self._kept  # another session's thread may begin a new one meanwhile
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        if len(kept) + len(new) > MAX_KEPT:
            self._kept, new = (kept := {}), list(dict.fromkeys(texts))
        count = self._cores if len(new) >= WORTH_SHARING else 1
        shares = [new[start::count] for start in range(count)]
        with ThreadPoolExecutor(count) as threads:
            for share, vectors in zip(shares, threads.map(self._encoder.encode, shares), strict=True):
                kept.update(zip(share, vectors, strict=True))
        return np.array([kept[text] for text in texts], dtype=np.float32).reshape(len(texts), self._encoder.dimension)


def read_model(archive: Path, *, cores: int = 2) -> TrainedModel:
    """Return what grouping needs of the model at `archive`, for a machine of `cores`; raises `UnreadableModel`."""
    learnt, names = read_learnt(archive)
    return TrainedModel(learnt, loaded_encoder(*names), cores)


def read_learnt(archive: Path) -> tuple[Learnt, list[str]]:
    """Return what the model at `archive` has learnt and the names of its encoders, without loading Rasa."""
    from bot.nlu.language import LanguageModel  # 2 s to import, for scikit-learn: a server listens before it needs it
    from bot.nlu.ranking import Mixture, Ranker
    from bot.nlu.spelling import Speller

    with tempfile.TemporaryDirectory() as folder:
        found = _unpacked(archive, Path(folder))
        if set(found) != {_RANKER, _LANGUAGE, _SPELLER, _METADATA}:
            raise UnreadableModel(archive.name)
        config = _config_of_ranker(json.loads((found[_METADATA] / _METADATA).read_text(encoding="utf-8")))
        ranker = Ranker.load(found[_RANKER], Mixture.of(config))
        return Learnt(ranker, LanguageModel.load(found[_LANGUAGE]), Speller.load(found[_SPELLER])), list(config["encoders"])


def _config_of_ranker(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    nodes = metadata["predict_schema"]["nodes"].values()
    return dict(next(node["config"] for node in nodes if node["uses"].endswith(f".{_RANKER}")))


def _unpacked(archive: Path, folder: Path) -> Mapping[str, Path]:
    """Write the files that are needed into `folder` under our own names: a path in an archive is never trusted."""
    found: dict[str, Path] = {}
    with tarfile.open(archive) as members:
        for member in members:
            path = PurePosixPath(member.name)
            part = _METADATA if path.name == _METADATA else next((part for part in (_RANKER, _LANGUAGE, _SPELLER) if part in path.parent.name), None)
            content = members.extractfile(member) if part and member.isfile() and member.size <= MAX_MEMBER_BYTES else None
            if part and content:
                found[part] = folder / part
                found[part].mkdir(exist_ok=True)
                (found[part] / path.name).write_bytes(content.read())
    return found

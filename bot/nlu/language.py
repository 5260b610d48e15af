"""In which language a message is written: English, French or another one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from lingua import Language, LanguageDetector, LanguageDetectorBuilder
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.i18n.locale import Locale
from bot.nlu.normalise import fold
from bot.nlu.terms import Terms

# What applicants of member states and their neighbours might write in; fewer languages, fewer false alarms.
_OTHERS = (
    Language.ALBANIAN, Language.ARABIC, Language.CZECH, Language.DUTCH, Language.ESTONIAN, Language.FINNISH, Language.GERMAN, Language.GREEK,
    Language.HUNGARIAN, Language.ITALIAN, Language.LITHUANIAN, Language.POLISH, Language.PORTUGUESE, Language.ROMANIAN, Language.RUSSIAN,
    Language.SPANISH, Language.SWEDISH, Language.TURKISH, Language.UKRAINIAN,
)  # fmt: skip
OTHER_CONFIDENCE = 0.7
CERTAIN = 0.9  # of another language, where words stand in the message that only that language has: no slip of the keys made them
KNOWN_WORDS = 0.34  # of a message's words: from here on it is taken for English or French whatever a detector says
MOST_KNOWN = 0.55  # … and from here on though words of another language stand in it: it may quote them
TELLING = 3  # letters from which on a word tells a language
LETTERS = 4  # fewer tell nothing of the language: the page or the conversation does
PRIOR = 1.2  # log-odds that the conversation's language adds: decides «CV?», never a sentence


@dataclass(frozen=True)
class LanguageGuess:
    """The language of a message; `locale` is None for a language that is not served."""

    locale: Locale | None
    confidence: float

    @property
    def may_be_slips(self) -> bool:
        """Tell whether it looks foreign, and may be English or French typed in haste."""
        return self.locale is None and self.confidence < CERTAIN


class LanguageModel:
    """Tells English from French by character n-grams of the project's own utterances, and both from other languages."""

    def __init__(self, vocabulary: Mapping[str, int], idf: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], bias: float, words: frozenset[str]) -> None:
        self.vocabulary, self.idf, self.weights, self.bias, self.words = dict(vocabulary), idf, weights, bias, words
        vectoriser = _vectoriser(vocabulary=self.vocabulary)
        vectoriser.idf_ = idf
        self._terms = Terms(vectoriser)

    @classmethod
    def fit(cls, texts: Sequence[str], locales: Sequence[Locale]) -> LanguageModel:
        """Learn from `texts` of known languages."""
        vectoriser = _vectoriser()
        matrix = vectoriser.fit_transform(texts)
        model = LogisticRegression(C=20.0, max_iter=400).fit(matrix, [locale == "fr" for locale in locales])
        words = frozenset(word for text in texts for word in _words(text))
        return cls({term: int(index) for term, index in vectoriser.vocabulary_.items()}, vectoriser.idf_, model.coef_[0], float(model.intercept_[0]), words)

    def save(self, folder: Path) -> None:
        """Write arrays and words."""
        np.savez(folder / "language.npz", self.idf, self.weights, np.array([self.bias]))
        (folder / "language.json").write_text(json.dumps([self.vocabulary, sorted(self.words)], ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Read what `save` wrote."""
        vocabulary, words = json.loads((folder / "language.json").read_text(encoding="utf-8"))
        with np.load(folder / "language.npz", allow_pickle=False) as arrays:
            idf, weights, bias = (arrays[name] for name in arrays.files)
        return cls(vocabulary, idf, weights, float(bias[0]), frozenset(words))

    def french_log_odds(self, text: str) -> float:
        """Return the logarithm of the odds that `text` is French and not English."""
        columns, values = self._terms.row(text)
        return float(values @ self.weights[columns]) + self.bias

    def guess(self, text: str, prior: Locale | None = None) -> LanguageGuess:
        """Return the language of `text`; `prior` is the page's or the conversation's, for what is too short to tell."""
        if other := self._other(text):
            return LanguageGuess(None, other)
        if prior and sum(map(str.isalpha, text)) < LETTERS:
            return LanguageGuess(prior, 0.5)  # «CV?»
        odds = self.french_log_odds(text) + {"fr": PRIOR, "en": -PRIOR, None: 0.0}[prior]
        confidence = float(1 / (1 + np.exp(-abs(odds))))
        return LanguageGuess("fr" if odds > 0 else "en", confidence)

    def _other(self, text: str) -> float:
        """Return how sure it is that `text` is in a language that is not served; 0 where it is not."""
        words = _words(text)
        long = [word for word in words if len(word) >= TELLING]  # «a», «me», «un» stand in many languages
        if len(long) < 2:
            return 0.0
        known = sum(word in self.words for word in long) / len(long)
        told = {word for word in words if word not in self.words}
        if known >= MOST_KNOWN or (known >= KNOWN_WORDS and told.isdisjoint(_words_of_others())):
            return 0.0
        best = _detector().compute_language_confidence_values(text)[0]
        if best.language not in _OTHERS or best.value < OTHER_CONFIDENCE:
            return 0.0
        certain = not told.isdisjoint(stop_words(best.language))
        return CERTAIN if certain else OTHER_CONFIDENCE if known < KNOWN_WORDS else 0.0


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the most frequent words of `language`, folded, from spaCy's tables; none for a language that spaCy has none for."""
    name = f"spacy.lang.{language.iso_code_639_1.name.lower()}.stop_words"
    return frozenset(map(fold, import_module(name).STOP_WORDS)) if find_spec(name) else frozenset()


@cache
def _words_of_others() -> frozenset[str]:
    return frozenset().union(*map(stop_words, _OTHERS))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(text))


def _vectoriser(vocabulary: Mapping[str, int] | None = None) -> TfidfVectorizer:
    minimum = 1 if vocabulary else 3
    return TfidfVectorizer(preprocessor=fold, analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=minimum, vocabulary=vocabulary)


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.FRENCH, *_OTHERS).with_low_accuracy_mode().build()

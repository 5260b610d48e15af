"""TF-IDF of one text after a learnt vocabulary: what scikit-learn's vectoriser gives, without what it checks anew for every message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

Row = tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]  # columns and their values


class Terms:
    """The terms of a fitted vectoriser (`sublinear_tf`, rows of length 1)."""

    def __init__(self, fitted: TfidfVectorizer) -> None:
        self._analyse, self._columns, self._idf = fitted.build_analyzer(), fitted.vocabulary_, np.asarray(fitted.idf_, dtype=np.float64)

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._columns)

    def row(self, text: str) -> Row:
        """Return the columns of the terms in `text` and their values, which have length 1 together; both are empty where it knows no term."""
        counted = Counter(column for term in self._analyse(text) if (column := self._columns.get(term)) is not None)
        columns = np.fromiter(counted, dtype=np.intp, count=len(counted))
        values = (1.0 + np.log(np.fromiter(counted.values(), dtype=np.float64, count=len(counted)))) * self._idf[columns]
        return columns, np.asarray(values / max(float(np.linalg.norm(values)), 1e-12), dtype=np.float32)


def beside(parts: Sequence[Terms], text: str) -> Row:
    """Return the rows of `text` in all `parts` side by side, together of length 1."""
    rows = [part.row(text) for part in parts]
    starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
    values = np.concatenate([values for _, values in rows])
    columns = np.concatenate([columns + start for (columns, _), start in zip(rows, starts, strict=True)])
    return columns, np.asarray(values / max(float(np.linalg.norm(values)), 1e-12), dtype=np.float32)

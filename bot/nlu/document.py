"""A text as spaCy reads it, for a moment: spaCy would keep every word that it ever saw, in a store that only grows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_ALONE = threading.Lock()  # a pipeline can have one such moment at a time; it would hold the interpreter anyway


@contextmanager
def read_by(pipeline: Language, text: str) -> Iterator[Doc]:
    """Yield `text` as `pipeline` reads it. Its words are forgotten at the end: nothing of the document may be used after that."""
    raised: BaseException | None = None
    with _ALONE:
        with pipeline.memory_zone():
            try:
                yield pipeline(text)
            except BaseException as error:  # noqa: BLE001 -- spaCy does not leave its zone when one passes through it: it is raised outside
                raised = error
        if raised is not None:
            raise raised

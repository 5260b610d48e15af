"""The encoders take any text in its canonical form: a row of length 1 for each, the same for the same, and the process lives on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from bot.nlu.encoder import ENCODERS, Encoder
from bot.nlu.normalise import canonical
from tests.fuzz.conftest import CASES
from tests.fuzz.hostile import CODE, ODD, joined

PATIENT = settings(max_examples=CASES // 2, deadline=None, suppress_health_check=list(HealthCheck))
LENGTHS = (0, 1, 399, 400, 401, 100_000)  # around the cap


@pytest.fixture(scope="module", params=sorted(ENCODERS))
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return ENCODERS[request.param]()


def holds(encoder: Encoder, text: str) -> None:
    plain = canonical(text) or "?"
    vectors = encoder.encode([plain, plain])
    assert vectors.shape == (2, encoder.dimension)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=0.02)
    assert np.array_equal(vectors[0], vectors[1])


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("character", ["a", "文", "👩", " "])
def test_any_length_is_encoded(encoder: Encoder, character: str, length: int):
    holds(encoder, character * length)


@pytest.mark.parametrize("text", [*CODE, *ODD], ids=range(len(CODE) + len(ODD)))
def test_what_breaks_others_is_encoded(encoder: Encoder, text: str):
    holds(encoder, text)


@pytest.mark.parametrize("text", [*CODE, *ODD], ids=range(len(CODE) + len(ODD)))
def test_what_is_in_no_plain_form_is_encoded_too(encoder: Encoder, text: str):
    assert encoder.encode([text]).shape == (1, encoder.dimension)


@PATIENT
@given(text=joined)
def test_any_text_is_encoded(text: str, encoder: Encoder, count: Callable[[], None]):
    count()
    holds(encoder, text)

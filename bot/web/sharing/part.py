"""A part of the installation outside this process that may be gone for a while: noticed once, asked again after a pause."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0  # so long nobody waits for a part that did not answer


class Part:
    """Whether ``database`` or ``redis`` can be reached, as far as this process knows."""

    def __init__(self, name: str, *, pause: float = PAUSE_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.name, self.gone = name, False
        self.told: Callable[[str, bool], None] = lambda _name, _gone: None
        self._pause, self._clock = pause, clock
        self._again = 0.0

    def usable(self) -> bool:
        """Tell whether it is worth asking now: it is there, or the pause is over."""
        if not self.gone:
            return True
        if self._clock() < self._again:
            return False
        self._again = self._clock() + self._pause  # one asks, the others go on without
        return True

    def lost(self, cause: BaseException) -> None:
        """Note that it did not answer."""
        self._again = self._clock() + self._pause
        if not self.gone:
            log.warning("gone part=%s cause=%s", self.name, type(cause).__name__)
            self.gone = True
            self.told(self.name, self.gone)

    def found(self) -> None:
        """Note that it answered."""
        if self.gone:
            log.info("back part=%s", self.name)
            self.gone = False
            self.told(self.name, self.gone)

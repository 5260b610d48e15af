"""The same questions come again and again: what was found in the last ones is remembered. In the process's memory alone, with nobody's name, and not for long."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeVar, cast
from weakref import WeakSet

MESSAGES = 1_024
_Function = TypeVar("_Function", bound=Callable[..., object])


class Memory(Protocol):
    """Anything that remembers what people wrote."""

    def cache_clear(self) -> None:
        """Forget it."""
        ...


_memories: WeakSet[Memory] = WeakSet()


def remembering(function: _Function, size: int = MESSAGES) -> _Function:
    """Return `function` with a memory for its last `size` different calls; its arguments can be hashed, and nobody changes what it returns."""
    memory = lru_cache(maxsize=size)(function)
    add_memory(memory)
    return cast(_Function, memory)


def add_memory(memory: Memory) -> None:
    """Let `forget_all` reach `memory` as long as it is used."""
    _memories.add(memory)


def forget_all() -> None:
    """Forget every word that is remembered in this process; the next questions take a little longer."""
    for memory in list(_memories):
        memory.cache_clear()

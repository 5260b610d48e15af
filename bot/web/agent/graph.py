"""Rasa's prediction graph, run straight through: the order never changes, so it is found once and not by a scheduler for each message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.web.observing.stages import stage

_STAGES = {"LanguageIdentifier": "language", "NamedThings": "entities", "SegmentEncoder": "encoder", "EntryRanker": "ranking", "Reader": "reading"}


class StraightGraph:
    """Stands in for Rasa's `DaskGraphRunner`, with its nodes: `run` has the same arguments and results."""

    def __init__(self, runner: Any) -> None:
        self._nodes: Mapping[str, Any] = runner._instantiated_nodes  # noqa: SLF001 -- Rasa offers no other way to its nodes
        self._needs = {name: tuple(node.needs.values()) for name, node in runner._graph_schema.nodes.items()}  # noqa: SLF001
        self._stage = {name: _STAGES.get(node.uses.__name__, "rasa") for name, node in runner._graph_schema.nodes.items()}  # noqa: SLF001
        self._orders: dict[tuple[str, ...], tuple[str, ...]] = {}

    @property
    def components(self) -> list[Any]:
        """Our components and Rasa's, as loaded."""
        return [node._component for node in self._nodes.values()]  # noqa: SLF001 -- Rasa shows them in no other way

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """Return the output of each of `targets`, by name."""
        wanted = tuple(targets or ())
        order = self._orders.get(wanted) or self._orders.setdefault(wanted, self._order(wanted))
        done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in order:
            with stage(self._stage[name]):
                done[name] = self._nodes[name](*(done.get(need, need) for need in self._needs[name]))
        return {name: done[name][1] for name in wanted}

    def _order(self, wanted: Sequence[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}

        def add(name: str) -> None:
            if name in self._needs and name not in found:
                for need in self._needs[name]:
                    add(need)
                found[name] = None

        for name in wanted:
            add(name)
        return tuple(found)

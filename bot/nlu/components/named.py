"""What a message names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from types import MappingProxyType

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.content.library import library
from bot.i18n.locale import Locale
from bot.nlu.components.component import Component, Kind, locale_of, register
from bot.nlu.context import points_to_the_other
from bot.nlu.entities import find_entities
from bot.nlu.entity import Entity
from bot.nlu.offices import Names, office_names
from bot.nlu.repeats import remembering


@register(Kind.ENTITY_EXTRACTOR, is_trainable=False)
class NamedThings(Component):
    """Adds ``named``: territories, nationalities, ages, notices and places (spaCy)."""

    _offices: Names = MappingProxyType({})
    _find: Callable[[str, Locale], list[Entity]] | None = None

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``named`` to each message, and whether it points to «the other one»."""
        find = self._finder(office_names(library()))
        for message in messages:
            text = message.get(TEXT)
            message.set("named", [asdict(entity) for entity in find(text, locale_of(message))], add_to_output=True)
            message.set("other_one", points_to_the_other(text), add_to_output=True)
        return messages

    def _finder(self, offices: Names) -> Callable[[str, Locale], list[Entity]]:
        if self._find is None or self._offices is not offices:
            self._offices, self._find = offices, remembering(lambda text, locale: find_entities(text, locale, offices))
        return self._find

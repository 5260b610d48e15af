"""Rasa graph components, in the order of `config.yml`: each reads from the message, calls plain functions of ours and writes back."""

from __future__ import annotations

from bot.nlu.components.encoder import SegmentEncoder
from bot.nlu.components.language import LanguageIdentifier, SlipMender
from bot.nlu.components.named import NamedThings
from bot.nlu.components.ranker import EntryRanker
from bot.nlu.components.reader import Reader

__all__ = ["EntryRanker", "LanguageIdentifier", "NamedThings", "Reader", "SegmentEncoder", "SlipMender"]

"""What is named in a message, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """A thing named in a message.

    `value` is an ISO 3166 code, an age in years, a notice's reference, an IANA zone,
    an ISO date, month or year, a language's code, or a number.
    """

    kind: str
    value: str
    text: str
    start: int

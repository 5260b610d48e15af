"""Which questions cannot wait for the end of the session: a link that is broken, a deadline that is today."""

from __future__ import annotations

from bot.webinar.wording import bare, patterns


def is_urgent(text: str, entries: frozenset[str]) -> bool:
    """Tell whether `text`, for which `entries` come into question, has to be seen now."""
    plain, found = bare(text), patterns()
    if is_broken(text) or any(pattern.search(plain) for pattern in found.urgent["now"]):
        return True
    return bool(entries & found.urgent_today) and any(pattern.search(plain) for pattern in found.urgent["today"])


def is_broken(text: str) -> bool:
    """Tell whether `text` says that a link, a page or a form does not work."""
    plain = bare(text)
    return any(pattern.search(plain) for pattern in patterns().urgent["broken"])

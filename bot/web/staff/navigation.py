"""Where editors and moderators find their pages; each part of the house adds its row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.records.accounts import Account, Role


@dataclass(frozen=True)
class Place:
    """A page in the header: its address, the phrase that names it, and whose it is."""

    address: str
    key: str
    role: Role


PLACES = (
    Place("/editor", "staff-nav-editor", "editor"),
    Place("/editor/missed", "staff-nav-missed", "editor"),
    Place("/editor/figures", "staff-nav-figures", "editor"),
    Place("/moderator", "staff-nav-moderator", "moderator"),
)


def places_of(account: Account | None) -> tuple[Place, ...]:
    """Return the pages that `account` may see, in order."""
    return tuple(place for place in PLACES if account and place.role in account.roles)


def current(path: str, places: Iterable[Place]) -> str | None:
    """Return the address of the place that `path` lies in: the longest that it begins with."""
    within = [place.address for place in places if path == place.address or path.startswith(f"{place.address}/")]
    return max(within, key=len, default=None)

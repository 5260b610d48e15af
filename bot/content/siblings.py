"""Entries that say the same of different offices: daily-work-osg and daily-work-nor."""

from __future__ import annotations

from bot.content.model import Entry, Library, Notice


def sibling(entry: Entry, meant: Notice, library: Library) -> Entry | None:
    """Return the entry that says of the notice `meant` what `entry` says of its own: daily-work-osg for daily-work-nor."""
    for reference in entry.notices or ():
        office = library.notices[reference].office if reference in library.notices else ""
        parts = [meant.office if part == office else part for part in entry.id.split("-")]
        found = library.entries.get("-".join(parts))
        if office and found and found.concerns(meant):
            return found
    return None

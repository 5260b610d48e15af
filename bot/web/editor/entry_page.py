"""The list of entries, and the page of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web

from bot.content.conditions import TESTS
from bot.content.draft_check import is_document_path
from bot.content.editing import CannotEdit, form_of
from bot.content.model import KINDS, TOPICS, Entry, Library
from bot.content.wording import in_words
from bot.i18n.locale import Locale
from bot.web.api import CLOCK
from bot.web.editor.forms import entry_form
from bot.web.editor.frame import at_the_desk, part_of, titles
from bot.web.editor.listing import NEEDS, STATES, Listed, State, Wanted, found, listed
from bot.web.editor.preview import facts_in_words
from bot.web.publishing.following import CONTENT
from bot.web.publishing.outcomes import CHANGED, Opened, Overview
from bot.web.staff.access import requires
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
FOLDER = "entries/"
_STATES: dict[str, State] = {"published": "published", CHANGED: "draft", "new": "new", "removed": "removed"}


@routes.get("/editor")
@requires("editor")
async def entries(request: web.Request) -> web.Response:
    """Show the list of entries, or those that are looked for."""
    overview = await at_the_desk(request.app[CONTENT].desk.overview)
    wanted = Wanted.of(request.query)
    rows = found(rows_of(overview), wanted)
    present = {id_of(path): names for path, names in overview.open_with.items()}
    return await part_of(request, "list.html", "/editor", rows=rows, wanted=wanted, topics=TOPICS, states=STATES, needs=NEEDS, open_with=present)


@routes.get("/editor/new")
@requires("editor")
async def new(request: web.Request) -> web.Response:
    """Lead to the page of a new entry."""
    entry = request.query.get("id", "").strip().lower()
    if not is_document_path(path_of(entry)):
        raise web.HTTPNotFound
    raise web.HTTPSeeOther(f"/editor/entries/{entry}")


@routes.get("/editor/entries/{entry:.+}")
@requires("editor")
async def entry(request: web.Request) -> web.Response:
    """Show one entry to be edited; one that is not there yet begins empty."""
    key, locale, desk = request.match_info["entry"], locale_of(request), request.app[CONTENT].desk
    path = path_of(key)
    if not is_document_path(path):
        raise web.HTTPNotFound
    opened = await at_the_desk(desk.open, path)
    library = await at_the_desk(desk.drafted)
    if opened.revision and opened.text is None:
        return await part_of(request, "removed.html", "/editor", entry=key, opened=opened, question=await at_the_desk(_question_of, opened, locale))
    try:
        form = entry_form(form_of(opened.text, file=path) if opened.text else {"topic": "applying", "review_by": _in_a_year(request.app[CLOCK]())})
    except CannotEdit as error:
        return await part_of(request, "broken.html", "/editor", path=path, problem=error.problem)
    known = sum(phrasing.entry == key for phrasing in desk.known())
    values = choices(library, locale, key)
    data = {"facts": facts_in_words(library), "dated": conditions_of(library, locale), "tests": TESTS}
    day = here(library, request.app[CLOCK]()).strftime("%Y-%m-%dT%H:%M")
    return await part_of(request, "entry.html", "/editor", entry=key, opened=opened, form=form, known=known, day=day, data=data, **values)


def rows_of(overview: Overview) -> list[Listed]:
    """Return a row for every entry, in the order of topics and ids."""
    rows = []
    for row in overview.rows:
        if row.path.startswith(FOLDER):
            faults = sum(problem.severity == "fault" for problem in row.problems)
            entry = overview.library.entries.get(id_of(row.path)) or overview.live.entries.get(id_of(row.path)) or _unread(id_of(row.path))
            rows.append(listed(entry, _STATES[row.state], faults=faults, style=len(row.problems) - faults, by=row.draft.by if row.draft else ""))
    return sorted(rows, key=lambda row: (TOPICS.index(row.topic) if row.topic in TOPICS else len(TOPICS), row.id))


def path_of(entry: str) -> str:
    """Return where the entry stands."""
    return f"{FOLDER}{entry}.yaml"


def id_of(path: str) -> str:
    """Return the id of what stands at `path`."""
    return path.partition("/")[2].removesuffix(".yaml")


def choices(library: Library, locale: Locale, key: str) -> dict[str, Any]:
    """Return what an entry's fields can be chosen from."""
    notices = list(library.notices.values())
    sections = {name: words[locale] for notice in notices for name, words in notice.sections.items()}
    links = {fact.id: fact.label.get(locale) or fact.id for notice in notices for fact in notice.facts.values() if fact.type == "link"}
    questions = {one.id: one.question[locale] or one.id for one in sorted(library.entries.values(), key=lambda one: one.question[locale]) if one.id != key}
    return {
        "topics": TOPICS,
        "kinds": KINDS,
        "criteria": sorted(library.criteria),
        "notices": titles(library, locale),
        "sections": sections,
        "links": links,
        "questions": questions,
    }


def conditions_of(library: Library, locale: Locale) -> dict[str, str]:
    """Return the facts that a condition may name, those with a date first, each with what it says; nothing for long ones."""
    said: dict[str, str] = {}
    facts = [(fact, notice) for notice in library.notices.values() for fact in notice.facts.values()]
    for fact, notice in sorted(facts, key=lambda pair: pair[0].type not in {"instant", "months"}):
        short = fact.type in {"instant", "months", "count", "bound", "languages"}
        said.setdefault(fact.id, in_words(fact, locale, "", zone=notice.zone) if short else "")
    return said


def here(library: Library, now: datetime) -> datetime:
    """Return `now` on the notices' clock."""
    return next((now.astimezone(notice.zone) for notice in library.notices.values()), now)


def _question_of(opened: Opened, locale: Locale) -> str:
    """Return the question of an entry that is to be taken away, as it is published."""
    try:
        return entry_form(form_of(opened.live or "", file=opened.path))["question"][locale] or id_of(opened.path)
    except CannotEdit:
        return id_of(opened.path)


def _unread(key: str) -> Entry:
    return Entry(key, "answer", "", {"en": "", "fr": ""}, ())


def _in_a_year(now: datetime) -> str:
    return now.date().replace(year=now.year + 1, day=min(now.day, 28)).isoformat()

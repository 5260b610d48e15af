"""The notices, and the facts of one: a form for each, and which entries use it."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from bot.content.draft_check import is_document_path
from bot.content.editing import CannotEdit, form_of
from bot.content.facts import COMPARISONS, TYPES, UNITS
from bot.content.model import Library
from bot.content.uses import uses
from bot.content.wording import in_words
from bot.i18n.locale import Locale
from bot.web.editor.fact_forms import facts_form
from bot.web.editor.frame import at_the_desk, part_of
from bot.web.publishing.following import CONTENT
from bot.web.staff.access import requires
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
FOLDER = "notices/"
PART = "/editor/notices"
FACT_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@routes.get(PART)
@requires("editor")
async def notices(request: web.Request) -> web.Response:
    """Show the notices that are answered for."""
    overview = await at_the_desk(request.app[CONTENT].desk.overview)
    rows = {row.path.removeprefix(FOLDER).removesuffix(".yaml"): row for row in overview.rows if row.path.startswith(FOLDER)}
    return await part_of(request, "notices.html", PART, rows=rows, library=overview.library)


@routes.get(PART + "/{notice}")
@requires("editor")
async def notice(request: web.Request) -> web.Response:
    """Show the facts of one notice to be edited; ``?add=ID&type=TYPE`` begins another."""
    reference, locale, desk = request.match_info["notice"], locale_of(request), request.app[CONTENT].desk
    path = f"{FOLDER}{reference}.yaml"
    if not is_document_path(path):
        raise web.HTTPNotFound
    opened = await at_the_desk(desk.open, path)
    if opened.text is None:
        raise web.HTTPNotFound
    library = await at_the_desk(desk.drafted)
    try:
        values = form_of(opened.text, file=path)
    except CannotEdit as error:
        return await part_of(request, "broken.html", PART, path=path, problem=error.problem)
    added = _added(request, values)
    form = facts_form({**values, "facts": {**values.get("facts", {}), **added}})
    sections = {key: (words.get(locale) if isinstance(words, dict) else "") or key for key, words in (values.get("sections") or {}).items()}
    said = said_of(library, reference, locale)
    used = {key: uses(library, key) for key in form["facts"]}
    shown = {"form": form["facts"], "sections": sections, "said": said, "used": used, "added": added, "units": UNITS, "comparisons": COMPARISONS, "types": TYPES}
    return await part_of(request, "notice.html", PART, reference=reference, opened=opened, data={}, questions=library.entries, **shown)


def said_of(library: Library, reference: str, locale: Locale) -> dict[str, str]:
    """Return the facts of a notice in words."""
    found = library.notices.get(reference)
    if found is None:
        return {}
    return {key: str(fact.value(locale)) if fact.type == "link" else in_words(fact, locale, "", zone=found.zone).replace("\n", " ") for key, fact in found.facts.items()}


def _added(request: web.Request, values: dict[str, Any]) -> dict[str, Any]:
    key, kind = request.query.get("add", "").strip().lower(), request.query.get("type", "text")
    if not FACT_ID.fullmatch(key) or len(key) > 60 or kind not in TYPES or key in (values.get("facts") or {}):
        return {}
    return {key: {"type": kind, "section": next(iter(values.get("sections") or {}), ""), "value": ""}}

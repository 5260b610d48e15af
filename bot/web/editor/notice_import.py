"""A notice as published, read on the page: what it states, what it lacks, what changes; then a draft of what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.content.draft_check import is_document_path
from bot.content.editing import form_of
from bot.content.notice_import import NoticeTooLarge, changes, disagreements, import_notice
from bot.content.notice_import.accept import NEEDED, accepted, lacking
from bot.content.notice_import.draft import Imported
from bot.i18n.locale import LOCALES, Locale
from bot.records.drafts import Draft
from bot.web.editor.disagreeing import why
from bot.web.editor.frame import at_the_desk
from bot.web.problem import Refused
from bot.web.publishing.desk import Desk
from bot.web.publishing.following import CONTENT
from bot.web.questions import read_json
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
MAX_NOTICE = 2_000_000  # bytes
MAX_GIVEN = 300  # characters of a fact that an editor writes
Given = Mapping[str, Mapping[Locale, str]]


@routes.post("/editor/api/notice")
@requires("editor", body=MAX_NOTICE)
async def read_notice(request: web.Request) -> web.Response:
    """Say what a notice states, what was not understood, and what changes; with ``chosen``, make a draft of those facts."""
    body = await read_json(request)
    text, chosen, by = body.get("text"), body.get("chosen"), who(request).name
    if not isinstance(text, str) or not (chosen is None or (isinstance(chosen, list) and all(isinstance(one, str) for one in chosen))):
        raise Refused(400, "error-malformed", detail="text, chosen")
    desk = request.app[CONTENT].desk
    try:
        imported = await at_the_desk(import_notice, text)
    except NoticeTooLarge as error:
        raise Refused(413, "error-too-large") from error
    if chosen is None:
        return web.json_response(await at_the_desk(_read, desk, imported, locale_of(request)))
    path = f"notices/{imported.reference}.yaml"
    if not imported.reference or not is_document_path(path):
        raise Refused(422, "editor-no-reference")
    given = _given(body.get("given"))
    kept = await at_the_desk(_accept, desk, imported, path, chosen, given, by)
    return web.json_response({"notice": imported.reference, "kept": kept}, status=200 if kept else 409)


def _read(desk: Desk, imported: Imported, locale: Locale) -> dict[str, Any]:
    library = desk.drafted()
    old = library.notices.get(imported.reference or "")
    differs = [] if old is None else [{"id": one.id, "language": one.language, "what": one.what, "was": one.was} for one in changes(imported, old)]
    found = tuple(replace(one, why=why(one.why, locale)) for one in disagreements(imported))
    return {**imported.as_json(found), "known": old is not None, "changes": differs, "lacking": list(lacking(imported, _held(desk, f"notices/{imported.reference}.yaml")))}


def _accept(desk: Desk, imported: Imported, path: str, chosen: list[str], given: Given, by: str) -> bool:
    opened = desk.open(path)
    _, _, documents = desk.documents()
    models = [text for name, text in documents.items() if name.startswith("notices/") and name != path]
    before = form_of(opened.text, file=path) if opened.text else {}
    form = accepted(imported, before, chosen, form_of(models[-1]) if models else {}, given)
    if not set(NEEDED) <= set(form["facts"]):
        raise Refused(422, "editor-notice-lacks")
    return isinstance(desk.save_form(path, form, revision=opened.revision, by=by), Draft)


def _held(desk: Desk, path: str) -> dict[str, Any]:
    text = desk.open(path).text
    return form_of(text) if text else {}


def _given(sent: Any) -> dict[str, dict[Locale, str]]:
    """Return the facts that an editor wrote, each in both languages; one that is not whole was not given."""
    found: dict[str, dict[Locale, str]] = {}
    for key in NEEDED:
        words = sent.get(key) if isinstance(sent, dict) else None
        said = {locale: str(words.get(locale, "")).strip()[:MAX_GIVEN] for locale in LOCALES} if isinstance(words, dict) else {}
        if said and all(said.values()):
            found[key] = said
    return found

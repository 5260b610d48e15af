"""What the editors' pages ask while someone writes: looking, saving, who else is here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.content.document import Document, parse_document
from bot.content.editing import CannotEdit, edited, form_of
from bot.content.model import Library
from bot.content.typography import typeset
from bot.i18n.locale import LOCALES
from bot.records.drafts import Conflict, Draft
from bot.web.api import CLOCK, notice_row
from bot.web.editor.entry_page import FOLDER, id_of
from bot.web.editor.fact_forms import facts_changes, facts_form
from bot.web.editor.forms import BadForm, Form, entry_changes, entry_form
from bot.web.editor.frame import at_the_desk
from bot.web.editor.notice_page import said_of
from bot.web.editor.preview import previews
from bot.web.editor.telling import told
from bot.web.problem import Refused
from bot.web.publishing.desk import Desk
from bot.web.publishing.following import CONTENT
from bot.web.publishing.outcomes import Opened, Unfit
from bot.web.questions import read_json
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
MAX_BODY = 400_000  # bytes: twice the largest document


@routes.post("/editor/api/look")
@requires("editor", body=MAX_BODY)
async def look(request: web.Request) -> web.Response:
    """Say what is wrong with a form as it stands, and what an entry would look like; nothing is kept."""
    body = await read_json(request)
    path, locale, desk = _path(body), locale_of(request), request.app[CONTENT].desk
    opened = await at_the_desk(desk.open, path)
    text = written(opened, path, body.get("form"))
    checked = await at_the_desk(desk.preview, path, text)
    read = parse_document(text, file=path)
    problems = told((one for one in checked.problems if one.file == path), read if isinstance(read, Document) else None, locale)
    answer: dict[str, Any] = {"problems": problems}
    if path.startswith(FOLDER):
        now = moment_of(body.get("day"), checked.library, request.app[CLOCK]())
        answer["previews"] = previews(checked.library, id_of(path), notice=body.get("notice") or None, now=now)
        answer["notices"] = [notice_row(notice, locale, now) for notice in checked.library.notices.values()]
    else:
        answer["said"] = said_of(checked.library, id_of(path), locale)
    return web.json_response(answer)


@routes.put("/editor/api/drafts")
@requires("editor", body=MAX_BODY)
async def save(request: web.Request) -> web.Response:
    """Keep a form as a draft; 409 with theirs where someone saved or published meanwhile."""
    body = await read_json(request)
    path, desk, by = _path(body), request.app[CONTENT].desk, who(request).name
    outcome = await at_the_desk(_save, desk, path, body, by)
    if isinstance(outcome, Unfit):
        raise Refused(422, "editor-unfit", detail=outcome.problem.message)
    opened = await at_the_desk(desk.open, path)
    return web.json_response(_opened(opened), status=200 if isinstance(outcome, Draft) else 409)


def _save(desk: Desk, path: str, body: Mapping[str, Any], by: str) -> Draft | Conflict | Unfit:
    opened, revision, base = desk.open(path), body.get("revision"), body.get("base")
    if not isinstance(revision, int):
        raise Refused(400, "error-malformed", detail="revision")
    if opened.revision != revision or (revision == 0 and base != opened.base):
        return Conflict(None, desk.draft(path))  # published or changed meanwhile: the form was filled in from another text
    joined = opened.base if body.get("joined") is True and base == opened.base else None
    return desk.save_form(path, _changes(opened, path, body.get("form")), revision=revision, by=by, base=joined)


@routes.delete("/editor/api/drafts")
@requires("editor")
async def discard(request: web.Request) -> web.Response:
    """Throw a draft away, if nobody has gone on with it."""
    body = await read_json(request)
    path, desk, revision = _path(body), request.app[CONTENT].desk, body.get("revision")
    if not isinstance(revision, int):
        raise Refused(400, "error-malformed", detail="revision")
    conflict = await at_the_desk(lambda: desk.discard(path, revision=revision))
    return web.json_response({}, status=409 if conflict else 200)


@routes.post("/editor/api/presence")
@requires("editor")
async def present(request: web.Request) -> web.Response:
    """Note that someone has a document open; say who else has, and how it stands."""
    path, desk = _path(await read_json(request)), request.app[CONTENT].desk
    others = await at_the_desk(desk.see, path, who(request).name)
    opened = await at_the_desk(desk.open, path)
    return web.json_response({"others": list(others), "revision": opened.revision, "base": opened.base, "by": opened.by or ""})


@routes.delete("/editor/api/presence")
@requires("editor")
async def leave(request: web.Request) -> web.Response:
    """Note that someone has closed a document."""
    path = _path(request.query)  # no body: the page is going, and would not wait for one to be read
    await at_the_desk(request.app[CONTENT].desk.leave, path, who(request).name)
    return web.Response(status=204)


@routes.get("/editor/api/documents/{path:.+}")
@requires("editor")
async def document(request: web.Request) -> web.Response:
    """Return a document's form as drafted and as published."""
    path = _path({"path": request.match_info["path"]})
    opened = await at_the_desk(request.app[CONTENT].desk.open, path)
    return web.json_response(_opened(opened) | {"live": form(path, opened.live)})


@routes.post("/editor/api/typeset")
@requires("editor", body=MAX_BODY)
async def set_type(request: web.Request) -> web.Response:
    """Return a text with the marks and spaces of its language."""
    body = await read_json(request)
    text, language = body.get("text"), body.get("language")
    if not isinstance(text, str) or language not in LOCALES:
        raise Refused(400, "error-malformed", detail="text, language")
    return web.json_response({"text": typeset(text, language)})


def written(opened: Opened, path: str, given: Any) -> str:
    """Return the text of the document as `given`, a form, would make it."""
    try:
        return edited(opened.text or "", _changes(opened, path, given), file=path)
    except CannotEdit as error:
        raise Refused(422, "editor-unfit", detail=error.problem.message) from error


def form(path: str, text: str | None) -> Form | None:
    """Return the form of a document's text; None where it cannot be shown in one."""
    try:
        values = form_of(text, file=path) if text else {}
    except CannotEdit:
        return None
    return entry_form(values) if path.startswith(FOLDER) else facts_form(values)


def moment_of(day: Any, library: Library, now: datetime) -> datetime:
    """Return the moment that a field of the page names, on the notices' clock; the present one for anything else."""
    zone = next((notice.zone for notice in library.notices.values()), None)
    try:
        chosen = datetime.fromisoformat(str(day))
    except ValueError:
        return now
    return chosen if chosen.tzinfo else chosen.replace(tzinfo=zone or now.tzinfo)


def _changes(opened: Opened, path: str, given: Any) -> dict[str, Any]:
    try:
        before = form_of(opened.text, file=path) if opened.text else {}
        changes = entry_changes(given, before) if path.startswith(FOLDER) else facts_changes(given, before)
    except BadForm as error:
        raise Refused(400, "error-malformed", detail=str(error)) from error
    except CannotEdit as error:
        raise Refused(422, "editor-unfit", detail=error.problem.message) from error
    return changes if "id" in before else {"id": id_of(path), **changes}


def _opened(opened: Opened) -> dict[str, Any]:
    return {"revision": opened.revision, "base": opened.base, "by": opened.by or "", "stale": opened.stale, "form": form(opened.path, opened.text)}


def _path(body: Mapping[str, Any]) -> str:
    path = body.get("path")
    if not isinstance(path, str) or not path.startswith((FOLDER, "notices/")):
        raise Refused(400, "error-malformed", detail="path")
    return path

"""Publishing: what would change and what is in its way, the history, and the way back."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.content.difference import understanding_changes
from bot.content.draft_check import key_of
from bot.i18n.catalogue import phrase
from bot.web.api import ASSISTANT
from bot.web.editor.differing import shown
from bot.web.editor.entry_page import id_of
from bot.web.editor.frame import at_the_desk, part_of
from bot.web.editor.telling import mend, message
from bot.web.editor.try_page import questions_of
from bot.web.publishing.files import pending
from bot.web.publishing.following import CONTENT
from bot.web.publishing.outcomes import HeldBack, NoSuchRelease, Published, Review
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
PART = "/editor/publish"
REASON = "reason:"
MAX_BODY = 200_000
_KINDS = {"entries": "entry", "notices": "notice", "criteria": "criterion"}


@routes.get(PART)
@requires("editor")
async def review(request: web.Request) -> web.Response:
    """Show what publishing would change, and the releases so far."""
    return await _page(request)


@routes.post(PART)
@requires("editor", body=MAX_BODY)
async def publish(request: web.Request) -> web.Response:
    """Publish every draft, or say what is in the way."""
    sent = await request.post()
    why = str(sent.get("why", "")).strip()
    reasons = {key.removeprefix(REASON): str(value) for key, value in sent.items() if key.startswith(REASON) and str(value).strip()}
    if not why:
        return await _page(request, told="editor-why-missing", reasons=reasons)
    publisher = request.app[CONTENT].publisher
    outcome = await at_the_desk(lambda: publisher.publish(by=who(request).name, why=why, reasons=reasons))
    if isinstance(outcome, Published):
        raise web.HTTPSeeOther(f"{PART}?done={outcome.head.number}{'&trains=1' if outcome.trains else ''}")
    if isinstance(outcome, HeldBack):
        return await _page(request, told="editor-moved" if outcome.moved else "editor-held", why=why, reasons=reasons, shortfalls=outcome.shortfalls, status=409)
    return await _page(request, told="editor-nothing")


@routes.post("/editor/rollback")
@requires("editor")
async def roll_back(request: web.Request) -> web.Response:
    """Make an earlier release live again."""
    sent = await request.post()
    number = str(sent.get("number", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise web.HTTPBadRequest
    publisher, why = request.app[CONTENT].publisher, phrase("editor-rolled-back", locale_of(request), number=int(number))
    outcome = await at_the_desk(lambda: publisher.roll_back(int(number), by=who(request).name, why=why))
    if isinstance(outcome, NoSuchRelease):
        raise web.HTTPNotFound
    if isinstance(outcome, HeldBack):
        return await _page(request, told="editor-moved", status=409)
    raise web.HTTPSeeOther(f"{PART}?done={outcome.head.number}#history")


@routes.get("/editor/releases/{number:[0-9]{1,9}}")
@requires("editor")
async def release(request: web.Request) -> web.Response:
    """Show what one release changed."""
    number, locale, publisher = int(request.match_info["number"]), locale_of(request), request.app[CONTENT].publisher
    found = await at_the_desk(publisher.published, number)
    if isinstance(found, NoSuchRelease):
        raise web.HTTPNotFound
    return await part_of(request, "release.html", PART, head=found.head, changes=[(change, shown(change, locale)) for change in found.changes])


async def _page(request: web.Request, *, told: str = "", why: str = "", reasons: dict[str, str] | None = None, shortfalls: tuple[str, ...] = (), status: int = 200) -> web.Response:
    content, locale = request.app[CONTENT], locale_of(request)
    found = await at_the_desk(content.desk.review)
    history = await at_the_desk(content.publisher.history)
    told_problems = {"faults": [_row(one, locale) for one in found.faults], "styles": _by_key(found, locale)}
    values: dict[str, Any] = {"review": found, "history": history, "told": told, "why": why, "reasons": reasons or {}, "shortfalls": shortfalls, "live": content.number}
    values |= {"done": request.query.get("done", ""), "trains": "trains" in request.query, "held": await at_the_desk(pending, content.desk, content.root)}
    changes = [(change, shown(change, locale)) for change in found.changes]
    told_of = {(change.kind, change.id) for change in found.changes}
    understood = understanding_changes(content.live.library, found.library)
    values["data"] = {"questions": questions_of(found.library, locale), "trial": bool(found.paths) and understood and request.app[ASSISTANT].ready}
    values["silent"] = [path for path in found.paths if (_KINDS.get(path.partition("/")[0], ""), id_of(path)) not in told_of]
    response = await part_of(request, "publish.html", PART, changes=changes, **told_problems, **values)
    response.set_status(status)
    return response


def _by_key(found: Review, locale: Any) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    for one in found.styles:
        rows.setdefault(key_of(one), []).append(_row(one, locale))
    return rows


def _row(one: Any, locale: Any) -> dict[str, str]:
    return {"file": one.file, "message": message(one, locale), "mend": mend(one, locale), "address": address_of(one.file)}


def address_of(path: str) -> str:
    """Return the page on which the document at `path` is edited."""
    folder, _, rest = path.partition("/")
    return f"/editor/{folder}/{rest.removesuffix('.yaml')}" if folder in {"entries", "notices"} else f"/editor/files/{path}"

"""Taking an entry away: first what leans on it, then a draft that asks for it; whatever happens, it is undone by discarding that draft."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.content.draft_check import new_problems
from bot.content.release import with_changes
from bot.content.uses import leaning_on
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale
from bot.records.drafts import Draft
from bot.web.editor.entry_page import FOLDER, id_of
from bot.web.editor.frame import at_the_desk, titles
from bot.web.editor.telling import told
from bot.web.problem import Refused
from bot.web.publishing.desk import Desk
from bot.web.publishing.following import CONTENT
from bot.web.publishing.probes import golden_probes
from bot.web.questions import read_json
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()


@routes.get("/editor/api/leaning/{entry:.+}")
@requires("editor")
async def leaning(request: web.Request) -> web.Response:
    """Say what leans on an entry, and what would have to be mended without it."""
    entry, desk = request.match_info["entry"], request.app[CONTENT].desk
    return web.json_response(await at_the_desk(_leaning, desk, entry, locale_of(request), who(request).name))


@routes.post("/editor/api/removals")
@requires("editor")
async def remove(request: web.Request) -> web.Response:
    """Make a draft that takes an entry away; 409 where someone saved or published meanwhile."""
    body = await read_json(request)
    path, revision, base = body.get("path"), body.get("revision"), body.get("base")
    if not isinstance(path, str) or not path.startswith(FOLDER) or not isinstance(revision, int) or not isinstance(base, str):
        raise Refused(400, "error-malformed", detail="path, revision, base")
    kept = await at_the_desk(_remove, request.app[CONTENT].desk, path, revision, base, who(request).name)
    return web.json_response({}, status=200 if kept else 409)


def _remove(desk: Desk, path: str, revision: int, base: str, by: str) -> bool:
    opened = desk.open(path)
    if opened.live is None or opened.base != base:
        return False
    return isinstance(desk.save(path, None, revision=revision, by=by, base=base), Draft)


def _leaning(desk: Desk, entry: str, locale: Locale, by: str) -> dict[str, Any]:
    found, chosen, documents = desk.documents()
    path = f"{FOLDER}{entry}.yaml"
    before, after = desk.check(documents, found), desk.check(with_changes(documents, {path: None}), found)
    library, draft = before.library, chosen.get(path)
    leans, names = leaning_on(library, entry), titles(library, locale)
    broken = [one for one in new_problems(before.problems, after.problems, {}) if one.severity == "fault"]
    golden = sum(entry in (*probe.wanted, *probe.also) for probe in golden_probes())
    return {
        "related": [{"entry": one, "question": library.entries[one].question[locale] or one} for one in leans.related],
        "notices": [f"{reference} – {names[reference]}" for reference in leans.notices],
        "topic": phrase(f"topic-{leans.topic}", locale) if leans.topic else "",
        "golden": golden,
        "stored": sum(one.entry == entry for one in desk.known()),
        "problems": [one | {"entry": one["entry"] or id_of(one["file"])} for one in told(broken, None, locale)],
        "draft": draft.by if draft and draft.by != by else "",
    }

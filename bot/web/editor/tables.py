"""Import and export: entries as a table for translators, a notice as published. Nothing changes until it is confirmed, and then as drafts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.content.spreadsheet import COLUMNS, MAX_FILE, Plan, plan, read_table, rows, to_csv, to_xlsx
from bot.content.spreadsheet.columns import header
from bot.web.editor.applying import apply
from bot.web.editor.frame import at_the_desk, part_of
from bot.web.problem import Refused
from bot.web.publishing.following import CONTENT
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
PART = "/editor/tables"
MAX_NOTICE = 2_000_000  # bytes
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


@routes.get(PART)
@requires("editor")
async def tables(request: web.Request) -> web.Response:
    """Show what can be taken out and brought in."""
    locale = locale_of(request)
    return await part_of(request, "tables.html", PART, data={"columns": {column: header(column, locale) for column in COLUMNS}})


@routes.get(r"/editor/export/entries.{kind:xlsx|csv}")
@requires("editor")
async def export(request: web.Request) -> web.Response:
    """Return every entry, drafts included, as a table."""
    kind, locale, desk = request.match_info["kind"], locale_of(request), request.app[CONTENT].desk

    def made() -> bytes:
        found, chosen, documents = desk.documents()
        states = {path: "draft" if path in found.documents else "new" for path in chosen}
        return (to_xlsx if kind == "xlsx" else to_csv)(rows(documents, states), locale)

    headers = {"Content-Disposition": f'attachment; filename="guichet-{locale}.{kind}"', "Cache-Control": "no-store"}
    return web.Response(body=await at_the_desk(made), content_type=_TYPES[kind], headers=headers)


@routes.post("/editor/api/table")
@requires("editor", body=MAX_FILE + 100_000)
async def import_table(request: web.Request) -> web.Response:
    """Say what a table would change; with the digest of that plan, and the entries that were chosen, make drafts of them."""
    sent = await request.post()
    file = sent.get("file")
    if not isinstance(file, web.FileField):
        raise Refused(400, "error-malformed", detail="file")
    with file.file as uploaded:
        data = uploaded.read()
    mapping, chosen = _mapping(sent.get("mapping")), sent.get("chosen")
    desk, locale, by = request.app[CONTENT].desk, locale_of(request), who(request).name

    def work() -> tuple[dict[str, Any], int]:
        _, _, documents = desk.documents()
        table = read_table(data, mapping)
        made = plan(table, documents, desk.drafted())
        answer = {**made.as_json(locale), "digest": digest_of(made), "headers": list(table.headers), "columns": dict(table.columns)}
        if chosen is None:
            return answer, 200
        if sent.get("digest") != answer["digest"]:
            return answer, 409
        wanted = set(str(chosen).split("\n"))
        return {"drafts": apply(desk, (one for one in made.changes if one.path in wanted), by)}, 200

    answer, status = await at_the_desk(work)
    return web.json_response(answer, status=status)


def digest_of(made: Plan) -> str:
    """Return what tells one plan from another."""
    told = [(one.path, one.was, one.now) for one in made.changes]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def _mapping(sent: Any) -> Mapping[str, str | int]:
    try:
        given = json.loads(str(sent or "{}"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refused(400, "error-malformed", detail="mapping") from error
    if not isinstance(given, dict):
        raise Refused(400, "error-malformed", detail="mapping")
    return {str(key): value for key, value in given.items() if isinstance(value, str | int) and value != ""}

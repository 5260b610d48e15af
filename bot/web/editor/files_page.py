"""Files that git changed and that were not taken over: seen beside what is live, whatever they are, and settled for one side or the other."""

from __future__ import annotations

from aiohttp import web

from bot.content.draft_check import is_document_path
from bot.i18n.locale import Locale
from bot.records.drafts import Draft
from bot.web.editor.differing import pieces
from bot.web.editor.frame import at_the_desk, part_of
from bot.web.editor.telling import told
from bot.web.problem import Refused
from bot.web.publishing.desk import Desk
from bot.web.publishing.files import keep_page, pending
from bot.web.publishing.following import CONTENT
from bot.web.publishing.outcomes import Unfit
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
PART = "/editor/publish"
MAX_BODY = 400_000  # bytes: twice the largest document


@routes.get("/editor/files/{path:.+}")
@requires("editor")
async def file(request: web.Request) -> web.Response:
    """Show a document as text: the file's, or the draft's, beside what is live."""
    return await _page(request, _path(request))


@routes.post("/editor/files/{path:.+}")
@requires("editor", body=MAX_BODY)
async def save(request: web.Request) -> web.Response:
    """Keep a document's text as a draft, or decide that the page's stands against the file."""
    path, sent, content = _path(request), await request.post(), request.app[CONTENT]
    if sent.get("decision") == "page":
        await at_the_desk(keep_page, content.desk, content.root, path)
        content.look_again()
        raise web.HTTPSeeOther(PART)
    text, revision = str(sent.get("text", "")), str(sent.get("revision", ""))
    if not revision.isdigit() or len(revision) > 12:
        raise Refused(400, "error-malformed", detail="revision")
    removed = sent.get("decision") == "gone"
    outcome = await at_the_desk(lambda: content.desk.save(path, None if removed else text, revision=int(revision), by=who(request).name, base=str(sent.get("base", "")) or None))
    if isinstance(outcome, Draft):
        raise web.HTTPSeeOther(PART)
    trouble = outcome.problem.message if isinstance(outcome, Unfit) else ""
    return await _page(request, path, given=text, told_key="editor-file-conflict" if not trouble else "", trouble=trouble, status=409)


async def _page(request: web.Request, path: str, *, given: str | None = None, told_key: str = "", trouble: str = "", status: int = 200) -> web.Response:
    content, locale = request.app[CONTENT], locale_of(request)
    opened = await at_the_desk(content.desk.open, path)
    waiting = next((one for one in await at_the_desk(pending, content.desk, content.root) if one.path == path), None)
    if waiting is None and opened.text is None and opened.live is None:
        raise web.HTTPNotFound
    text = given if given is not None else opened.text if opened.revision else (waiting.text if waiting else opened.text)
    problems = await at_the_desk(_problems, content.desk, path, text, locale) if text is not None else []
    change = pieces(opened.live, waiting.text) if waiting else pieces(opened.live, text)
    shown = {"path": path, "opened": opened, "file": waiting, "text": text, "problems": problems, "pieces": change}
    response = await part_of(request, "file.html", PART, told_key=told_key, trouble=trouble, **shown)
    response.set_status(status)
    return response


def _problems(desk: Desk, path: str, text: str, locale: Locale) -> list[dict[str, object]]:
    return [one | {"line": problem.line} for problem in desk.check_text(path, text) for one in told([problem], None, locale)]


def _path(request: web.Request) -> str:
    path = request.match_info["path"]
    if not is_document_path(path):
        raise web.HTTPNotFound
    return path

"""Trying a draft before it is published: one question with everything behind its answer, or all known questions at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from bot.content.difference import difference
from bot.content.model import Library
from bot.i18n.locale import LOCALES
from bot.web.api import ASSISTANT, CLOCK, notice_row
from bot.web.assistant import AssistantDown, Question
from bot.web.editor.api import moment_of
from bot.web.editor.entry_page import here
from bot.web.editor.frame import at_the_desk, part_of, titles
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.publishing.desk import Desk
from bot.web.publishing.following import CONTENT
from bot.web.publishing.probes import Probe, golden_probes, own_probes
from bot.web.publishing.trying import Tester, Trial, Turned, try_question
from bot.web.questions import locale, read_json
from bot.web.staff.access import requires
from bot.web.staff.shell import locale_of

log = logging.getLogger(__name__)
routes = web.RouteTableDef()
PART = "/editor/try"
MAX_TEXT = 2_000
MAX_SHOWN = 200  # questions whose answer changes


@dataclass
class Run:
    """All known questions being put to a draft: how far it has come, and what came of it."""

    task: asyncio.Task[None] | None = None
    done: int = 0
    total: int = 0
    trial: Trial | None = None
    failed: bool = False

    @property
    def busy(self) -> bool:
        """Tell whether it is under way."""
        return self.task is not None and not self.task.done()

    def went(self, done: int, total: int) -> None:
        """Note how far it has come."""
        self.done, self.total = done, total


RUN = web.AppKey("editor_run", Run)


@routes.get(PART)
@requires("editor")
async def page(request: web.Request) -> web.Response:
    """Show the form to ask, and the button to test all."""
    library = await at_the_desk(request.app[CONTENT].desk.drafted)
    day = here(library, request.app[CLOCK]()).strftime("%Y-%m-%dT%H:%M")
    return await part_of(request, "try.html", PART, notices=titles(library, locale_of(request)), day=day, data={"questions": _questions(library, request)})


@routes.post("/editor/api/try")
@requires("editor")
async def try_one(request: web.Request) -> web.Response:
    """Answer a question from the draft, with the ranking and what speaks for each entry."""
    body = await read_json(request)
    text, language = body.get("text"), body.get("language") or None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT or (language is not None and language not in LOCALES):
        raise Refused(422, "error-empty")
    desk = request.app[CONTENT].desk
    library = await at_the_desk(desk.drafted)
    notice = body.get("notice") if body.get("notice") in library.notices else None
    now = moment_of(body.get("day"), library, request.app[CLOCK]())
    question = Question(text, language=locale(language), accepts=locale_of(request), notice=notice, now=now)
    try:
        tried = await asyncio.to_thread(try_question, request.app[ASSISTANT], library, question, desk.known())
    except AssistantDown as error:
        raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS) from error
    rows = [notice_row(one, locale_of(request), now) for one in library.notices.values()]
    return web.json_response({"reply": dict(tried.reply), "ranking": [asdict(one) for one in tried.ranking], "notices": rows})


@routes.post("/editor/api/trials")
@requires("editor")
async def begin(request: web.Request) -> web.Response:
    """Begin to put every known question to the live release and to the draft."""
    run, assistant = request.app[RUN], request.app[ASSISTANT]
    if not assistant.ready:
        raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS)
    if not run.busy:
        run.trial, run.failed, run.done, run.total = None, False, 0, 0
        run.task = asyncio.create_task(_test_all(request.app, run))
    return web.json_response(_told(run), status=202)


@routes.get("/editor/api/trials")
@requires("editor")
async def progress(request: web.Request) -> web.Response:
    """Say how far it has come, or what came of it."""
    return web.json_response(_told(request.app[RUN]))


async def _test_all(app: web.Application, run: Run) -> None:
    content = app[CONTENT]

    def work() -> Trial:
        live, draft = content.live.library, content.desk.drafted()
        changed = {one.id for one in difference(live, draft) if one.kind == "entry"}
        probes = [*golden_probes(), *own_probes(draft), *_stored(content.desk, draft, changed)]
        return (content.tester or Tester(app[ASSISTANT])).test_all(live, draft, list(dict.fromkeys(probes)), run.went)

    try:
        run.trial = await asyncio.to_thread(work)
    except Exception:  # it runs for nobody in particular: whoever looks is told
        log.exception("testing all failed")
        run.failed = True


def _stored(desk: Desk, draft: Library, changed: set[str]) -> list[Probe]:
    """Return the stored phrasings of the entries that the draft changes; the others' answers cannot have changed but through them."""
    return [Probe(one.text, one.locale, (one.entry,), (), "phrasing") for one in desk.known() if one.entry in changed and one.entry in draft.entries]


def _questions(library: Library, request: web.Request) -> Mapping[str, str]:
    tongue = locale_of(request)
    return {entry.id: entry.question[tongue] for entry in library.entries.values()}


def _told(run: Run) -> dict[str, Any]:
    told: dict[str, Any] = {"busy": run.busy, "done": run.done, "total": run.total, "failed": run.failed, "trial": None}
    if run.trial:
        trial = run.trial
        turned = [_turned(one) for one in trial.turned[:MAX_SHOWN]]
        told["trial"] = {
            "asked": dict(trial.asked),
            "before": dict(trial.right_before),
            "after": dict(trial.right_after),
            "turned": turned,
            "more": max(0, len(trial.turned) - MAX_SHOWN),
            "reworded": dict(trial.reworded),
        }
    return told


def _turned(one: Turned) -> dict[str, Any]:
    heard = {"before": _heard(one.before.kind, one.before.entries), "after": _heard(one.after.kind, one.after.entries)}
    return {"text": one.probe.text, "language": one.probe.locale, **heard, "better": one.better}


def _heard(kind: str, entries: Sequence[str]) -> dict[str, Any]:
    return {"kind": kind, "entries": list(entries)}


async def finish(app: web.Application) -> None:
    """Let go of a run when the server stops."""
    if (task := app[RUN].task) is not None:
        task.cancel()

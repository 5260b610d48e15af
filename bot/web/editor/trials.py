"""All known questions put to a draft, told while it goes on: one line of JSON after another, on one connection."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict, dataclass
from typing import Any

from aiohttp import web

from bot.content.model import Library
from bot.web.api import ASSISTANT, SETTINGS
from bot.web.editor.frame import at_the_desk
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.publishing.examiner import Examiner
from bot.web.publishing.following import CONTENT
from bot.web.publishing.probes import golden_probes, own_probes
from bot.web.publishing.trial import Heard, Trial, Turned
from bot.web.security import HEADERS, POLICY
from bot.web.staff.access import requires

log = logging.getLogger(__name__)
routes = web.RouteTableDef()
MAX_SHOWN = 200  # questions whose answer changes
TELL_EVERY = 0.5  # seconds


@dataclass
class Run:
    """All known questions being put to one draft: how far it has come."""

    task: asyncio.Task[Trial | None]
    stage: str = ""
    done: int = 0
    total: int = 0

    def went(self, stage: str, done: int, total: int) -> None:
        """Note how far it has come."""
        self.stage, self.done, self.total = stage, done, total


RUNS = web.AppKey("editor_runs", dict[str, Run])  # by the draft's words: whoever asks for the same joins in


@routes.post("/editor/api/trials")
@requires("editor")
async def trials(request: web.Request) -> web.StreamResponse:
    """Put every known question to the live release and to the draft; says how far it has come, and at the end what came of it."""
    if not request.app[ASSISTANT].ready:
        raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS)
    draft = await at_the_desk(request.app[CONTENT].desk.drafted)
    run = _run(request.app, draft)
    # what is streamed has left before the middleware adds its headers
    response = web.StreamResponse(
        headers={**HEADERS, "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Type": "application/x-ndjson", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    while not run.task.done():
        await _say(response, {"stage": run.stage, "done": run.done, "total": run.total})
        await asyncio.wait({run.task}, timeout=TELL_EVERY)
    trial = run.task.result()
    await _say(response, {"trial": told(trial, request.app[SETTINGS].publish_margin) if trial else None})
    return response


def _run(app: web.Application, draft: Library) -> Run:
    runs = app[RUNS]
    for version in [version for version, run in runs.items() if run.task.done()]:
        del runs[version]
    if draft.version not in runs:
        run = Run(asyncio.get_running_loop().create_future())  # type: ignore[arg-type]  # a task takes its place at once
        run.task = asyncio.create_task(_test_all(app, draft, run))
        runs[draft.version] = run
    return runs[draft.version]


async def _test_all(app: web.Application, draft: Library, run: Run) -> Trial | None:
    content = app[CONTENT]
    examiner = content.examiner or Examiner(app[ASSISTANT])

    def work() -> Trial:
        probes = list(dict.fromkeys([*golden_probes(), *own_probes(draft)]))
        return examiner.test_all(content.live.library, draft, probes, run.went, whole=True)

    try:
        return await asyncio.to_thread(work)
    except Exception:  # it runs for nobody in particular: whoever looks is told
        log.exception("testing all failed")
        return None


async def _say(response: web.StreamResponse, value: dict[str, Any]) -> None:
    await response.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def told(trial: Trial, margin: int) -> dict[str, Any]:
    """Return a trial for the page's script."""
    figures = {origin: {locale: asdict(one) for locale, one in by_locale.items()} for origin, by_locale in trial.figures.items()}
    turned = [_turned(one) for one in trial.turned[:MAX_SHOWN]]
    held = {"shortfalls": list(trial.shortfalls(margin)), "margin": margin}
    return {"figures": figures, "turned": turned, "more": max(0, len(trial.turned) - MAX_SHOWN), "reworded": dict(trial.reworded), **held}


def _turned(one: Turned) -> dict[str, Any]:
    return {"text": one.probe.text, "language": one.probe.locale, "before": _heard(one.before), "after": _heard(one.after), "better": one.better}


def _heard(said: Heard) -> dict[str, Any]:
    return {"kind": said.kind, "entries": list(said.entries)}


async def finish(app: web.Application) -> None:
    """Let go of what runs when the server stops."""
    for run in app[RUNS].values():
        run.task.cancel()

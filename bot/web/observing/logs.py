"""Log lines for people or, by a setting, as JSON for machines: event, then keys. No message text is ever among them."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from aiohttp.http_exceptions import HttpProcessingError

from bot.settings import Settings

_KEY = re.compile(r"(\w+)=%")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127, 0x85, 0x2028, 0x2029)}


def start_logging(settings: Settings) -> None:
    """Send log lines to standard error in the form that `settings` ask for."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson() if settings.log_format == "json" else OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # a migration is told by the service that needs it
    logging.getLogger("aiohttp.server").addFilter(without_bytes)


def without_bytes(record: logging.LogRecord) -> bool:
    """Make one line of a request that no parser can read: aiohttp would quote what was sent, with a traceback, for whoever likes to fill a disk."""
    if record.exc_info and isinstance(record.exc_info[1], HttpProcessingError):
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args, record.exc_info = "unreadable request cause=%s", (type(record.exc_info[1]).__name__,), None
    return True


def without_words(found: BaseException | None) -> str:
    """Return the traceback of `found` and of what it came from, without what they say: that may quote a message, or forge a line."""
    lines: list[str] = []
    told = traceback.TracebackException.from_exception(found) if found else None
    while told:
        lines = [*told.stack.format(), f"{told.exc_type.__name__ if told.exc_type else 'unknown'}\n", *lines]
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return "".join(lines).rstrip()


class OneLine(logging.Formatter):
    """Keeps a value from beginning a line of its own; tracebacks keep theirs."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- logging's own name
        """Return where it happened."""
        return without_words(ei[1])

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- logging's own name
        """Return the line of `record` with control characters shown."""
        record.message = record.message.translate(_CONTROLS)
        return super().formatMessage(record)


class AsJson(logging.Formatter):
    """One JSON object a line: the event's words, its keys as members."""

    def format(self, record: logging.LogRecord) -> str:
        """Return `record` as JSON."""
        line: dict[str, Any] = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"), "level": record.levelname.lower(), "logger": record.name}
        keys = _KEY.findall(str(record.msg))
        if keys and isinstance(record.args, tuple) and len(keys) == len(record.args):
            line["event"] = str(record.msg)[: _KEY.search(str(record.msg)).start()].strip()  # type: ignore[union-attr]  # there are keys
            line |= {key: value if isinstance(value, int | float | bool | None) else str(value) for key, value in zip(keys, record.args, strict=True) if key not in line}
        else:
            line["event"] = record.getMessage()
        if record.exc_info:
            line["traceback"] = without_words(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

"""Behind the log-in: the whole application with records, a copy of the content and a small model, and somebody who may do everything."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import requests

from bot.content import FAQ
from bot.content.model import Library
from bot.records import accounts
from bot.records.database import Database
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.assistant import real_time
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.service import ContentService
from bot.web.staff.access import CSRF_HEADER
from tests.conftest import BETWEEN, Server
from tests.web.guarding.fake import Speaking
from tests.webinar.small_model import understand

NAME, PASSWORD = "both", "a long enough password"
PATIENCE_SECONDS = 60
MANY = 1_000_000
SETTINGS = replace(
    Settings(now=BETWEEN),
    **dict.fromkeys(("messages_per_minute", "requests_per_minute", "requests_per_minute_overall", "webinar_asks", "webinar_requests", "logins_per_minute"), MANY),
)


@dataclass
class Inside:
    """Somebody who is logged in, in a house with one open session."""

    server: Server
    session: requests.Session
    csrf: str
    code: str

    def send(self, method: str, path: str, *, token: bool = True, **sent: object) -> requests.Response:
        """Send what a page of ours would send, or anything else."""
        headers = {**({CSRF_HEADER: self.csrf} if token else {}), **sent.pop("headers", {})}  # type: ignore[dict-item]
        return self.session.request(method, self.server.url + path, headers=headers, timeout=PATIENCE_SECONDS, allow_redirects=False, **sent)  # type: ignore[arg-type]

    def log_in(self) -> None:
        """Log in, and take the token that our pages then carry."""
        form = self.session.get(f"{self.server.url}/login", timeout=PATIENCE_SECONDS).text
        self.session.post(f"{self.server.url}/login", data={"csrf": token_in(form), "name": NAME, "password": PASSWORD}, timeout=PATIENCE_SECONDS)
        self.csrf = token_in(self.session.get(f"{self.server.url}/moderator", timeout=PATIENCE_SECONDS).text)

    def open_session(self) -> None:
        """Open a live session with a question in it, and take a participant's cookie."""
        opened = self.send("POST", "/moderator", data={"csrf": self.csrf, "title": "Info session"}, token=False)
        self.code = opened.headers["Location"].split("/")[-1]
        assert self.send("POST", f"/moderator/api/{self.code}/questions", json={"text": "Is it paid?"}).status_code == 200
        self.session.get(f"{self.server.url}/session/{self.code}", timeout=PATIENCE_SECONDS)


def token_in(html: str) -> str:
    found = re.search(r'name="csrf"[^>]*(?:value|content)="([^"]+)"', html)
    assert found, html[:500]
    return found[1]


def nothing(_: Path) -> None:
    """Leave the content as it is."""


@contextmanager
def inside(library: Library, folder: Path, prepare: Callable[[Path], None] = nothing) -> Iterator[Inside]:
    """Serve from `folder`, after `prepare` has changed the copy of the content there, and log in."""
    root = Path(shutil.copytree(FAQ, folder / "faq"))
    prepare(root)
    database = Database(f"sqlite:///{folder / 'guichet.db'}")
    assistant = Speaking(library, SETTINGS)
    content = ContentService(database, assistant.live, real_time, root=root, known=known_phrasings)
    content.start()
    with database.begin() as connection:
        accounts.add(connection, NAME, PASSWORD, ["editor", "moderator"], now=BETWEEN, passwords=Passwords())
    server = Server(assistant, SETTINGS, database, content)
    understand(server.app)
    with requests.Session() as session:
        somebody = Inside(server, session, "", "")
        somebody.log_in()
        somebody.open_session()
        try:
            yield somebody
        finally:
            server.close()
            assistant.close()
            database.close()

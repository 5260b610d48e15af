"""The static pages as a folder that any file server can serve."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from bot.content.model import Library
from bot.i18n.locale import LOCALES
from bot.web.pages import STATIC
from bot.web.site.page import Addresses, door, faq

_ASSETS = (STATIC / "page" / "page.css", STATIC / "site" / "site.css", STATIC / "page" / "emblem.svg")


def export_site(library: Library, folder: Path, *, now: datetime, assistant: str | None = None) -> list[Path]:
    """Write ``index.html``, ``en/``, ``fr/`` and their style to `folder`; return the files written.

    `assistant` is the address of a page with the widget; without it the pages do not name one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [Path(shutil.copyfile(asset, folder / asset.name)) for asset in _ASSETS]
    for locale in LOCALES:
        (folder / locale).mkdir(exist_ok=True)
        written.append(_write(folder / locale / "index.html", faq(library, locale, _addresses("../", assistant), now=now)))
    written.append(_write(folder / "index.html", door(_addresses("", assistant))))
    return written


def _addresses(root: str, assistant: str | None) -> Addresses:
    return Addresses((f"{root}page.css", f"{root}site.css"), f"{root}emblem.svg", {locale: f"{root}{locale}/index.html" for locale in LOCALES}, assistant)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path

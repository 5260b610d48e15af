"""The questions and answers as search engines read them: schema.org FAQPage in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot.i18n.locale import Locale
from bot.web.site.outline import Topic

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def faq_page(topics: Sequence[Topic], locale: Locale, *, name: str, day: date, version: str) -> Markup:
    """Return the data block's content; no text in it can end the block."""
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "name": name,
        "inLanguage": locale,
        "dateModified": day.isoformat(),
        "version": version,
        "mainEntity": [
            {"@type": "Question", "@id": f"#{item.id}", "name": item.question, "acceptedAnswer": {"@type": "Answer", "text": item.text}} for topic in topics for item in topic.items
        ],
    }
    return Markup(json.dumps(page, ensure_ascii=False, indent=1).translate(_ESCAPES))  # noqa: S704 -- every sign that HTML knows is escaped above

"""Write `misses.yaml` anew: ``python -m tests.conversations.list_misses``, after a training with other data."""

from __future__ import annotations

import sys

import yaml

from bot.silence import silence

silence()

from bot.content.library import load_library  # noqa: E402 -- nothing of Rasa may be imported before
from bot.nlu.training import train  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.web.assistant import Assistant, clock_of  # noqa: E402
from tests.conftest import BETWEEN  # noqa: E402
from tests.conversations.outcomes import MISSES, arithmetic, measured  # noqa: E402

HEAD = """# Known misses, each by its words. Every one must go on failing, and nothing else may fail: what is mended is noticed here.
# Written by `python -m tests.conversations.list_misses`; «tips» are messages so near a threshold that another machine's arithmetic may decide them.
"""


def main() -> None:
    """Measure with the model that fits the content, and write what goes wrong; what may tip is kept."""
    settings, library = Settings(now=BETWEEN), load_library()
    assistant = Assistant(library, settings, clock_of(settings))
    assistant.load(train(settings.models, library, say=lambda text: print(text, file=sys.stderr)))
    kept = yaml.safe_load(MISSES.read_text(encoding="utf-8")) if MISSES.exists() else {}
    found = {**measured(assistant), "tips": kept.get("tips", []), "arithmetic": arithmetic(assistant)}
    MISSES.write_text(HEAD + yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    print({name: {locale: len(names) for locale, names in suite.items()} for name, suite in found.items() if name not in {"tips", "arithmetic"}})
    assistant.close()


if __name__ == "__main__":
    main()

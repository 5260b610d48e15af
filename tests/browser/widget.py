"""The widget and its page as a test handles them: by what a person sees and hears, in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

EN = {
    "launcher": "Questions? Ask",
    "field": "Your question",
    "close": "Close the assistant",
    "more": "More options",
    "topics": "Topics",
    "filter": "Find a question",
    "other": "Français",
    "retry": "Try again",
    "stop": "Stop waiting",
    "edit": "Edit the question",
    "yes": "Yes",
    "no": "No",
    "copy": "Copy",
    "into other": "In French",
    "text": "Download the conversation (text)",
    "json": "Download the conversation (JSON)",
    "forget": "Forget this conversation",
    "erase": "Erase it",
    "send anyway": "Send anyway",
    "edit warned": "Edit",
}
FR = {
    "launcher": "Une question",
    "field": "Votre question",
    "close": "Fermer l’assistant",
    "more": "Autres options",
    "topics": "Thèmes",
    "filter": "Chercher une question",
    "other": "English",
    "retry": "Réessayer",
    "stop": "Ne plus attendre",
    "edit": "Modifier la question",
    "yes": "Oui",
    "no": "Non",
    "copy": "Copier",
    "into other": "En anglais",
    "text": "Télécharger la conversation (texte)",
    "json": "Télécharger la conversation (JSON)",
    "forget": "Oublier cette conversation",
    "erase": "Effacer",
    "send anyway": "Envoyer quand même",
    "edit warned": "Modifier",
}
WORDS = {"en": EN, "fr": FR}


@dataclass
class Widget:
    """One <guichet-assistant> of a page."""

    page: Page
    language: str = "en"
    selector: str = "guichet-assistant"

    @property
    def root(self) -> Locator:
        return self.page.locator(self.selector)

    def word(self, name: str) -> str:
        return WORDS[self.language][name]

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=self.word(name))

    @property
    def field(self) -> Locator:
        return self.root.get_by_role("textbox", name=self.word("field"))

    @property
    def panel(self) -> Locator:
        return self.root.get_by_role("dialog")

    @property
    def log(self) -> Locator:
        return self.root.get_by_role("log")

    @property
    def answers(self) -> Locator:
        return self.root.locator("article[part~=answer]")

    @property
    def questions(self) -> Locator:
        return self.root.locator("article[part~=mine]")

    @property
    def suggestions(self) -> Locator:
        return self.root.locator("button[part~=suggestion]")

    @property
    def offers(self) -> Locator:
        """What the last reply suggests."""
        return self.log.locator(".turn button[part~=suggestion]")

    @property
    def trouble(self) -> Locator:
        return self.root.locator("[part~=trouble]")

    @property
    def warning(self) -> Locator:
        return self.root.locator("[part~=warning]")

    @property
    def spoken(self) -> Locator:
        """What is read out inside the open panel."""
        return self.panel.locator("[aria-live=polite]").last

    def open(self) -> Widget:
        self.button("launcher").click()
        expect(self.panel).to_be_visible()
        return self

    def send(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str) -> Locator:
        """Send a text, wait for its answer, and give its last article."""
        before = self.answers.count()
        self.send(text)
        expect(self.answers.nth(before)).to_be_visible()
        return self.answers.last

    def ask_entry(self, entry: str) -> Locator:
        """Ask one entry by its address, as a link of a page does."""
        before = self.answers.count()
        self.page.evaluate("entry => { location.hash = `guichet/${entry}`; }", entry)
        expect(self.answers.nth(before)).to_be_visible()
        return self.answers.last

    def option(self, name: str) -> None:
        self.button("more").click()
        self.button(name).click()

    def in_other_language(self) -> Widget:
        return Widget(self.page, "fr" if self.language == "en" else "en", self.selector)

    def focused(self) -> str:
        """The tag and the name of what holds the focus, wherever it is."""
        return str(
            self.page.evaluate(
                """() => {
                  let node = document.activeElement;
                  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                  return `${node.localName} ${node.getAttribute("aria-label") ?? node.innerText ?? ""}`.trim();
                }""",
            ),
        )


def loosely(text: str) -> re.Pattern[str]:
    """A text whose spaces may be no-break ones, and may be many."""
    return re.compile(r"\s+".join(re.escape(word) for word in text.split()))

/** What stands before the first message: a greeting, what this assistant is and is not, and real questions to start from. */
import { h, retell, tool } from "./dom.js";

const FIRST = ["nationality", "documents-required", "stipend", "deadline"];

export class Intro {
  constructor({ phrases, choose, topics }) {
    this.phrases = phrases;
    this.choose = choose;
    this.starters = h("ul");
    const promises = [0, 1, 2, 3].map((index) => h("li", { say: (t) => t.promises[index] }));
    this.article = h(
      "article.message.about",
      { part: "message about", tabindex: "0", "aria-labelledby": "greeting", "aria-describedby": "promises" },
      h("h3", { id: "greeting", say: "greeting" }),
      h("ul.promises", { id: "promises" }, promises),
    );
    this.suggestions = h("div.suggestions", h("p.small", { say: "starters" }), this.starters, tool("list", "topics", topics));
    this.node = h("div.intro", this.article, this.suggestions);
  }

  /** A few questions that exist and suit the page's notice. */
  show(entries, language) {
    const wanted = FIRST.map((id) => entries.find((entry) => entry.id === id)).filter(Boolean);
    const shown = wanted.length ? wanted : entries.slice(0, 4);
    const choice = (entry) => h("li", h("button.choice", { part: "suggestion", lang: language, onclick: () => this.choose(entry) }, entry.question));
    this.starters.replaceChildren(...shown.map(choice));
    this.suggestions.firstChild.hidden = !shown.length;
    retell(this.starters, this.phrases());
  }
}

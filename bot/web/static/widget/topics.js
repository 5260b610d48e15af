/** Everything that can be asked, by topic, with a search among the questions. */
import { h, icon, resay, retell } from "./dom.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, " ").toLowerCase();

export class Topics {
  #phrases;
  #choose;

  /** @param {{phrases: () => object, choose: (entry: object) => void, back: () => void, reload: () => void}} ways */
  constructor({ phrases, choose, back, reload }) {
    this.#phrases = phrases;
    this.#choose = choose;
    this.back = back;
    this.reload = reload;
    this.list = h("div.topic-list");
    this.none = h("p.small.none", { role: "status" });
    this.filter = h("input", { id: "filter", type: "search", autocomplete: "off", oninput: () => this.#narrow() });
    this.heading = h("h3", { tabindex: "-1", id: "topics-title", say: "topics" });
    this.node = h(
      "section.topics",
      { part: "topics", "aria-labelledby": "topics-title", hidden: true },
      h("div.topics-head", h("button.icon-button", { label: "back", onclick: back }, icon("back")), this.heading),
      h("div.filter", h("label", { for: "filter", say: "filter" }), this.filter),
      this.none,
      this.list,
    );
  }

  /** @param {{entries: {id, question, topic}[], topics: {id, label}[]} | null} catalogue  null when it could not be had */
  show(catalogue, language) {
    if (!catalogue) {
      resay(this.none, "topicsFailed", this.#phrases());
      this.list.replaceChildren(h("button.small-button", { say: "retry", onclick: this.reload }));
      retell(this.list, this.#phrases());
      return;
    }
    this.none.textContent = "";
    const item = (entry) => h("li", h("button.question", { "data-plain": plain(entry.question), onclick: () => this.#choose(entry) }, entry.question));
    const groups = catalogue.topics.map(({ id, label }) => {
      const entries = catalogue.entries.filter(({ topic }) => topic === id);
      const count = h("span.count", { say: (t) => t.count(entries.length) });
      return entries.length && h("details", h("summary", h("span", label), count), h("ul", entries.map(item)));
    });
    this.list.lang = language;
    this.list.replaceChildren(...groups.filter(Boolean));
    retell(this.list, this.#phrases());
    this.#narrow();
  }

  #narrow() {
    const wanted = plain(this.filter.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const group of this.list.querySelectorAll("details")) {
      let here = 0;
      for (const question of group.querySelectorAll(".question")) {
        const fits = wanted.every((word) => question.dataset.plain.includes(word));
        question.parentNode.hidden = !fits;
        here += fits;
      }
      group.hidden = !here;
      group.open = wanted.length > 0 && here > 0;
      left += here;
    }
    if (wanted.length) resay(this.none, left ? (t) => t.count(left) : "noMatch", this.#phrases());
    else this.none.textContent = "";
  }
}

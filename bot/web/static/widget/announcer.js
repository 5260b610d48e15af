/** Reads things out, politely and once. Apart from the log, so that nothing is read twice; always in the page. */
import { sourceWords } from "./block.js";
import { h } from "./dom.js";

const GONE = 5_000;  // long enough to be read, not left to be found again

export class Announcer {
  /** One region inside the panel (the only one heard while it is modal) and one beside it, for when it is closed. */
  constructor(isOpen) {
    this.inside = h("div.unseen", { role: "status", "aria-live": "polite", "aria-atomic": "false" });
    this.outside = this.inside.cloneNode();
    this.isOpen = isOpen;
  }

  /** @param {...[string, string]} parts  words and the language they are in, read in this order */
  say(...parts) {
    const region = this.isOpen() ? this.inside : this.outside;
    const line = h("div", parts.filter(([words]) => words).map(([words, lang]) => h("span", { lang }, `${words} `)));
    region.append(line);
    setTimeout(() => line.remove(), GONE);
  }

  /** Read a reply: each answer with its source after it, or the question back with its choices. */
  read({ blocks, suggestions, kind, language }, notices, t) {
    for (const block of blocks) {
      const past = block.state === "past" ? t.past : "";
      this.say([past, t.code], [block.text.replaceAll("• ", ""), language], [sourceWords(block, language, notices, t), t.code]);
    }
    if (kind === "clarify") this.say([t.choices, t.code], [suggestions.map(({ label }) => label).join("; "), language]);
  }
}

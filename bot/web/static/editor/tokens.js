/** Facts in a text: marked where they stand, and under the text as chips with what they say today. */
import { h } from "./page.js";

const FACT = /\{([a-z][a-z0-9-]*)(?:\|([a-z]+))?\}/g;
const MARKED = /(\{[^{}\n]*\}|\u00a0|\u202f)/;

/** Lay marks behind a textarea: facts as chips, no-break spaces as dots. */
export function mirror(area) {
  const behind = h("div.mirror", { "aria-hidden": "true" });
  area.before(behind);
  const draw = () => {
    behind.replaceChildren(
      ...area.value.split(MARKED).map((part) => (/^\{/.test(part) ? h("mark", part) : /^[\u00a0\u202f]$/.test(part) ? h("span.nobreak", part) : part)),
      "\u200b",
    );
    behind.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", draw);
  area.addEventListener("scroll", () => (behind.scrollTop = area.scrollTop));
  draw();
  return draw;
}

/** The facts that a text names, each once. */
export const named = (text) => [...new Set([...text.matchAll(FACT)].map(([whole]) => whole))];

/** What `insert` says in a language: for one notice, or for each where they differ. */
export function saidBy(facts, insert, language, notice) {
  const row = facts.find((one) => one.insert === insert);
  if (!row) return null;
  const said = Object.entries(row.says).filter(([reference, words]) => words && (!notice || reference === notice));
  const unique = [...new Set(said.map(([, words]) => words[language].replace(/\s*\n\s*/g, " ")))];
  if (unique.length === 1) return unique[0];
  return said.map(([reference, words]) => `${reference}: ${words[language].replace(/\s*\n\s*/g, " ")}`).join(" · ");
}

/** Chips under a text. */
export function chips(place, text, facts, language, notice, unknown) {
  place.replaceChildren(
    ...named(text).map((insert) => {
      const said = saidBy(facts, insert, language, notice);
      return h("li", { class: said === null ? "fact unknown" : "fact", title: said || unknown }, h("code", insert), h("span", said ?? unknown));
    }),
  );
}

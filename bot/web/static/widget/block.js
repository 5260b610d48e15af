/** One answer, shown: its text, checks, links, validity and source. */
import { h, icon } from "./dom.js";
import { longDate } from "./locale.js";

/** Paragraphs, and real lists where lines begin with a bullet. */
export function prose(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const item = /^\s*•\s*(.*)/.exec(line)?.[1];
    const kind = item != null ? "ul" : line.trim() ? "p" : "";
    if (groups.at(-1)?.kind !== kind) groups.push({ kind, lines: [] });
    groups.at(-1).lines.push(item ?? line);
  }
  return groups
    .filter(({ kind }) => kind)
    .map(({ kind, lines }) => (kind === "p" ? h("p", lines.join("\n")) : h("ul", lines.map((line) => h("li", line)))));
}

/** Only the web's own addresses become links. */
export const safeLinks = (block) => (block.links ?? []).filter(({ url }) => url.startsWith("https://"));

function links(block) {
  const shown = safeLinks(block);
  if (!shown.length) return null;
  const link = ({ label, url }) =>
    h("li", h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label, " ", h("span.unseen", { say: "newTab" })));
  return h("ul.links", shown.map(link));
}

const SIGN = { meets: "yes", fails: "no", depends: "maybe" };

function checks(block) {
  if (!block.checks?.length) return null;
  const row = ({ criterion, given, outcome }) =>
    h(
      "div",
      { class: `check ${outcome}` },
      h("dt", h("span", { say: (t) => t.criteria[criterion] ?? criterion }), " ", h("span.given", given)),
      h("dd", icon(SIGN[outcome] ?? "maybe"), h("span", { say: (t) => t.outcomes[outcome] ?? outcome })),
    );
  return h("div.checks", h("p.small.strong", { say: "checks" }), h("dl", block.checks.map(row)), h("p.small", { say: "decides" }));
}

/** What there is to say of one notice as a source: its sections, a text in the other language, and whether it is closed. */
function sourceOf(found, language, facts, t) {
  const { sections, text } = found;
  return [
    ...[...sections].map(t.quoted),
    text && text !== language && t.inLanguage[text],
    facts?.open === false && facts.deadline && t.closedSince(longDate(facts.deadline, t.code)),
  ].filter(Boolean).join(", ");
}

/**
 * Where an answer comes from, in words; notices of which the same is to be said stand together.
 * @param {Map<string, {open: boolean, deadline: string}>} notices
 */
export function sourceWords(block, language, notices, t) {
  const byNotice = new Map();
  for (const { notice, section, language: text } of block.sources ?? []) {
    if (!byNotice.has(notice)) byNotice.set(notice, { sections: new Set(), text });
    if (section) byNotice.get(notice).sections.add(section);
  }
  const alike = new Map();
  for (const [reference, found] of byNotice) {
    const words = sourceOf(found, language, notices.get(reference), t);
    alike.set(words, [...(alike.get(words) ?? []), reference]);
  }
  const said = [...alike].map(([words, references]) => [t.notices(references), words].filter(Boolean).join(", "));
  return said.length ? `${t.source}${t.colon} ${said.join(t.code === "fr" ? "\u00a0; " : "; ")}` : "";
}

/** The parts of an answer, in reading order. */
export function blockParts(block, language, notices, id) {
  const hasSource = block.sources?.length > 0;
  return [
    block.state === "past" && h("p.chip", icon("clock"), h("span", { say: "past" })),
    h("div.prose", { id }, prose(block.text)),
    checks(block),
    links(block),
    hasSource && h("p.source", { part: "source", say: (t) => sourceWords(block, language, notices(), t) }),
  ];
}

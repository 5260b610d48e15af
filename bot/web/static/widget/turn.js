/** One turn, shown: what was asked, how its delivery stands, and the answers with what can be done about each. */
import { blockParts } from "./block.js";
import { h, icon, resay, tool } from "./dom.js";
import { otherThan } from "./locale.js";
import { STRINGS } from "./strings.js";

const RATED = new Set(["answer", "not_in_notice", "refusal", "out_of_scope"]);
const CHECK = /^self-check(\/|$)/;
const SUMMARY = "self-check/summary";
const ASIDE = new Set(["self-check/skip", "self-check/stop"]);
const UNRATED = new Set(["greeting", "thanks", "goodbye", "change-language"]); // even beside answers: nothing to rate, to copy or to say in the other language

/** The guided self-check's own words: a question that is put is not rated, copied or repeated. */
const isStep = (entry) => CHECK.test(entry ?? "") && entry !== SUMMARY;

function asked(turn) {
  const lang = turn.reply?.language ?? turn.language;
  const id = `q-${turn.key}`;
  return h(
    "article.message.mine",
    { part: "message mine", lang, "aria-labelledby": id, "aria-describedby": `${id}-words` },
    h("span.unseen", { id, say: "you" }),
    h("p.words", { id: `${id}-words` }, turn.label ?? turn.text),
  );
}

/** How a question that has no answer yet stands, and what can be done about it. */
function delivery(turn, { actions }) {
  const { status, trouble } = turn;
  if (status === "slow") return h("p.waiting", h("span.dots", { "aria-hidden": "true" }), h("span", { say: "slow" }));
  if (status !== "stuck" && status !== "failed") return null;
  const wait = Math.ceil(((trouble?.until ?? 0) - Date.now()) / 1000);
  const words = (t) => (trouble ? trouble.kind === "refused" && trouble.title ? trouble.title : t.trouble[trouble.kind] : t.stuck);
  const button = (say, onclick) => h("button.small-button", { say, onclick });
  const retry = { say: wait > 0 ? (t) => t.retryIn(wait) : "retry", onclick: () => actions.retry(turn), ...(wait > 0 && { disabled: true, "data-until": trouble.until }) };
  return h(
    "div",
    { class: `delivery ${status}`, part: "trouble" },
    h("p", icon(trouble ? "warn" : "clock"), h("span", { say: words })),
    h(
      "div.row",
      trouble?.kind !== "refused" && h("button.small-button.strong", retry),
      !trouble && button("stop", () => actions.stop(turn)),
      turn.text && button("edit", () => actions.edit(turn)),
      ["down", "unreachable", "broken"].includes(trouble?.kind) && h("a.small-button", { href: actions.faq(), say: "faq" }),
    ),
  );
}

/** "Was this helpful?": two buttons that stay, so that the focus stays and a mind can be changed. */
function verdict(turn, entry, { actions, phrases }) {
  const thanks = h("span.thanks");
  const id = `v-${turn.key}-${entry}`;
  const votes = [true, false].map((helpful) =>
    h("button.small-button", { say: helpful ? "yes" : "no", "aria-pressed": String(turn.helpful[entry] === helpful) }),
  );
  votes.forEach((vote, index) =>
    vote.addEventListener("click", () => {
      votes.forEach((each) => each.setAttribute("aria-pressed", String(each === vote)));
      resay(thanks, index ? "sorry" : "thanks", phrases());
      actions.rate(turn, entry, !index);
    }),
  );
  return h("div.row.verdict", { role: "group", "aria-labelledby": id }, h("span.ask", { id, say: "helpful" }), votes, thanks);
}

function tools(turn, block, view) {
  const { actions, phrases } = view;
  const copy = tool("copy", "copy", async () => {
    const done = await actions.copy(turn, block, copy.closest("article").querySelector(".prose"));
    resay(copy.lastChild, done ? "copied" : "copyFailed", phrases());
    setTimeout(() => resay(copy.lastChild, "copy", phrases()), 4_000);
  });
  const other = otherThan(turn.reply.language);
  const repeat = block.entry && block.entry !== SUMMARY ? h("button.quiet-button", { onclick: () => actions.choose({ id: block.entry, question: STRINGS[other].repeated, language: other }) }) : null;
  repeat?.append(h("span", { say: (t) => t.into[other] }));
  return h("div.tools", block.entry && RATED.has(turn.reply.kind) && verdict(turn, block.entry, view), h("div.row", copy, repeat));
}

function answer(turn, block, index, view) {
  const { language, blocks, kind } = turn.reply;
  const id = `a-${turn.key}-${index}`;
  const who = h("span.unseen", { id, say: (t) => (blocks.length > 1 ? t.botOf(index + 1, blocks.length) : t.bot) });
  return h(
    "article",
    { class: `message answer ${kind}`, part: "message answer", lang: language, "data-entry": block.entry, "aria-labelledby": id, "aria-describedby": `${id}-text` },
    who,
    blockParts(block, language, view.notices, `${id}-text`),
    kind !== "smalltalk" && kind !== "clarify" && !isStep(block.entry) && !UNRATED.has(block.entry) && tools(turn, block, view),
  );
}

/** What to ask next; and, to someone who wrote in the other language, to go on in that one. */
function suggestions(turn, { actions, phrases }) {
  const { suggestions: list = [], kind, language } = turn.reply;
  const item = (label, onclick, type = "choice") => h("li", { class: type }, h("button.choice", { part: "suggestion", lang: language, onclick }, label));
  const items = list.map(({ entry, label }) => item(label, () => actions.choose({ id: entry, question: label, language }), ASIDE.has(entry) ? "choice aside" : "choice"));
  if (turn.text && phrases().code !== language) items.push(item(STRINGS[language].continueIn, actions.continueIn, "continue"));
  if (!items.length) return null;
  return h("div.suggestions", list.length > 0 && h("p.small", { say: kind === "clarify" || list.some(({ entry }) => ASIDE.has(entry)) ? "choices" : "related" }), h("ul", items));
}

/** @param {{actions: object, phrases: () => object, notices: () => Map}} view */
export function turnView(turn, view) {
  const node = h("div.turn", { "data-key": turn.key }, asked(turn), delivery(turn, view));
  if (turn.reply) {
    node.append(...turn.reply.blocks.map((block, index) => answer(turn, block, index, view)));
    const more = suggestions(turn, view);
    if (more) node.append(more);
  }
  return node;
}

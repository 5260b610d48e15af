/** One group in full: what can be done with it, its curated answer, its questions. */
import { members } from "./api.js";
import { answerCards } from "./answer.js";
import { byId, h } from "./dom.js";
import { meta } from "./list.js";
import { page, question, say, time } from "./words.js";

const pane = byId("detail");
const STATES = ["new", "next", "answering", "answered-live", "answered-in-writing", "dismissed"];
let shown = { id: null, look: "", members: "" };
let ticked = new Set();

/** Return the questions ticked in the group that is shown. */
export const tickedQuestions = () => [...ticked];

/** Show `group`, or nothing; what has not changed is left alone. */
export function showDetail(group, deeds) {
  pane.classList.toggle("empty-detail", !group);
  if (!group) {
    shown = { id: null, look: "", members: "" };
    pane.replaceChildren(h("p.empty", {}, say("board-choose-one")));
    return;
  }
  if (shown.id !== group.id) {
    ticked = new Set();
    shown = { id: group.id, look: "", entry: undefined };
    pane.replaceChildren(h("div", { id: "detail-top" }), h("div", { id: "detail-answer" }), h("div", { id: "detail-members" }));
    pane.scrollTop = 0;
  }
  const look = JSON.stringify(group);
  if (shown.look === look) return;
  shown.look = look;
  keepingFocus(() => byId("detail-top").replaceChildren(...top(group, deeds)));
  if (shown.entry !== group.entry) {
    shown.entry = group.entry;
    byId("detail-answer").replaceChildren(...answerPart(group, deeds));
  }
  members(group.id).then((found) => shown.id === group.id && keepingFocus(() => byId("detail-members").replaceChildren(...membersPart(group, found, deeds))), () => {});
}

/** Draw anew without losing the place of whoever uses the keyboard. */
function keepingFocus(draw) {
  const key = pane.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  draw();
  if (key) pane.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

function top(group, deeds) {
  const states = STATES.map((state, place) =>
    h("button", { type: "button", "data-key": `state-${state}`, "aria-pressed": String(group.state === state), onclick: () => deeds.state(group, state) }, say(`board-state-${state}`), h("kbd", { "aria-hidden": "true" }, String(place + 1))),
  );
  const press = (key, label, pressed, deed, letter) =>
    h("button", { type: "button", "data-key": key, "aria-pressed": pressed === null ? null : String(pressed), onclick: deed }, label, h("kbd", { "aria-hidden": "true" }, letter));
  return [
    h("button.plain.back", { type: "button", "data-key": "back", onclick: deeds.back }, say("board-back")),
    h("h2", { lang: group.locale, tabindex: "-1", "data-key": "head" }, group.head),
    h("p", {}, meta(group)),
    h("div.states", { role: "group", "aria-label": say("board-state") }, states),
    h(
      "div.row",
      {},
      press("star", `★ ${say("board-star")}`, group.star, () => deeds.star(group), "S"),
      press("pass", say("board-pass"), null, () => deeds.pass(group), "P"),
      press("show", say("board-show"), group.shown, () => deeds.show(group), "V"),
      press("card", say("board-card"), null, () => deeds.card(group), "O"),
      press("aside", say("board-aside-group"), null, () => deeds.aside(group), "Z"),
    ),
  ];
}

function answerPart(group, deeds) {
  const choose = h("select", { id: "entry-choice", "data-key": "entry", onchange: (event) => deeds.entry(group, event.target.value) });
  const answers = Object.entries(page.entries).filter(([, entry]) => entry.answers).sort(([, a], [, b]) => a.question.localeCompare(b.question));
  choose.append(h("option", { value: "?" }, say("board-entry-machine")), h("option", { value: "" }, say("board-entry-gap")));
  choose.append(...answers.map(([id, entry]) => h("option", { value: id }, entry.question)));
  choose.value = group.entry ?? "";
  const field = h("div.field", {}, h("label", { for: "entry-choice" }, say("board-entry"), h("kbd", { "aria-hidden": "true" }, "G")), choose);
  if (!group.entry) {
    const near = group.near ? h("p.small", {}, say("board-near", { question: question(group.near) })) : null;
    return [field, h("div.notice.late", {}, h("p", {}, say("board-gap-words")), near)];
  }
  const copyBoth = h("button.primary", { type: "button", "data-key": "copy-both", onclick: () => deeds.copy(group, "both") }, say("board-copy-both"), h("kbd", { "aria-hidden": "true" }, "B"));
  return [field, answerCards(group.entry), h("p", {}, copyBoth)];
}

function membersPart(group, found, deeds) {
  ticked = new Set([...ticked].filter((id) => found.some((one) => one.id === id)));
  const split = h("button", { type: "button", "data-key": "split", disabled: ticked.size === 0, onclick: () => deeds.split(group, [...ticked]) }, say("board-split"), h("kbd", { "aria-hidden": "true" }, "T"));
  const away = h("button", { type: "button", "data-key": "away", disabled: ticked.size === 0, onclick: () => deeds.away([...ticked]) }, say("board-aside-ticked"));
  const enable = () => { for (const button of [split, away]) button.disabled = ticked.size === 0; };
  const items = found.map((one) => {
    const box = h("input", { type: "checkbox", id: `q-${one.id}`, "data-key": `q-${one.id}`, checked: ticked.has(one.id), onchange: () => { ticked[box.checked ? "add" : "delete"](one.id); enable(); } });
    return h(
      "li.member",
      {},
      box,
      h("label", { for: `q-${one.id}`, lang: one.locale }, one.text),
      h("span.meta", {}, one.id === group.headId && h("span.chip", {}, say("board-head")), one.urgent && h("span.chip.bad", {}, say("board-urgent")), one.votes > 0 && h("span.chip", {}, say("board-votes", { number: one.votes })), h("span.quiet.small", {}, time(one.at))),
      h("span.row.tools", {}, one.id !== group.headId && h("button.plain", { type: "button", "data-key": `head-${one.id}`, onclick: () => deeds.head(group, one.id) }, say("board-make-head")), h("button.plain", { type: "button", "data-key": `move-${one.id}`, onclick: () => deeds.move(group, one) }, say("board-move"))),
    );
  });
  return [h("h3", {}, say("board-questions", { number: found.length })), h("div.row", {}, split, away), h("ol.members", {}, items)];
}

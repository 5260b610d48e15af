/** The board: hears what changes, shows it, and does what a moderator wants. */
import * as api from "./api.js";
import { copy, speak } from "./answer.js";
import { showDetail, tickedQuestions } from "./detail.js";
import { pick, prepareDialogs, showAside } from "./dialogs.js";
import { byId } from "./dom.js";
import { Groups } from "./groups.js";
import { prepareKeys } from "./keys.js";
import { focusLine, neighbour, reorder, showList } from "./list.js";
import { note } from "./notes.js";
import { page, say } from "./words.js";

const groups = new Groups();
const ticked = new Set();
const filters = byId("filters");
let current = null;

const wanted = () => Object.fromEntries(new FormData(filters));
const group = () => groups.get(current);
const seen = (...found) => Object.fromEntries(found.filter(Boolean).map((one) => [one.id, one.changed]));

function show() {
  for (const id of [...ticked]) if (!groups.get(id)) ticked.delete(id);
  showList(groups.chosen(wanted(), page.me), { current, ticked, choose, tick });
  showDetail(group(), deeds);
  const { totals } = groups;
  byId("totals").textContent = say("board-totals", { messages: totals.messages, groups: totals.groups });
  byId("aside-count").textContent = totals.aside;
  byId("merge").hidden = !ticked.size;
  byId("merge").disabled = !(ticked.size > 1 || (ticked.size === 1 && current && !ticked.has(current)));
}

function choose(id, focus = false) {
  current = id ?? null;
  document.body.classList.toggle("one", Boolean(current));
  show();
  if (focus) byId("detail").querySelector("h2")?.focus();
}

function tick(id, on) {
  ticked[on ? "add" : "delete"](id);
  show();
}

/** Do something; where another was faster, say so: the board shows how it is now. */
async function act(wish) {
  if (!page.open) return note(say("board-is-over"), true);
  try {
    await api.act(wish);
    return true;
  } catch (failed) {
    note(failed.message, true);
    return false;
  }
}

const set = (one, what, value) => act({ do: "choose", group: one.id, what, value, seen: seen(one) });

const deeds = {
  back: () => { const id = current; choose(null); focusLine(id); },
  state: (one, state) => set(one, "state", state === "new" ? null : state),
  star: (one) => set(one, "star", one.star ? null : "yes"),
  show: (one) => set(one, "shown", one.shown ? null : "yes"),
  entry: (one, value) => set(one, "entry", value === "?" ? null : value),
  head: (one, id) => set(one, "head", id),
  card: speak,
  copy: (one, form) => (one.entry ? copy(one.entry, form).catch((failed) => note(failed.message, true)) : note(say("board-no-answer"), true)),
  split: (one, questions) => questions.length && act({ do: "split", questions, seen: seen(one) }),
  away: (questions) => act({ do: "aside", questions }),
  aside: async (one) => act({ do: "aside", questions: (await api.members(one.id)).map((member) => member.id), seen: seen(one) }),
  restore: (id) => act({ do: "move", question: id, group: null }),
  async pass(one) {
    const name = await pick(say("board-pass-to"), [["", say("board-pass-nobody")], ...page.moderators.map((who) => [who, who === page.me ? say("board-pass-me", { name: who }) : who])]);
    if (name !== undefined) await set(one, "assignee", name || null);
  },
  async move(one, question) {
    const others = groups.chosen({ search: "", state: "all", order: "wanted" }, page.me).filter((other) => other.id !== one.id);
    const target = await pick(say("board-move-to"), [["", say("board-move-own")], ...others.map((other) => [other.id, other.head])]);
    if (target !== undefined) await act({ do: "move", question: question.id, group: target || null, seen: seen(one, groups.get(target)) });
  },
  async merge() {
    const others = [...ticked].filter((id) => id !== current);
    const into = current && ticked.size ? current : others.shift();
    if (!into || !others.length) return note(say("board-merge-how"), true);
    if (await act({ do: "merge", group: into, others, seen: seen(groups.get(into), ...others.map((id) => groups.get(id))) })) { ticked.clear(); choose(into); note(say("board-merged")); }
  },
  undo: async () => (await act({ do: "undo" })) && note(say("board-undone")),
};

function bringIn() {
  byId("bring-result").replaceChildren();
  byId("bring").showModal();
}

const step = (by) => { const id = neighbour(current, by); if (id) { choose(id); focusLine(id); } };
const onGroup = (deed) => () => group() && deed(group());
const states = ["new", "next", "answering", "answered-live", "answered-in-writing", "dismissed"];

prepareKeys({
  ...Object.fromEntries(states.map((state, place) => [String(place + 1), onGroup((one) => deeds.state(one, state))])),
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  s: onGroup(deeds.star), p: onGroup(deeds.pass), v: onGroup(deeds.show), o: onGroup(deeds.card), z: onGroup(deeds.aside),
  e: onGroup((one) => deeds.copy(one, "en")), f: onGroup((one) => deeds.copy(one, "fr")), b: onGroup((one) => deeds.copy(one, "both")), c: onGroup((one) => deeds.copy(one, one.locale ?? "en")),
  g: () => byId("entry-choice")?.focus(), d: () => byId("detail").querySelector("h2")?.focus(), l: () => current && focusLine(current),
  x: () => current && tick(current, !ticked.has(current)), m: deeds.merge, t: onGroup((one) => deeds.split(one, tickedQuestions())), u: deeds.undo,
  r: reorder, a: showAside, i: bringIn, "/": () => filters.elements.search.focus(), "?": () => byId("help").showModal(),
  Escape: () => current && deeds.back(),
});
prepareDialogs(deeds);
byId("reorder").addEventListener("click", reorder);
byId("merge").addEventListener("click", deeds.merge);
byId("undo").addEventListener("click", deeds.undo);
byId("open-aside").addEventListener("click", showAside);
byId("open-bring").addEventListener("click", bringIn);
byId("open-help").addEventListener("click", () => byId("help").showModal());
byId("copy-share").addEventListener("click", () => navigator.clipboard?.writeText(byId("share").textContent).then(() => note(say("board-copied-share"))));
byId("card-live").addEventListener("click", () => { byId("card").close(); if (group()) deeds.state(group(), "answered-live"); });
const wide = matchMedia("(min-width: 60rem)");
wide.addEventListener("change", () => { byId("more-filters").open = wide.matches; });
byId("more-filters").open = wide.matches;
filters.addEventListener("input", show);
filters.addEventListener("submit", (event) => event.preventDefault());

api.listen((kind, data) => {
  if (kind === "people") byId("people").textContent = data.join(", ");
  else { groups.hear(data); byId("not-ready").hidden = data.ready; show(); document.documentElement.dataset.heard = "yes"; }
}, (on) => { byId("line").hidden = on; });

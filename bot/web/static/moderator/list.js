/** The list of groups: one line for each, kept in place while somebody points at it. */
import { byId, fill, h } from "./dom.js";
import { page, percent, question, say, time } from "./words.js";

const list = byId("groups");
const lines = new Map();
let shown = [];
let waiting = null;

/** Show `groups`; a new order waits while the list is in use. */
export function showList(groups, { current, ticked, choose, tick }) {
  for (const group of groups) lines.set(group.id, line(group, { current, ticked, choose, tick }));
  const ids = groups.map((group) => group.id);
  const moved = shown.length && ids.some((id, place) => shown.includes(id) && shown[place] !== id);
  waiting = moved && inUse() ? ids : null;
  if (waiting) shown = [...shown.filter((id) => ids.includes(id)), ...ids.filter((id) => !shown.includes(id))];
  else shown = ids;
  fill(list, shown.map((id) => lines.get(id).item));
  for (const id of [...lines.keys()]) if (!ids.includes(id)) lines.delete(id);
  byId("reorder").hidden = !waiting;
  byId("none").hidden = ids.length > 0;
}

/** Put the list into the order that has been waiting. */
export function reorder() {
  if (!waiting) return;
  shown = waiting;
  waiting = null;
  const focused = document.activeElement;
  fill(list, shown.map((id) => lines.get(id).item));
  if (list.contains(focused)) focused.focus();
  byId("reorder").hidden = true;
}

/** Return the group `step` lines away from `id`. */
export function neighbour(id, step) {
  const place = shown.indexOf(id);
  return shown[place < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, place + step))];
}

export function focusLine(id) {
  lines.get(id)?.button.focus();
  lines.get(id)?.item.scrollIntoView({ block: "nearest" });
}

const inUse = () => list.matches(":hover") || list.contains(document.activeElement);

function line(group, { current, ticked, choose, tick }) {
  const known = lines.get(group.id) ?? made(group.id, choose, tick);
  known.item.className = `group state-${group.state}`;
  known.item.classList.toggle("current", group.id === current);
  known.box.checked = ticked.has(group.id);
  if (group.id === current) known.button.setAttribute("aria-current", "true");
  else known.button.removeAttribute("aria-current");
  const look = JSON.stringify(group);
  if (known.look !== look) {
    known.look = look;
    known.box.setAttribute("aria-label", say("board-tick", { question: group.head }));
    known.count.replaceChildren(String(group.asked));
    known.button.replaceChildren(h("span.question", { lang: group.locale }, group.head), meta(group));
  }
  return known;
}

function made(id, choose, tick) {
  const button = h("button.plain-line", { type: "button", onclick: () => choose(id) });
  const box = h("input", { type: "checkbox", onchange: () => tick(id, box.checked) });
  const count = h("span.count", { "aria-hidden": "true" });
  const item = h("li", { "data-group": id }, h("label.tick", {}, box), count, button);
  return { item, button, box, count, look: "" };
}

/** The chips under a question. */
export function meta(group) {
  const covered = group.entry
    ? h("span.chip.good.covered", { title: question(group.entry) }, h("span.entry", {}, question(group.entry)), h("span", {}, `\u00a0· ${group.chosen ? say("board-by-hand") : percent(group.confidence)}`))
    : h("span.chip.late", group.near ? { title: question(group.near) } : {}, say("board-gap"));
  return h(
    "span.meta",
    {},
    h("span.unseen", {}, `${say("board-asked", { number: group.asked })}. `),
    group.state !== "new" && h("span.chip.state", {}, say(`board-state-${group.state}`)),
    group.urgent && h("span.chip.bad", {}, say("board-urgent")),
    group.star && h("span.chip.star", {}, `★ ${say("board-starred")}`),
    covered,
    Object.entries(group.languages).map(([tag, number]) => h(`span.chip.${tag}`, {}, `${tag.toUpperCase()} ${number}`)),
    group.votes > 0 && h("span.chip", {}, say("board-votes", { number: group.votes })),
    group.assignee && h("span.chip", {}, say(group.assignee === page.me ? "board-mine" : "board-passed-to", { name: group.assignee })),
    h("span.quiet.small", {}, time(group.first)),
  );
}

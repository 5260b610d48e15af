/** The groups as last heard, and which of them are wanted in which order. No page in it. */

export const OPEN = ["new", "next", "answering"];
export const ANSWERED = ["answered-live", "answered-in-writing"];
const STATES = { open: OPEN, answered: ANSWERED };

export class Groups {
  #all = new Map();
  totals = { messages: 0, aside: 0, groups: 0, states: {} };

  /** Take in what the server says has changed. */
  hear({ whole, groups, gone, totals }) {
    if (whole) this.#all.clear();
    for (const group of groups) this.#all.set(group.id, group);
    for (const id of gone) this.#all.delete(id);
    this.totals = totals;
  }

  get(id) {
    return this.#all.get(id);
  }

  /** Return the groups that fit `wanted`, in its order. */
  chosen(wanted, me) {
    const words = fold(wanted.search).split(/\s+/).filter(Boolean);
    const fits = (group) =>
      (wanted.state === "all" || (STATES[wanted.state] ?? [wanted.state]).includes(group.state)) &&
      (!wanted.cover || (wanted.cover === "gap") === !group.entry) &&
      (!wanted.language || group.languages[wanted.language]) &&
      (!wanted.only || (wanted.only === "mine" ? group.assignee === me : group[wanted.only])) &&
      words.every((word) => fold(`${group.head} ${group.entry ?? ""} ${group.assignee ?? ""}`).includes(word));
    return [...this.#all.values()].filter(fits).sort(ORDERS[wanted.order]);
  }
}

const weight = (group) => (group.urgent && OPEN.includes(group.state) ? 1e6 : 0) + (group.star ? 1e5 : 0) + group.asked + group.votes;
const ORDERS = {
  wanted: (a, b) => weight(b) - weight(a) || a.order - b.order,
  newest: (a, b) => b.order - a.order,
  oldest: (a, b) => a.order - b.order,
};

export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

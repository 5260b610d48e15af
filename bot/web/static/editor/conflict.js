/** Two versions of one document: what only one side changed is taken, what both changed is chosen. */
import { h, say } from "./page.js";
import { flat, valueAt, withValue } from "./form.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Join `mine` and `theirs`, both made from `base`.
 * @returns {{joined: object, open: string[]}} the values, and the ways at which both sides changed something differently
 */
export function join(base, mine, theirs) {
  const ways = new Set([...flat(mine).keys(), ...flat(theirs).keys()]);
  let joined = structuredClone(mine);
  const open = [];
  for (const way of ways) {
    const [was, my, their] = [base, mine, theirs].map((values) => valueAt(values, way));
    if (same(my, their)) continue;
    if (same(my, was)) joined = withValue(joined, way, their);
    else if (!same(their, was)) open.push(way);
  }
  return { joined, open };
}

/** The ways at which two versions differ. */
export const differing = (one, other) => [...new Set([...flat(one).keys(), ...flat(other).keys()])].filter((way) => !same(valueAt(one, way), valueAt(other, way)));

/** Ask which of two versions to keep at each open way; resolves to the values, or null when put off. */
export function choose({ joined, open }, mine, theirs, { by, label }) {
  const dialog = h("dialog.conflict", { "aria-labelledby": "conflict-title" });
  const picks = new Map(open.map((way) => [way, "mine"]));
  const side = (way, whose, values) => {
    const id = `pick-${way}-${whose}`;
    const input = h("input", { type: "radio", name: `pick-${way}`, id, value: whose, onchange: () => picks.set(way, whose) });
    input.checked = whose === "mine";
    const text = valueAt(values, way);
    return h("div.side", h("div.row", input, h("label", { for: id }, say(whose === "mine" ? "ed-mine" : "ed-theirs", { by }))), h("p.version", Array.isArray(text) ? text.join("\n") : String(text ?? "")));
  };
  const rows = open.map((way) => h("fieldset.choice", h("legend", label(way)), h("div.pair", side(way, "mine", mine), side(way, "theirs", theirs))));
  return new Promise((resolve) => {
    const done = (values) => {
      dialog.close();
      dialog.remove();
      resolve(values);
    };
    dialog.append(
      h("h2", { id: "conflict-title" }, say("ed-conflict-title", { by })),
      h("p.quiet", say(open.length ? "ed-conflict-lead" : "ed-conflict-none", { by })),
      ...rows,
      h(
        "div.row",
        h("button.primary", { onclick: () => done([...picks].reduce((values, [way, whose]) => withValue(values, way, valueAt(whose === "mine" ? mine : theirs, way)), joined)) }, say("ed-conflict-join")),
        h("button", { onclick: () => done(structuredClone(theirs)) }, say("ed-conflict-theirs")),
        h("button.plain", { onclick: () => done(null) }, say("ed-conflict-later")),
      ),
    );
    dialog.addEventListener("cancel", (event) => (event.preventDefault(), done(null)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

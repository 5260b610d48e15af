/** When a wording is said, chosen from lists; the file's own form stands in a hidden field. */
import { data, h, say } from "./page.js";

const select = (label, options, value, onchange) => {
  const node = h("select", { "aria-label": label, onchange }, options.map(([key, text]) => h("option", { value: key }, text)));
  node.value = value;
  return node;
};

/** Bring the conditions of one wording to life. */
export function conditions(item) {
  const place = item.querySelector(".conditions");
  const held = place.querySelector("[data-way=when]");
  const rows = place.querySelector(".rows");
  let drawn = null;
  const facts = () => Object.entries(data.dated).map(([key, said]) => [key, said ? `${key} (${said})` : key]);
  const store = () => {
    drawn = [...rows.children].map((row) => [...row.querySelectorAll("select")].map((one) => one.value).join(" ")).join(" and ");
    held.value = drawn;
    held.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const row = (test, fact) => {
    const known = facts();
    const options = known.some(([key]) => key === fact) ? known : [...known, [fact, fact]];
    const node = h("div.row", select(say("ed-when-test"), data.tests.map((key) => [key, say(`ed-when-${key}`)]), test, store), select(say("ed-when-fact"), options, fact, store));
    node.append(h("button.plain", { onclick: () => (node.remove(), store(), place.querySelector("[data-add]").focus()) }, say("ed-when-remove")));
    return node;
  };
  const draw = () => {
    if (held.value === drawn) return;
    drawn = held.value;
    rows.replaceChildren(...drawn.split(" and ").filter(Boolean).map((part) => row(...part.trim().split(" "))));
  };
  place.querySelector("[data-add]").addEventListener("click", () => {
    rows.append(row("before", "deadline"));
    store();
    rows.lastChild.querySelector("select").focus();
  });
  item.closest("form").addEventListener("input", draw);
  draw();
}

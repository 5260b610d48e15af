/** Choosing a fact to insert: a combobox with what each says today. */
import { h, say } from "./page.js";
import { saidBy } from "./tokens.js";

const MAX = 60;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let box = null;

/** Open under `area`; `from` is where the inserted text replaces a typed brace. */
export function openFacts(area, facts, { language, notice, from = area.selectionStart }) {
  close();
  const input = h("input", { role: "combobox", "aria-expanded": "true", "aria-controls": "facts-list", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", "aria-label": say("ed-insert-which"), placeholder: say("ed-insert-which") });
  const list = h("ul", { id: "facts-list", role: "listbox", "aria-label": say("ed-insert") });
  const none = h("p.quiet.small", { role: "status" });
  const node = h("div.facts-box", input, list, none);
  const rows = facts.map((row) => ({ ...row, said: saidBy(facts, row.insert, language, notice) ?? "" })).map((row) => ({ ...row, key: plain(`${row.fact.replaceAll("-", " ")} ${row.insert} ${row.said}`) }));
  const end = area.selectionEnd;
  let active = 0;

  const draw = () => {
    const terms = plain(input.value).split(/\s+/).filter(Boolean);
    const shown = rows.filter((row) => terms.every((term) => row.key.includes(term))).slice(0, MAX);
    active = Math.min(active, Math.max(shown.length - 1, 0));
    list.replaceChildren(
      ...shown.map((row, index) =>
        h("li", { id: `fact-${index}`, role: "option", "aria-selected": String(index === active), onmousedown: (event) => event.preventDefault(), onclick: () => choose(row) }, h("code", row.insert), h("span", row.said)),
      ),
    );
    none.textContent = shown.length ? "" : say("ed-insert-none");
    input.setAttribute("aria-activedescendant", shown.length ? `fact-${active}` : "");
    list.children[active]?.scrollIntoView({ block: "nearest" });
    return shown;
  };
  const choose = (row) => {
    close();
    area.focus();
    area.setRangeText(row.insert, from, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  input.addEventListener("input", () => ((active = 0), draw()));
  input.addEventListener("keydown", (event) => {
    const shown = draw();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) active = Math.max(0, Math.min(shown.length - 1, active + step));
    else if (event.key === "Enter" && shown[active]) choose(shown[active]);
    else if (event.key === "Escape") (close(), area.focus());
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step) draw();
  });
  node.addEventListener("focusout", (event) => node.contains(event.relatedTarget) || close());
  area.closest(".words").append(node);
  box = node;
  draw();
  input.focus();
}

function close() {
  const old = box;
  box = null;
  old?.remove();
}

/** Dialogs: bringing questions in, those set aside, passing on, moving. */
import * as api from "./api.js";
import { byId, h } from "./dom.js";
import { note } from "./notes.js";
import { page, say } from "./words.js";

export function prepareDialogs(deeds) {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  }
  byId("type-form").addEventListener("submit", (event) => { event.preventDefault(); typeOne(event.target); });
  byId("bring-form").addEventListener("submit", (event) => { event.preventDefault(); bring(event.target); });
  byId("aside-list").addEventListener("click", (event) => { if (event.target.dataset.question) deeds.restore(event.target.dataset.question).then(showAside); });
}

async function typeOne(form) {
  const field = form.elements.text;
  const told = byId("bring-result");
  if (!field.value.trim()) return field.focus();
  try {
    await api.type(field.value);
    field.value = "";
    told.replaceChildren(h("p.notice.good", {}, say("board-typed")));
  } catch (failed) {
    told.replaceChildren(h("p.notice.bad", {}, failed.message));
  }
  field.focus();
}

async function bring(form) {
  const { text, file, submit } = form.elements;
  const content = file.files[0] ?? text.value;
  const told = byId("bring-result");
  if (content === "" || content.size === 0) return text.focus();
  const columns = Object.fromEntries(["question", "person", "time", "votes"].map((role) => [role, form.elements[`column-${role}`].value.trim()]));
  submit.disabled = true;
  told.replaceChildren(h("p", {}, say("board-bringing")));
  try {
    const result = await api.bring(content, columns);
    told.replaceChildren(
      h("p.notice.good", {}, say("board-brought", { read: result.read, new: result.new })),
      h("ul.small", {}, result.faults.map((fault) => h("li", {}, fault.line ? say("board-fault-line", { line: fault.line, why: fault.why }) : fault.why)), result.more > 0 && h("li", {}, say("board-more-faults", { number: result.more }))),
    );
    if (result.read) { text.value = ""; file.value = ""; }
  } catch (failed) {
    told.replaceChildren(h("p.notice.bad", {}, failed.message));
  }
  submit.disabled = false;
}

export async function showAside() {
  const list = byId("aside-list");
  const found = await api.aside().catch((failed) => { note(failed.message, true); return []; });
  const reason = (why) => page.words[`board-why-${why}`] ?? why;
  list.replaceChildren(...found.map((one) => h("li.member", {}, h("span", { lang: one.locale }, one.text), h("span.chip", {}, reason(one.why)), h("button.plain", { type: "button", "data-question": one.id }, say("board-restore")))));
  if (!found.length) list.replaceChildren(h("li.empty", {}, say("board-aside-none")));
  if (!byId("aside").open) byId("aside").showModal();
}

/** Let one of `choices` ([value, words]) be chosen; resolves to undefined where nothing was. */
export function pick(title, choices) {
  const dialog = byId("pick");
  byId("pick-title").textContent = title;
  return new Promise((resolve) => {
    let chosen;
    const buttons = choices.map(([value, words]) => h("li", {}, h("button", { type: "button", onclick: () => { chosen = value; dialog.close(); } }, words)));
    byId("pick-list").replaceChildren(...buttons);
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    dialog.showModal();
    buttons[0]?.firstChild.focus();
  });
}

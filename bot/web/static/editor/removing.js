/** Taking an entry away: what leans on it is named first, and nothing is done without a second press. */
import { ask, h, say, tell } from "./page.js";

const list = (title, items) => (items.length ? [h("h3", title), h("ul.uses", items.map((item) => h("li", item)))] : []);
const entry = (id, words) => h("a", { href: `/editor/entries/${id}` }, words);

/** Bring the button to life; `stand()` says which revision the page was made from. */
export function removing(button, form, stand) {
  button?.addEventListener("click", async () => {
    const id = form.dataset.path.replace(/^entries\/(.*)\.yaml$/, "$1");
    const { body, trouble } = await ask("GET", `/editor/api/leaning/${id}`);
    if (trouble) return tell(trouble, "bad");
    if (!(await sure(body))) return button.focus();
    const { status, trouble: failed } = await ask("POST", "/editor/api/removals", { path: form.dataset.path, ...stand() });
    if (status === 409) return tell(say("ed-remove-conflict"), "bad");
    if (failed) return tell(failed, "bad");
    location.reload();
  });
}

function sure(found) {
  const dialog = h("dialog.removing", { "aria-labelledby": "removing-title" });
  const led = new Set(found.related.map((one) => one.entry)); // named already, with what to do
  const counts = [found.golden && say("ed-remove-golden", { count: found.golden }), found.stored && say("ed-remove-stored", { count: found.stored })].filter(Boolean);
  return new Promise((resolve) => {
    const done = (answer) => (dialog.close(), dialog.remove(), resolve(answer));
    dialog.append(
      h("h2", { id: "removing-title", tabindex: "-1", autofocus: true }, say("ed-remove-title")),
      h("p", say("ed-remove-lead")),
      found.draft ? h("p.notice.late", say("ed-remove-draft", { by: found.draft })) : "",
      ...list(say("ed-remove-notices"), found.notices),
      ...list(say("ed-remove-related"), found.related.map((one) => entry(one.entry, one.question))),
      found.topic ? h("p", say("ed-remove-topic", { topic: found.topic })) : "",
      ...list(say("ed-remove-known"), counts),
      ...list(say("ed-remove-mend"), found.problems.filter((one) => !led.has(one.entry)).map((one) => [h("code", one.entry), ` ${one.message} ${one.mend}`]).map((parts) => h("span", parts))),
      h("div.row.last", h("button.danger", { onclick: () => done(true) }, say("ed-remove-go")), h("button", { onclick: () => done(false) }, say("ed-remove-not"))),
    );
    dialog.addEventListener("cancel", (event) => (event.preventDefault(), done(false)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Bringing in a notice as published: what it states, what it lacks, what changes; then a draft of what was chosen. */
import { ask, h, say, table, tell } from "./page.js";
import { shown } from "./outcome.js";

const words = (value) => (value == null ? "—" : Array.isArray(value) ? value.map(words).join("; ") : typeof value === "object" ? Object.values(value).join(" ") : String(value));
const notice = document.getElementById("published");
const text = document.getElementById("published-text");
document.getElementById("published-file").addEventListener("change", async (event) => {
  const [chosen] = event.target.files;
  if (chosen) text.value = await chosen.text();
});

notice.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell("");
  const given = text.value;
  if (!given.trim()) return text.focus();
  const { body, trouble } = await ask("POST", "/editor/api/notice", { text: given });
  if (trouble) return tell(trouble, "bad");
  showNotice(body, given);
});

function showNotice(found, given) {
  const ids = [...new Set(found.facts.map((fact) => fact.id))];
  const said = (id, language) => found.facts.filter((fact) => fact.id === id && fact.language === language);
  const differs = new Map();
  for (const change of found.changes) differs.set(change.id, [...(differs.get(change.id) ?? []), change]);
  const cell = (id, language) => h("td", { lang: language }, said(id, language).map((fact) => h("p", words(fact.value), " ", h("span.quiet.small", say("ed-line", { line: fact.line })))), !said(id, language).length && "—");
  const row = (id) => {
    const changes = differs.get(id) ?? [];
    const open = found.disagreements.filter((one) => one.id === id);
    const input = h("input", { type: "checkbox", name: "fact", value: id, id: `take-${id}` });
    input.checked = !found.known || changes.length > 0;
    const state = !found.known || changes.some((one) => one.what === "added") ? "new" : changes.length ? "changed" : "same";
    return h("tr", h("td", h("div.tick", input, h("label", { for: input.id }, h("code", id)))), cell(id, "en"), cell(id, "fr"), h("td", h("span", { class: `chip ${{ new: "good", changed: "late", same: "" }[state]}` }, say(`ed-fact-${state}`)), changes.map((one) => one.was != null && h("p.small.quiet", `${one.language}: ${words(one.was)}`)), open.map((one) => h("p.small", one.why))));
  };
  const others = found.disagreements.filter((one) => !ids.includes(one.id));
  const gone = found.changes.filter((one) => one.what === "removed");
  const form = h("form.changes", table(say("ed-notice-facts", { reference: found.reference ?? "—" }), [say("ed-fact"), say("ed-in-en"), say("ed-in-fr"), say("ed-notice-state")], ids.map(row)), lacks(found.lacking), h("div.row", h("button.primary", say("ed-make-draft")), h("span.quiet", say(found.known ? "ed-notice-known" : "ed-notice-new"))));
  form.querySelector("button.primary").type = "submit";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...form.querySelectorAll("[name=fact]:checked")].map((one) => one.value);
    const { status, body, trouble } = await ask("POST", "/editor/api/notice", { text: given, chosen, given: written(form) });
    if (trouble || status === 409) return tell(trouble ?? say("ed-draft-not-made"), "bad");
    shown(h("p.notice.good", { role: "status" }, say("ed-notice-drafted", { reference: body.notice })), h("p", h("a.button.primary", { href: `/editor/notices/${body.notice}` }, say("ed-to-notice"))));
  });
  shown(
    h("h2", say("ed-notice-found", { facts: ids.length, disagreements: found.disagreements.length, missed: found.not_understood.length })),
    others.length > 0 && table(say("ed-disagreements"), [say("ed-fact"), say("ed-in-en"), say("ed-in-fr"), say("ed-what")], others.map((one) => h("tr", h("td", h("code", one.id)), h("td", { lang: "en" }, words(one.en)), h("td", { lang: "fr" }, words(one.fr)), h("td", one.why)))),
    gone.length > 0 && h("p.notice.late", say("ed-notice-gone", { facts: [...new Set(gone.map((one) => one.id))].join(", ") })),
    found.not_understood.length > 0 && table(say("ed-missed"), [say("ed-language"), say("ed-line-number"), say("ed-what")], found.not_understood.map((one) => h("tr", h("td", one.language), h("td.number", one.line), h("td", { lang: one.language }, one.text)))),
    ids.length > 0 ? form : h("p.empty", say("ed-notice-none")),
  );
}

/** What no notice states in a fixed place, and answers cannot do without, is asked for. */
function lacks(ids) {
  if (!ids.length) return "";
  const field = (id, language) => {
    const input = h("input", { id: `give-${id}-${language}`, name: `${id} ${language}`, lang: language, required: true, maxlength: "300" });
    return h("div.field", h("label", { for: input.id }, say(`ed-lack-${id}`), " ", h("span", { class: `chip ${language}` }, say(`ed-in-${language}`))), input);
  };
  return h("fieldset.card.fields", h("legend", say("ed-lacking")), h("p.hint", say("ed-lacking-hint")), ids.map((id) => h("div.pair", field(id, "en"), field(id, "fr"))));
}

const written = (form) => {
  const given = {};
  for (const input of form.querySelectorAll("[id^=give-]")) {
    const [id, language] = input.name.split(" ");
    (given[id] ??= {})[language] = input.value;
  }
  return given;
};

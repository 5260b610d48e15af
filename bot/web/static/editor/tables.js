/** Bringing in a table or a notice: first everything that would change, then drafts of what was chosen. */
import { ask, data, h, ready, say, table, tell } from "./page.js";

const outcome = document.getElementById("outcome");

const shown = (...nodes) => {
  outcome.replaceChildren(...nodes.flat().filter(Boolean));
  outcome.scrollIntoView({ block: "start" });
  outcome.focus({ preventScroll: true });
};

const words = (value) => (value == null ? "—" : Array.isArray(value) ? value.map(words).join("; ") : typeof value === "object" ? Object.values(value).join(" ") : String(value));

/* ---- a table of entries ---- */
const tableForm = document.getElementById("table");
let file = null;

async function sendTable(more = {}) {
  const body = new FormData();
  body.set("file", file);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  return ask("POST", "/editor/api/table", body);
}

async function lookAtTable(mapping = {}) {
  tell("");
  const { body, trouble } = await sendTable({ mapping: JSON.stringify(mapping) });
  if (trouble) return tell(trouble, "bad");
  showPlan(body, mapping);
}

function showPlan(plan, mapping) {
  const box = (change) => {
    const input = h("input", { type: "checkbox", name: "path", value: change.path, id: `take-${change.path}` });
    input.checked = true;
    const fields = change.fields.map((field) => [h("dt", data.columns[field.column], field.condition ? ` – ${field.condition}` : ""), h("dd", field.was && h("del", field.was), field.was && " ", h("ins", field.now))]);
    return h("article.card.change", h("h3.row", input, h("label", { for: input.id }, h("code", change.entry)), change.new && h("span.chip.good", say("ed-new-entry"))), h("dl.diff", fields));
  };
  const faults = plan.faults.map((fault) => h("tr", h("td.number", fault.row || "—"), h("td", data.columns[fault.column] ?? fault.column), h("td", fault.message), h("td", fault.mend)));
  const form = h("form.changes", plan.changes.map(box), h("div.row", h("button.primary", { type: "submit" }, say("ed-make-drafts")), h("span.quiet", say("ed-make-drafts-hint"))));
  form.querySelector("button").type = "submit";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...form.querySelectorAll("[name=path]:checked")].map((one) => one.value).join("\n");
    const { status, body, trouble } = await sendTable({ mapping: JSON.stringify(mapping), chosen, digest: plan.digest });
    if (status === 409) return tell(say("ed-plan-moved"), "late"), showPlan(body, mapping);
    if (trouble) return tell(trouble, "bad");
    done(body.drafts);
  });
  shown(
    h("h2", say("ed-plan", { rows: plan.rows, changes: plan.changes.length, faults: plan.faults.length })),
    plan.ignored.length > 0 && h("p.quiet", say("ed-ignored", { columns: plan.ignored.join(", ") })),
    faults.length > 0 && table(say("ed-rows-bad"), [say("ed-row"), say("ed-column"), say("ed-what"), say("ed-mend")], faults),
    (plan.faults.some((fault) => fault.why === "no-header") || plan.ignored.length > 0) && plan.headers.length > 0 && mapper(plan, mapping),
    plan.changes.length > 0 ? form : h("p.empty", say("ed-plan-none")),
  );
}

/** Say by hand which column holds what. */
function mapper(plan, mapping) {
  const columns = Object.entries(data.columns).filter(([column]) => column !== "state");
  const select = (column, name) => {
    const node = h("select", { id: `map-${column}`, name: column }, h("option", { value: "" }, "—"), plan.headers.map((header, place) => h("option", { value: String(place) }, header || String(place + 1))));
    node.value = String(mapping[column] ?? plan.columns[column] ?? "");
    return h("div.field", h("label", { for: node.id }, name), node);
  };
  const form = h("form.grid", columns.map(([column, name]) => select(column, name)), h("div.row", h("button", say("ed-map"))));
  form.querySelector("button").type = "submit";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lookAtTable(Object.fromEntries([...new FormData(form)].filter(([, place]) => place !== "").map(([column, place]) => [column, Number(place)])));
  });
  return h("details.card", h("summary", say("ed-mapping")), form);
}

function done(drafts) {
  const kept = drafts.filter((one) => one.kept);
  shown(
    h("p.notice.good", { role: "status" }, say("ed-drafts-made", { count: kept.length })),
    h("ul.uses", drafts.map((one) => h("li", h("a", { href: `/editor/entries/${one.entry}` }, one.entry), !one.kept && ` – ${say("ed-draft-not-made")}`))),
    h("p", h("a.button.primary", { href: "/editor/publish" }, say("ed-to-publish"))),
  );
}

tableForm.addEventListener("submit", (event) => {
  event.preventDefault();
  file = document.getElementById("table-file").files[0];
  if (file) lookAtTable();
});

/* ---- a notice ---- */
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
  const form = h("form.changes", table(say("ed-notice-facts", { reference: found.reference ?? "—" }), [say("ed-fact"), say("ed-in-en"), say("ed-in-fr"), say("ed-notice-state")], ids.map(row)), h("div.row", h("button.primary", say("ed-make-draft")), h("span.quiet", say(found.known ? "ed-notice-known" : "ed-notice-new"))));
  form.querySelector("button.primary").type = "submit";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...form.querySelectorAll("[name=fact]:checked")].map((one) => one.value);
    const { status, body, trouble } = await ask("POST", "/editor/api/notice", { text: given, chosen });
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

ready();

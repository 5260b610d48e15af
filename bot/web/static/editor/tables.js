/** Bringing in a table: first everything that would change, then drafts of what was chosen. */
import { ask, data, h, ready, say, table, tell } from "./page.js";
import { shown } from "./outcome.js";
import "./notice-import.js";

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

ready();

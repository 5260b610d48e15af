/** What the check finds, beside its field while it is written, each with how to mend it. */
import { ask, h, say } from "./page.js";
import { controlAt, controls, read, wayOf } from "./form.js";

let running = null;

/** Look at the form as it stands; resolves to the server's answer, or null when another look has begun. */
export async function look(form, { day, notice }) {
  running?.abort();
  running = new AbortController();
  const { body, trouble, status } = await ask("POST", "/editor/api/look", { path: form.dataset.path, form: read(form), day, notice }, { signal: running.signal });
  if (status !== 200) return trouble ? { trouble } : null;
  show(form, body.problems);
  return body;
}

/** The field that a problem belongs to: its own, else the nearest above it. */
function fieldOf(form, { way, language }) {
  for (const tried of [language && `${way}.${language}`, way].filter(Boolean)) {
    const control = controlAt(form, tried);
    if (control) return control;
  }
  const near = controls(form).filter((control) => wayOf(control).startsWith(`${way}.`));
  if (way && near.length) return near.find((control) => wayOf(control).endsWith(`.${language}`)) ?? near[0];
  const above = way.split(".").slice(0, -1).join(".");
  return above ? fieldOf(form, { way: above, language }) : null;
}

const sign = (problem) => h("li", { class: problem.severity }, h("p", h("span.unseen", say(problem.severity === "fault" ? "ed-fault" : "ed-style"), " "), problem.message), h("p.mend", problem.mend));

export function show(form, problems) {
  const by = new Map();
  const rest = [];
  for (const problem of problems) {
    const control = fieldOf(form, problem);
    if (control) by.set(control, [...(by.get(control) ?? []), problem]);
    else rest.push(problem);
  }
  for (const control of controls(form)) {
    const found = by.get(control) ?? [];
    const place = control.closest(".field")?.querySelector(".problems");
    if (!place || (!found.length && place.dataset.of !== control.id)) continue;
    place.dataset.of = found.length ? control.id : "";
    place.replaceChildren(...found.map(sign));
    if (found.some((one) => one.severity === "fault")) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  const elsewhere = document.getElementById("elsewhere");
  elsewhere.replaceChildren(...rest.map(sign));
  summary(problems);
}

function summary(problems) {
  const faults = problems.filter((one) => one.severity === "fault").length;
  const style = problems.length - faults;
  const place = document.getElementById("summary");
  const text = problems.length ? say("ed-summary", { faults, style }) : say("ed-summary-none");
  if (place.textContent !== text) place.textContent = text;
  place.className = `chip ${faults ? "bad" : style ? "late" : "good"}`;
}

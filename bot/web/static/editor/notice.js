/** The facts of one notice. */
import { say, settled, tell } from "./page.js";
import { controlAt } from "./form.js";
import { liven } from "./fields.js";
import { look } from "./checks.js";
import { Saving } from "./saving.js";

const form = document.getElementById("document");

/** What both languages share is written once. */
function follow() {
  for (const one of form.querySelectorAll("[data-follows]")) {
    const leader = controlAt(form, one.dataset.follows);
    if (leader) one.value = leader.value;
  }
}

const check = settled(async () => {
  const found = await look(form, {});
  if (!found) return;
  if (found.trouble) return tell(found.trouble, "bad");
  for (const place of form.querySelectorAll("[data-said]")) place.textContent = found.said?.[place.dataset.said] ?? "—";
  for (const row of form.querySelectorAll(".fact-row")) row.classList.toggle("wrong", Boolean(row.querySelector(".problems .fault")));
}, 350);

function label(way) {
  const [, fact, what, language] = way.split(".");
  return [fact, what !== "value" && what, language && say(`ed-in-${language}`)].filter(Boolean).join(", ");
}

liven(form, () => "");
form.addEventListener("input", () => (follow(), check()), true);
for (const button of form.querySelectorAll("[data-take]"))
  button.addEventListener("click", () => {
    const row = button.closest(".fact-row");
    (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("summary").focus();
    row.remove();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
new Saving(form, { label });
check();
const wanted = location.hash.slice(1) || (form.querySelector(".fact-row[open]")?.id ?? "");
const row = wanted ? document.getElementById(wanted) : null;
if (row?.matches(".fact-row")) {
  row.open = true;
  row.scrollIntoView({ block: "center" });
}

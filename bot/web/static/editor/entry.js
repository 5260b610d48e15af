/** The page of one entry. */
import { data, h, locale, say, settled, tell } from "./page.js";
import { read } from "./form.js";
import { liven } from "./fields.js";
import { conditions } from "./conditions.js";
import { look } from "./checks.js";
import { noticesOf, preview } from "./preview.js";
import { removing } from "./removing.js";
import { Saving } from "./saving.js";

const form = document.getElementById("document");
const answers = form.querySelector("[data-list=answers]");
const template = document.getElementById("wording");
const day = document.getElementById("day");
const notice = document.getElementById("notice");
let count = answers.children.length;
let last = null;

function enliven(item) {
  conditions(item);
  liven(item, () => notice.value);
  item.querySelector("[data-remove]").addEventListener("click", () => {
    if (answers.children.length === 1) return tell(say("ed-wording-last"), "late");
    item.remove();
    changed();
  });
  item.querySelector("[data-up]").addEventListener("click", () => {
    item.previousElementSibling?.before(item);
    changed();
    item.querySelector("[data-up]").focus();
  });
}

function addWording() {
  const item = template.content.firstElementChild.cloneNode(true);
  const number = count++;
  for (const node of item.querySelectorAll("[id], [for], [aria-describedby]"))
    for (const name of ["id", "for", "aria-describedby"]) if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace("__n__", number));
  answers.append(item);
  enliven(item);
  return item;
}

/** Give the list of wordings so many items. */
function sized(list, wanted) {
  while (list.children.length > Math.max(wanted, 1)) list.lastElementChild.remove();
  while (list.children.length < wanted) addWording();
}

function changed() {
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The name of a field, for someone who has to choose between two versions of it. */
function label(way) {
  const [first, index, language] = way.split(".");
  if (first === "answers") return `${say("ed-wording", { number: Number(index) + 1 })}, ${say(language === "when" ? "ed-when" : `ed-in-${language}`)}`;
  return `${say(`ed-field-${first}`)}${index ? `, ${say(`ed-in-${index}`)}` : ""}`;
}

function draw() {
  if (!last) return;
  const values = read(form);
  const shown = form.querySelector("[name=preview]:checked")?.value ?? locale;
  preview(document.getElementById("preview"), last.previews?.[shown], values.question[shown], noticesOf(last.notices ?? []));
}

const check = settled(async () => {
  const found = await look(form, { day: day.value, notice: notice.value });
  if (!found) return;
  if (found.trouble) return tell(found.trouble, "bad");
  last = found;
  draw();
}, 350);

for (const item of answers.children) enliven(item);
liven(form, () => notice.value);
document.getElementById("add-wording").addEventListener("click", () => {
  const item = addWording();
  answers.prepend(item);
  item.querySelector("[data-add]").click();
  item.querySelector("textarea").focus();
  changed();
});
form.addEventListener("input", check);
for (const control of [day, notice])
  control.addEventListener("change", () => {
    for (const field of form.querySelectorAll(".words")) field.dispatchEvent(new Event("notice"));
    check();
  });
for (const choice of form.querySelectorAll("[name=preview]")) choice.addEventListener("change", draw);
const saving = new Saving(form, { sized, label });
removing(document.getElementById("remove"), form, () => saving.stand);
check();
if (data.focus) form.querySelector(`[data-way="${data.focus}"]`)?.focus();

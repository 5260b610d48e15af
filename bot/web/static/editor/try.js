/** Ask the draft anything, and see why it answers so; put all known questions to it. */
import { ask, data, h, locale, ready, say, table, tell } from "./page.js";
import { noticesOf, preview } from "./preview.js";

const byId = (id) => document.getElementById(id);
const form = byId("try");
const percent = (share) => new Intl.NumberFormat(locale === "fr" ? "fr-BE" : "en-GB", { style: "percent", maximumFractionDigits: 1 }).format(share);
const link = (entry) => h("a", { href: `/editor/entries/${entry}` }, data.questions[entry] ?? entry);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell("");
  const text = byId("text").value;
  const { body, trouble } = await ask("POST", "/editor/api/try", { text, language: byId("language").value, notice: byId("notice").value, day: byId("day").value });
  if (trouble) return tell(trouble, "bad");
  byId("said").hidden = false;
  preview(byId("said"), body.reply, text, noticesOf(body.notices));
  byId("why-none").hidden = true;
  byId("ranking").replaceChildren(...body.ranking.map(row));
});

function row(one) {
  const meter = h("meter", { min: "0", max: "1", "aria-label": say("ed-confidence") });
  meter.value = one.confidence;
  return h("li", h("span.strong", link(one.entry)), h("span", percent(one.confidence)), meter, h("p.why", say("ed-why", { meaning: percent(one.meaning), words: percent(one.words) }), one.nearest && ` ${say("ed-nearest", { text: one.nearest, likeness: Math.round(one.likeness) })}`));
}

/* ---- all ---- */
const POLL = 1_000;
byId("all").addEventListener("click", async () => {
  tell("");
  const { trouble } = await ask("POST", "/editor/api/trials", {});
  if (trouble) return tell(trouble, "bad");
  byId("trial").replaceChildren();
  follow();
});

async function follow() {
  const { body, trouble } = await ask("GET", "/editor/api/trials");
  if (trouble) return tell(trouble, "bad");
  byId("running").hidden = !body.busy;
  byId("all").disabled = body.busy;
  if (body.busy) {
    byId("progress").max = Math.max(body.total, 1);
    byId("progress").value = body.done;
    byId("progress-label").textContent = say("ed-running", { done: body.done, total: body.total });
    return setTimeout(follow, POLL);
  }
  if (body.failed) return tell(say("ed-trouble"), "bad");
  if (body.trial) show(body.trial);
}

function show(trial) {
  const languages = Object.keys(trial.asked).map((language) => {
    const [asked, before, after] = [trial.asked[language], trial.before[language], trial.after[language]];
    return h("tr", h("th", { scope: "row" }, say(`ed-in-${language}`)), h("td.number", asked), h("td.number", percent(before / asked)), h("td.number", percent(after / asked)));
  });
  const heard = ({ kind, entries }) => (entries.length ? entries.map((entry) => h("p", link(entry))) : say(`ed-kind-${kind}`));
  const sign = (better) => h("span", { class: `chip ${better === true ? "good" : better === false ? "bad" : ""}` }, say(better === true ? "ed-better" : better === false ? "ed-worse" : "ed-other"));
  const turned = trial.turned.map((one) => h("tr", h("td", { lang: one.language }, one.text), h("td", heard(one.before)), h("td", heard(one.after)), h("td", sign(one.better))));
  const reworded = Object.entries(trial.reworded);
  byId("trial").replaceChildren(
    table(say("ed-right"), [say("ed-language"), say("ed-asked"), say("ed-live"), say("ed-draft")], languages),
    turned.length ? table(say("ed-turned", { count: turned.length + trial.more }), [say("ed-question"), say("ed-live"), say("ed-draft"), ""], turned) : h("p.notice.good", say("ed-turned-none")),
    reworded.length ? h("div", h("h3", say("ed-reworded")), h("ul.uses", reworded.map(([entry, count]) => h("li", link(entry), ` (${count})`)))) : "",
  );
}

follow();
ready();

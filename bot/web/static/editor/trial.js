/** All known questions put to the drafts: how far it has come, and what came of it. */
import { data, follow, h, locale, say, table, tell } from "./page.js";

const byId = (id) => document.getElementById(id);
const number = new Intl.NumberFormat(locale === "fr" ? "fr-BE" : "en-GB");
export const percent = (share) => new Intl.NumberFormat(locale === "fr" ? "fr-BE" : "en-GB", { style: "percent", maximumFractionDigits: 1 }).format(share);
export const link = (entry) => h("a", { href: `/editor/entries/${entry}` }, data.questions[entry] ?? entry);

/** Put them all, and show what comes of it; the page stays usable meanwhile. */
export async function testAll() {
  const button = byId("all");
  tell("");
  button.disabled = true;
  byId("trial").replaceChildren();
  at({ stage: "", done: 0, total: 0 });
  byId("running").hidden = false;
  const trouble = await follow("/editor/api/trials", (said) => {
    if (said.trial) show(said.trial);
    else if (said.trial === null) tell(say("ed-trouble"), "bad");
    else at(said);
  });
  byId("running").hidden = true;
  button.disabled = false;
  if (trouble) tell(trouble, "bad");
}

function at({ stage, done, total }) {
  const progress = byId("progress");
  if (total) Object.assign(progress, { max: total, value: done });
  else progress.removeAttribute("value");
  byId("progress-label").textContent = stage ? say(`ed-stage-${stage}`, { done: number.format(done), total: number.format(total) }) : say("ed-stage-begun");
}

function show(trial) {
  const rows = Object.entries(trial.figures).flatMap(([origin, languages]) =>
    Object.entries(languages).map(([language, { asked, before, after }]) => {
      const sign = after < before ? "bad" : after > before ? "good" : "";
      return h("tr", h("th", { scope: "row" }, say(`ed-origin-${origin}`)), h("td", say(`ed-in-${language}`)), h("td.number", number.format(asked)), h("td.number", percent(before / asked)), h("td.number", sign ? h("span", { class: `chip ${sign}` }, percent(after / asked)) : percent(after / asked)));
    }),
  );
  const heard = ({ kind, entries }) => (entries.length ? entries.map((entry) => h("p", link(entry))) : say(`ed-kind-${kind}`));
  const sign = (better) => h("span", { class: `chip ${better === true ? "good" : better === false ? "bad" : ""}` }, say(better === true ? "ed-better" : better === false ? "ed-worse" : "ed-other"));
  const turned = trial.turned.map((one) => h("tr", h("td", { lang: one.language }, one.text), h("td", heard(one.before)), h("td", heard(one.after)), h("td", sign(one.better))));
  const reworded = Object.entries(trial.reworded);
  byId("trial").replaceChildren(
    trial.shortfalls.length ? h("p.notice.bad", say("ed-would-hold", { margin: trial.margin, figures: trial.shortfalls.join("; ") })) : "",
    table(say("ed-right"), [say("ed-questions"), say("ed-language"), ...["ed-asked", "ed-live", "ed-draft"].map((key) => h("th.number", { scope: "col" }, say(key)))], rows),
    turned.length ? table(say("ed-turned", { count: number.format(turned.length + trial.more) }), [say("ed-question"), say("ed-live"), say("ed-draft"), ""], turned) : h("p.notice.good", say("ed-turned-none")),
    trial.more ? h("p.quiet", say("ed-turned-more", { count: number.format(trial.more) })) : "",
    reworded.length ? h("div", h("h3", say("ed-reworded")), h("ul.uses", reworded.map(([entry, count]) => h("li", link(entry), ` (${count})`)))) : "",
  );
}

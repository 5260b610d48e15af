/** Ask the draft anything, and see why it answers so. */
import { ask, h, ready, say, tell } from "./page.js";
import { noticesOf, preview } from "./preview.js";
import { link, percent, testAll } from "./trial.js";

const byId = (id) => document.getElementById(id);
const form = byId("try");

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

byId("all").addEventListener("click", testAll);

ready();

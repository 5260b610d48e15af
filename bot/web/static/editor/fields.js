/** Fields with words: facts inserted and shown, typography helped. */
import { ask, data, say, settled } from "./page.js";
import { openFacts } from "./facts-box.js";
import { chips, mirror } from "./tokens.js";

/** Bring the fields under `root` to life; `notice()` is the one that values are shown for. */
export function liven(root, notice) {
  for (const field of root.querySelectorAll(".words")) {
    const area = field.querySelector("textarea, input");
    if (area.dataset.live) continue;
    area.dataset.live = "yes";
    const language = field.lang;
    const place = field.querySelector(".facts");
    if (place) withFacts(field, area, place, language, notice);
    field.querySelector("[data-typeset]")?.addEventListener("click", () => typeset(area, language));
  }
}

function withFacts(field, area, place, language, notice) {
  mirror(area);
  const draw = () => chips(place, area.value, data.facts, language, notice(), say("ed-fact-unknown"));
  area.addEventListener("input", settled(draw, 80));
  field.addEventListener("notice", draw);
  draw();
  const open = (from) => openFacts(area, data.facts, { language, notice: notice(), from });
  field.querySelector("[data-insert]").addEventListener("click", () => open());
  area.addEventListener("input", (event) => {
    if (event.data === "{") open(area.selectionStart - 1);
  });
}

/** Set the text as its language prints it; the change can be undone like typing. */
async function typeset(area, language) {
  const { body } = await ask("POST", "/editor/api/typeset", { text: area.value, language });
  if (!body || body.text === area.value) return;
  area.focus();
  area.select();
  if (!document.execCommand?.("insertText", false, body.text)) area.setRangeText(body.text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

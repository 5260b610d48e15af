/** Short words about what just happened, seen and heard. */
import { byId } from "./dom.js";

let timer;

/** Say `text`; `bad` stays until the next. */
export function note(text, bad = false) {
  const place = byId("note");
  place.textContent = text;
  place.className = bad ? "notice bad" : "notice";
  place.hidden = false;
  clearTimeout(timer);
  if (!bad) timer = setTimeout(() => { place.hidden = true; }, 4000);
}

/** The entry as the widget shows it: the widget's own modules and sheet, the draft's words. */
import { say } from "./page.js";
import { retell } from "../widget/dom.js";
import { STRINGS } from "../widget/strings.js";
import { sheet } from "../widget/styles.js";
import { turnView } from "../widget/turn.js";

const nothing = () => {};
const actions = new Proxy({}, { get: () => nothing });

/** Draw the contract's `reply` to `question` into `place`. */
export function preview(place, reply, question, notices) {
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet()];
  const around = document.createElement("div");
  around.className = "root";
  if (!reply) {
    const empty = document.createElement("p");
    empty.className = "small";
    empty.textContent = say("ed-preview-none");
    around.append(empty);
  } else {
    const t = STRINGS[reply.language];
    const turn = { key: `p-${reply.language}`, text: question || "…", label: null, language: reply.language, status: "done", helpful: {}, reply };
    const view = turnView(turn, { actions, phrases: () => t, notices: () => notices });
    view.inert = true;
    around.append(view);
    retell(around, t);
  }
  around.lang = reply?.language ?? document.documentElement.lang;
  root.replaceChildren(around);
}

export const noticesOf = (list) => new Map(list.map((notice) => [notice.reference, notice]));

/** The large view: what is being answered, and what comes next. */
import { byId, h } from "./dom.js";
import { Groups } from "./groups.js";

const page = JSON.parse(byId("page-data").textContent);
const groups = new Groups();
const other = page.locale === "fr" ? "en" : "fr";
const everything = { search: "", order: "wanted" };

function show() {
  const now = groups.chosen({ ...everything, state: "answering" });
  const next = groups.chosen({ ...everything, state: "next" }).slice(0, 5);
  byId("answering").replaceChildren(...(now.length ? now.map((group) => h("article", {}, ...asked(group))) : [byId("nothing").content.cloneNode(true)]));
  byId("next").replaceChildren(...next.map((group) => h("li", {}, ...asked(group))));
  document.documentElement.dataset.heard = "yes";
}

/** The approved question in both languages, or the words of the audience. */
function asked(group) {
  const approved = page.entries[group.entry];
  if (!approved) return [h("p.asked", { lang: group.locale }, group.head)];
  return [h("p.asked", { lang: page.locale }, approved[page.locale]), h("p.other", { lang: other }, approved[other])];
}

function listen() {
  const source = new EventSource(`/moderator/api/${page.code}/stream`);
  source.addEventListener("open", () => { byId("line").hidden = true; });
  source.addEventListener("error", () => {
    byId("line").hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
  source.addEventListener("board", (event) => { groups.hear(JSON.parse(event.data)); show(); });
}

listen();

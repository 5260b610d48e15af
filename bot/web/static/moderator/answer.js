/** A curated answer: shown in both languages, copied in any form, put on a speaker's card. */
import { answer } from "./api.js";
import { byId, h } from "./dom.js";
import { note } from "./notes.js";
import { locale, say } from "./words.js";

const ORDER = locale === "fr" ? ["fr", "en"] : ["en", "fr"];

/** Return an answer as plain text, its links below. */
const plain = (said) => [said.text, ...said.links.map((link) => `${link.label} – ${link.url}`)].join("\n");

/** Return where an answer comes from: notices with the same section stand together. */
function sources(said) {
  const notices = new Map();
  for (const { notice, section } of said.sources) notices.set(section, [...(notices.get(section) ?? []), notice]);
  return [...notices].map(([section, found]) => `${found.join(", ")} · ${section}`).join(" — ");
}

const both = (said) => ORDER.map((tag) => plain(said[tag])).join("\n\n– – –\n\n");

/** Copy the answer of `entry`: «en», «fr» or «both». */
export async function copy(entry, form) {
  const said = await answer(entry);
  const text = form === "both" ? both(said) : plain(said[form]);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text);
  }
  note(say(`board-copied-${form}`));
}

function copyByHand(text) {
  const field = h("textarea.unseen", { value: text, "aria-hidden": "true" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/** Return the cards of an answer, to be filled when it has come. */
export function answerCards(entry) {
  const place = h("div.answers", { "aria-busy": "true" });
  answer(entry).then(
    (said) => place.replaceChildren(...ORDER.map((tag) => card(entry, tag, said[tag]))),
    (failed) => place.replaceChildren(h("p.notice.bad", {}, failed.message)),
  ).finally(() => place.removeAttribute("aria-busy"));
  return place;
}

function card(entry, tag, said) {
  return h(
    "section.answer",
    { lang: tag, "aria-label": said.question },
    h("h3", {}, h(`span.chip.${tag}`, {}, tag.toUpperCase()), " ", said.question),
    h("p.said", {}, said.text),
    said.links.length > 0 && h("p.small", {}, said.links.map((link) => h("a", { href: link.url, rel: "noreferrer" }, link.label))),
    said.sources.length > 0 && h("p.quiet.small", {}, sources(said)),
    said.state === "past" && h("p", {}, h("span.chip.late", { lang: locale }, say("board-past"))),
    h("p", {}, h("button", { type: "button", lang: locale, onclick: () => copy(entry, tag) }, say(`board-copy-${tag}`))),
  );
}

/** Show the speaker's card of `group`: its question and the answer to read aloud. */
export async function speak(group) {
  const dialog = byId("card");
  const said = group.entry ? await answer(group.entry) : null;
  const show = (tag) => {
    const body = said
      ? [h("p.spoken", { lang: tag }, said[tag].text), h("p.quiet", { lang: tag }, sources(said[tag]))]
      : [h("p.spoken", {}, say("board-no-answer"))];
    byId("card-body").replaceChildren(h("p.asked", { lang: group.locale }, group.head), ...body);
    for (const button of byId("card-languages").children) button.setAttribute("aria-pressed", String(button.value === tag));
  };
  byId("card-languages").hidden = !said;
  byId("card-languages").onclick = (event) => event.target.value && show(event.target.value);
  show(ORDER[0]);
  dialog.showModal();
}

/** What the page is made of: an answer, a question that others asked. Text only, never markup. */

const page = JSON.parse(document.getElementById("page-data").textContent);

export const say = (key, number = "") => page.words[key].replaceAll("{number}", number);

function h(name, text, attributes = {}) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
  return element;
}

/** Return where an answer comes from: notices with the same section stand together. */
function sources(said) {
  const notices = new Map();
  for (const { notice, section } of said.sources) notices.set(section, [...(notices.get(section) ?? []), notice]);
  return [...notices].map(([section, found]) => `${found.join(", ")} · ${section}`).join(" — ");
}

/** Return a curated answer with its links and where it comes from. */
export function answerBlock(answer, titled = true) {
  const block = h("div.answer");
  if (titled) block.append(h("h2", answer.question));
  block.append(h("p.said", answer.text));
  for (const link of answer.links) block.append(h("a", link.label, { href: link.url, rel: "noreferrer", target: "_blank" }));
  if (answer.sources.length) block.append(h("p.hint", `${say("session-source")} ${sources(answer)}`));
  return block;
}

/** Return one question of the list, and how to bring it up to date. */
export function item(first, { vote, openAnswer }) {
  let one = first;
  const element = h("li.item");
  const text = h("p.question");
  const meta = h("p.meta");
  const said = h("div.shown");
  const button = h("button.vote", "", { type: "button" });
  let given = false;
  const more = h("button.plain", say("session-show-answer"), { type: "button", "aria-expanded": "false" });
  said.hidden = true;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try { await vote(one, !given); } catch (failed) { meta.replaceChildren(h("span.chip.bad", failed.message)); button.disabled = false; }
  });
  more.addEventListener("click", async () => {
    const open = said.hidden;
    more.setAttribute("aria-expanded", String(open));
    said.hidden = !open;
    if (open && !said.firstChild) await openAnswer(one, said);
  });
  const foot = h("div.row");
  foot.append(button, more);
  element.append(text, meta, foot, said);

  /** `seen` is undefined where only the vote has changed. */
  function update(seen, mine, open) {
    const next = seen ?? one;
    one = next;
    text.textContent = next.text;
    if (next.locale) text.lang = next.locale;
    given = mine;
    meta.replaceChildren(...chips(next, mine));
    button.disabled = false;
    button.hidden = !open;
    button.classList.toggle("plain", mine);
    button.textContent = say(mine ? "session-take-back" : "session-vote");
    button.setAttribute("aria-label", `${button.textContent} – ${next.text}`);
    more.hidden = !next.entry;
    more.setAttribute("aria-label", `${say("session-show-answer")} – ${next.text}`);
  }
  return { element, update };
}

function chips(one, mine) {
  const found = [h("span.chip", say("session-votes", one.asked + one.votes))];
  if (one.state !== "new") found.unshift(h(`span.chip.${one.state}`, say(`session-${one.state}`)));
  if (mine) found.push(h("span.chip.mine", say("session-voted")));
  return found;
}

/** A participant's page: asks, shows the answer that there is, lists what others ask, votes. */
import { answerBlock, item, say } from "./parts.js";

const page = JSON.parse(document.getElementById("page-data").textContent);
const root = `/session/${page.code}/api`;
const language = document.documentElement.lang;
const byId = (id) => document.getElementById(id);
const EVERY = 4000; // milliseconds between two looks, a little more or less so that not all come at once
const voted = new Set(page.voted); // questions as the list names them
const items = new Map();
let tag = "";

async function send(path, body) {
  let response;
  try {
    response = await fetch(root + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...body, language }) });
  } catch {
    throw new Error(say("session-offline"));
  }
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(told.title ?? say("session-failed"));
  return told;
}

byId("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = byId("text");
  const button = event.target.querySelector("button");
  if (!field.value.trim() || button.disabled) return field.focus();
  button.disabled = true;
  const reply = byId("reply");
  reply.hidden = false;
  reply.replaceChildren(paragraph(say("session-sending")));
  try {
    const told = await send("/ask", { text: field.value });
    reply.replaceChildren(...replied(told));
    field.value = "";
  } catch (failed) {
    reply.replaceChildren(paragraph(failed.message, "notice bad"));
  }
  button.disabled = false;
  reply.focus();
  look();
});

function replied(told) {
  if (told.aside) return [paragraph(say("session-aside"))];
  const others = told.others > 0 ? say("session-others", told.others) : say("session-others-none");
  const parts = told.answers.map((answer) => answerBlock(answer));
  return parts.length ? [...parts, paragraph(others, "hint")] : [paragraph(say("session-no-answer"), "strong"), paragraph(others, "hint")];
}

function paragraph(text, name = "") {
  const made = document.createElement("p");
  made.textContent = text;
  made.className = name;
  return made;
}

async function vote(one, wanted) {
  await send("/vote", { question: one.question, wanted });
  voted[wanted ? "add" : "delete"](one.id);
  await look();
  items.get(one.id)?.update(undefined, wanted, true); // the list may be a second old; the next look brings the count
}

async function openAnswer(one, place) {
  const response = await fetch(`${root}/answer?entry=${encodeURIComponent(one.entry)}&language=${language}`);
  if (response.ok) place.replaceChildren(answerBlock(await response.json(), false));
}

/** Look whether something has changed, and show it. */
async function look() {
  try {
    const response = await fetch(`${root}/list?language=${language}`, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (response.status !== 200) return;
    tag = response.headers.get("ETag") ?? "";
    show(await response.json());
  } catch { /* the next look may find the way */ }
}

function show(list) {
  const place = byId("items");
  byId("over").hidden = list.open;
  byId("ask").hidden = !list.open;
  byId("none").hidden = list.items.length > 0;
  const wanted = list.items.map((one) => {
    const known = items.get(one.id) ?? item(one, { vote, openAnswer });
    known.update(one, voted.has(one.id), list.open);
    items.set(one.id, known);
    return known.element;
  });
  const busy = place.contains(document.activeElement) || place.matches(":hover");
  const there = [...place.children];
  if (busy) for (const element of wanted) there.includes(element) || place.append(element);
  else wanted.forEach((element, at) => place.children[at] === element || place.insertBefore(element, place.children[at] ?? null));
  for (const element of there) if (!wanted.includes(element)) element.remove();
  document.documentElement.dataset.heard = "yes";
}

async function keepLooking() {
  if (!document.hidden) await look();
  setTimeout(keepLooking, EVERY * (0.75 + Math.random() / 2));
}
document.addEventListener("visibilitychange", () => document.hidden || look());
keepLooking();

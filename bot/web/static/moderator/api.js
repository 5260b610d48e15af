/** The way to the server: JSON there and back, errors in the reader's words. */
import { page, say } from "./words.js";

const root = `/moderator/api/${page.code}`;
const token = document.querySelector("meta[name=csrf]").content;

/** What could not be done: `message` can be shown, `status` is HTTP's, 0 where there was no answer. */
export class Failed extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(root + path, { ...options, headers: { Accept: "application/json", "X-CSRF-Token": token, ...options.headers } });
  } catch {
    throw new Failed(0, say("board-offline"));
  }
  if (response.ok) return response.json();
  const told = await response.json().catch(() => ({}));
  if (response.status === 401) location.reload();
  throw new Failed(response.status, told.title ?? say("board-failed"));
}

const post = (path, body) => send(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const members = (group) => send(`/groups/${group}`).then((body) => body.members);
export const aside = () => send("/aside").then((body) => body.aside);
export const act = (wish) => post("/do", wish);
export const type = (text) => post("/questions", { text });

const answers = new Map();

/** Return the curated answer in both languages; asked for once. */
export function answer(entry) {
  if (!answers.has(entry)) {
    const asked = send(`/answer?entry=${encodeURIComponent(entry)}`);
    asked.catch(() => answers.delete(entry));
    answers.set(entry, asked);
  }
  return answers.get(entry);
}

/** Bring in a file or a text; `columns` says where a table has what, if its headers do not. */
export function bring(content, columns) {
  const query = new URLSearchParams(Object.entries(columns).filter(([, value]) => value));
  return send(`/import?${query}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: content });
}

/** Hear of every change: `heard(kind, data)` for board and people, `linked(whether)` for the line itself. */
export function listen(heard, linked) {
  const source = new EventSource(`${root}/stream`);
  source.addEventListener("open", () => linked(true));
  source.addEventListener("error", () => {
    linked(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(heard, linked), 3000);
  });
  for (const kind of ["board", "people"]) source.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
}

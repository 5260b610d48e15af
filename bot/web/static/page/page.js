/** The try-out page: a vacancy in two languages, a switch of notice and, in development only, of the clock. */
import { ASK, STRINGS } from "./strings.js";

const ask = new URLSearchParams(location.search);
const state = {
  language: ask.get("lang") ?? (navigator.language.startsWith("fr") ? "fr" : "en"),
  notice: ask.get("notice") ?? "250697",
  now: ask.get("now") ?? "",
};
if (!(state.language in STRINGS)) state.language = "en";

const $ = (selector) => document.querySelector(selector);
const widget = $("guichet-assistant");

async function get(path) {
  const headers = { "Accept-Language": state.language, ...(state.now && { "X-Guichet-Now": state.now }) };
  const response = await fetch(`/api/v1/${path}`, { headers });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Show a notice, or what can be said without one. */
function show(notice, t) {
  const zone = { timeZone: "Europe/Brussels" };
  const until = notice && new Intl.DateTimeFormat(t.code === "fr" ? "fr-BE" : "en-GB", { dateStyle: "long", timeStyle: "short", ...zone }).format(new Date(notice.deadline));
  const day = notice && new Intl.DateTimeFormat(t.code === "fr" ? "fr-BE" : "en-GB", { dateStyle: "long", ...zone }).format(new Date(notice.deadline));
  const words = {
    title: notice ? notice.title.replace(" - ", "\u00a0– ") : t.title,
    lead: t.lead[state.notice] ?? "",
    work: t.work[state.notice] ?? "",
    status: notice ? (notice.open ? t.openUntil(until) : t.closedSince(day)) : "",
  };
  for (const node of document.querySelectorAll("[data-notice]")) node.textContent = words[node.dataset.notice];
  $("[data-notice=status]").className = `status ${notice?.open ? "open" : "closed"}`;
  document.title = `${words.title} · ${t.organisation}`;
  const facts = { reference: state.notice, office: notice?.office, place: t.place, schedule: t.schedule, deadline: until, status: notice && (notice.open ? t.open_ : t.closed) };
  $("[data-facts]").replaceChildren(
    ...Object.entries(facts).filter(([, value]) => value).map(([name, value]) => {
      const row = document.createElement("div");
      row.append(document.createElement("dt"), document.createElement("dd"));
      row.firstChild.textContent = t.facts[name];
      row.lastChild.textContent = value;
      return row;
    }),
  );
}

function offer(entries) {
  for (const list of document.querySelectorAll("[data-ask]")) {
    const found = ASK[list.dataset.ask].map((id) => entries.find((entry) => entry.id === id)).filter(Boolean);
    list.replaceChildren(
      ...found.map(({ id, question }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `#guichet/${id}`;
        link.textContent = question;
        item.append(link);
        return item;
      }),
    );
  }
}

function speak(t) {
  document.documentElement.lang = t.code;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = t[node.dataset.say];
  for (const link of document.querySelectorAll("[data-language]")) {
    const query = new URLSearchParams({ lang: link.dataset.language, notice: state.notice, ...(state.now && { now: state.now }) });
    link.href = `?${query}`;
    if (link.dataset.language === t.code) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  $("[data-faq]").href = `/faq/${t.code}`;
}

async function refresh() {
  const t = STRINGS[state.language];
  speak(t);
  widget.setAttribute("notice", state.notice);
  if (state.now) widget.setAttribute("now", state.now);
  else widget.removeAttribute("now");
  const query = new URLSearchParams({ lang: state.language, notice: state.notice, ...(state.now && { now: state.now }) });
  history.replaceState(null, "", `?${query}${location.hash}`);
  show(null, t);
  const [{ notices }, { entries }] = await Promise.all([
    get(`notices?language=${state.language}`).catch(() => ({ notices: [] })),
    get(`entries?language=${state.language}&notice=${state.notice}`).catch(() => ({ entries: [] })),
  ]);
  const found = notices.find(({ reference }) => reference === state.notice);
  if (!found && notices.length) {
    state.notice = notices[0].reference;  // the address named one that is not answered for
    return refresh();
  }
  show(found, t);
  offer(entries);
  $("#notice").replaceChildren(...notices.map(({ reference, office }) => new Option(`${reference} – ${office}`, reference, false, reference === state.notice)));
}

/** The input's local time is told with this machine's offset, so that it is one instant everywhere. */
function instant(local) {
  if (!local) return "";
  const minutes = -new Date(local).getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}:00${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

$(".languages").addEventListener("click", (event) => {
  const language = event.target.closest("[data-language]")?.dataset.language;
  if (!language || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  state.language = language;
  refresh();
});
$("#notice").addEventListener("change", ({ target }) => {
  state.notice = target.value;
  refresh();
});
$("#now").addEventListener("change", ({ target }) => {
  state.now = instant(target.value);
  refresh();
});
$("[data-reset]").addEventListener("click", () => {
  state.now = $("#now").value = "";
  refresh();
});
$(".switch").addEventListener("submit", (event) => event.preventDefault());

// Not yet ready is said with status 503 and the same body.
fetch("/api/v1/health").then((response) => response.json()).then(({ development }) => {
  $("[data-clock]").hidden = !development;
  $("#now").value = state.now.slice(0, 16);
}, () => {});
refresh();

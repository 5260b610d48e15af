/** What the server gave the page: its words in one language, the session, the entries. */

export const page = JSON.parse(document.getElementById("page-data").textContent);
export const locale = document.documentElement.lang;

/** Return the words `key` with values filled in. */
export function say(key, values = {}) {
  return page.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Return the question of an entry, or its id where the content no longer has it. */
export const question = (entry) => page.entries[entry]?.question ?? entry;

export const percent = (share) => new Intl.NumberFormat(locale, { style: "percent" }).format(share);

export function time(iso) {
  return iso ? new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { hour: "2-digit", minute: "2-digit", timeZone: page.zone }).format(new Date(iso)) : "";
}

/** Which language to speak: the attribute, else the nearest `lang` of the page, else English. */

export const LANGUAGES = ["en", "fr"];

/** "fr-BE" is French; anything that is neither language is null. */
export function languageOf(tag) {
  const code = tag?.toLowerCase().split("-")[0];
  return LANGUAGES.includes(code) ? code : null;
}

export const otherThan = (language) => (language === "fr" ? "en" : "fr");

export function pageLanguage(element) {
  return languageOf(element.closest("[lang]")?.lang) ?? languageOf(document.documentElement.lang) ?? "en";
}

/** Call back whenever a `lang` of the page changes; returns how to stop. */
export function watchPage(callback) {
  const observer = new MutationObserver(callback);
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["lang"] });
  return () => observer.disconnect();
}

export function longDate(stamp, language) {
  const zone = { dateStyle: "long", timeZone: "Europe/Brussels" };
  return new Intl.DateTimeFormat(language === "fr" ? "fr-BE" : "en-GB", zone).format(new Date(stamp));
}

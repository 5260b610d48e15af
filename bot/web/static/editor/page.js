/** What every page of the editors shares: its words, its data, and the one door to the server. */

const block = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

export const words = block("words");
export const data = block("data");
export const locale = document.documentElement.lang;
const csrf = document.querySelector("meta[name=csrf]")?.content ?? "";

/** A phrase with its values: `say("ed-saved-at", { time })`. */
export const say = (key, values = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/**
 * Ask the server; never throws.
 * @returns {Promise<{status: number, body: any, trouble: string | null}>} status 0: it could not be reached
 */
export async function ask(method, path, body, { signal } = {}) {
  const headers = { "X-CSRF-Token": csrf, Accept: "application/json", "Accept-Language": locale };
  const isFile = body instanceof FormData;
  if (body !== undefined && !isFile) headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(path, { method, headers, keepalive: method === "DELETE", body: body === undefined || isFile ? body : JSON.stringify(body), signal });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : null;
    return { status: response.status, body: answer, trouble: response.ok || response.status === 409 ? null : (answer?.title ?? say("ed-trouble")) };
  } catch (error) {
    return { status: 0, body: null, trouble: error.name === "AbortError" ? null : say("ed-unreachable") };
  }
}

/**
 * Ask for what takes a while: the server says one JSON value a line, `heard` is told of each.
 * @returns {Promise<string | null>} what went wrong
 */
export async function follow(path, heard) {
  try {
    const response = await fetch(path, { method: "POST", headers: { "X-CSRF-Token": csrf, Accept: "application/x-ndjson, application/json", "Accept-Language": locale } });
    if (!response.ok) return (await response.json()).title;
    let rest = "";
    for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
      const { value, done } = await reader.read();
      if (done) return rest ? say("ed-trouble") : null;
      const said = (rest + value).split("\n");
      rest = said.pop();
      said.forEach((line) => heard(JSON.parse(line)));
    }
  } catch {
    return say("ed-unreachable");
  }
}

/** Build an element: `h("p.quiet", { id }, "words", node)`; words go in as text, there is no way to put HTML in. */
export function h(what, props, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  if (tag === "button") node.type = "button";
  if (props?.constructor !== Object) {
    children.unshift(props);
    props = {};
  }
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(2).filter((child) => child != null && child !== false));
  return node;
}

/** Run once after `wait` milliseconds without another call. */
export function settled(run, wait) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), wait);
  };
}

export const clockTime = (stamp) => new Intl.DateTimeFormat(locale === "fr" ? "fr-BE" : "en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(stamp));

/** Show what went wrong, or how something went, in the page's one live region. */
export function tell(text, kind = "") {
  const place = document.getElementById("told");
  place.className = `notice ${kind}`;
  place.hidden = !text;
  place.textContent = text ?? "";
}

/** A table that scrolls by itself where it is wider than the page. */
export const table = (caption, heads, rows) =>
  h("div.scroll", { tabindex: "0", role: "region", "aria-label": caption }, h("table", h("caption", caption), h("thead", h("tr", heads.map((head) => head instanceof Node ? head : h(head ? "th" : "td", head ? { scope: "col" } : {}, head)))), h("tbody", rows)));

/** Let the buttons be pressed that wait for a page's script: earlier, they would send their form the browser's way. */
export const ready = () => document.querySelectorAll("form button.primary[disabled]").forEach((button) => (button.disabled = false));

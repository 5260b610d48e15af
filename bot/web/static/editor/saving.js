/** Saving a draft: nobody's work is overwritten, nobody's unsaved work is lost. */
import { ask, clockTime, h, say, settled, tell } from "./page.js";
import { read, write } from "./form.js";
import { drop, keep, kept } from "./kept.js";
import { choose, differing, join } from "./conflict.js";

const POLL = 2_500;

/** What the server wrote into the fields: whoever types before this script is there must not lose it. */
function asServed(form) {
  const fields = [...form.querySelectorAll("textarea, input:not([type=checkbox]):not([type=radio])")];
  const typed = fields.map((field) => field.value);
  for (const field of fields) field.value = field.defaultValue;
  const served = read(form);
  fields.forEach((field, place) => (field.value = typed[place]));
  return served;
}

export class Saving {
  #form;
  #sized;
  #label;
  #before;
  #revision;
  #base;
  #joined = false;

  /** @param {HTMLFormElement} form with `data-path` and `data-revision` @param {{sized?: Function, label: Function}} how */
  constructor(form, { sized, label }) {
    this.#form = form;
    this.#sized = sized;
    this.#label = label;
    this.path = form.dataset.path;
    this.#revision = Number(form.dataset.revision);
    this.#base = form.dataset.base;
    this.#before = asServed(form);
    form.addEventListener("input", settled(() => this.#changed(), 150));
    form.addEventListener("submit", (event) => (event.preventDefault(), this.save()));
    addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "s" && (event.preventDefault(), this.save()));
    addEventListener("beforeunload", (event) => this.dirty && !kept(this.path) && event.preventDefault());
    document.getElementById("discard")?.addEventListener("click", () => this.discard());
    document.getElementById("bring")?.addEventListener("click", () => this.bring());
    this.#offer();
    this.#watch();
    this.#show();
    form.querySelector("button.primary").disabled = false; // pressed before, it would send the form the browser's way
  }

  /** What this page was made from, for whatever else changes the document. */
  get stand() {
    return { revision: this.#revision, base: this.#base };
  }

  get dirty() {
    return JSON.stringify(read(this.#form)) !== JSON.stringify(this.#before);
  }

  #changed() {
    if (this.dirty) keep(this.path, this.#revision, read(this.#form));
    else drop(this.path);
    this.#show();
  }

  #show(text) {
    const state = document.getElementById("state");
    const key = this.dirty ? "ed-state-unsaved" : this.#revision ? "ed-state-draft" : "ed-state-published";
    state.textContent = text ?? say(key);
    state.className = `chip ${this.dirty ? "late" : this.#revision ? "draft" : ""}`;
    document.getElementById("discard").hidden = !this.#revision;
  }

  /** Work that was not saved before the page was left is offered, never put in unasked. */
  #offer() {
    const found = kept(this.path);
    const place = document.getElementById("kept");
    if (!found || JSON.stringify(found.values) === JSON.stringify(this.#before)) return drop(this.path);
    const stale = found.revision !== this.#revision;
    place.replaceChildren(
      h("span", say(stale ? "ed-kept-stale" : "ed-kept", { time: clockTime(found.at) })),
      h("button", { onclick: () => ((place.hidden = true), stale ? this.#settle(found.values, read(this.#form), { revision: this.#revision, base: this.#base }) : this.#put(found.values)) }, say("ed-kept-back")),
      h("button.plain", { onclick: () => ((place.hidden = true), drop(this.path)) }, say("ed-kept-away")),
    );
    place.hidden = false;
  }

  #put(values) {
    write(this.#form, values, this.#sized);
    this.#changed();
  }

  async save() {
    const mine = read(this.#form);
    const { status, body, trouble } = await ask("PUT", "/editor/api/drafts", { path: this.path, revision: this.#revision, base: this.#base, joined: this.#joined, form: mine });
    if (status === 409) return this.#settle(mine, body.form, body);
    if (trouble) return tell(trouble, "bad"), false;
    this.#before = mine;
    this.#stand(body);
    document.getElementById("stale")?.toggleAttribute("hidden", !body.stale);
    this.#changed();
    tell(say("ed-saved"), "good");
    this.#form.dispatchEvent(new CustomEvent("saved", { detail: body }));
    return true;
  }

  #stand({ revision, base }) {
    this.#revision = revision;
    this.#base = base;
    this.#joined = false;
  }

  /** Join what two editors wrote; nothing is saved until someone has looked. */
  async #settle(mine, theirs, { by, revision, base }) {
    const joined = await choose(join(this.#before, mine, theirs), mine, theirs, { by: by || say("ed-someone"), label: this.#label });
    if (!joined) return tell(say("ed-conflict-open"), "late"), false;
    this.#before = theirs;
    this.#stand({ revision, base });
    this.#put(joined);
    tell(say("ed-conflict-done"), "good");
    return false;
  }

  /** The published text changed under a draft: look at both, and save what comes of it. */
  async bring() {
    const { body, trouble } = await ask("GET", `/editor/api/documents/${this.path}`);
    if (trouble || !body?.live) return tell(trouble ?? say("ed-trouble"), "bad");
    const mine = read(this.#form);
    const joined = await choose({ joined: mine, open: differing(mine, body.live) }, mine, body.live, { by: say("ed-published"), label: this.#label });
    if (!joined) return;
    this.#base = body.base;
    this.#joined = true;
    this.#put(joined);
    await this.save();
  }

  async discard() {
    if (!confirm(say("ed-discard-sure"))) return;
    const { status, trouble } = await ask("DELETE", "/editor/api/drafts", { path: this.path, revision: this.#revision });
    if (status === 409 || trouble) return tell(trouble ?? say("ed-discard-conflict"), "bad");
    drop(this.path);
    this.#before = read(this.#form);
    location.reload();
  }

  /** Tell who else has the document open, and when their work is saved. */
  #watch() {
    const place = document.getElementById("others");
    const look = async () => {
      if (document.hidden) return;
      const { body } = await ask("POST", "/editor/api/presence", { path: this.path });
      if (!body) return;
      const newer = body.revision !== this.#revision || (!body.revision && body.base !== this.#base);
      const lines = [body.others.length && say("ed-others", { names: body.others.join(", ") }), newer && say(body.revision ? "ed-newer" : "ed-newer-gone", { by: body.by })];
      const text = lines.filter(Boolean).join(" ");
      if (place.textContent !== text) place.textContent = text;
      place.hidden = !text;
    };
    look();
    setInterval(look, POLL);
    addEventListener("visibilitychange", look);
    addEventListener("pagehide", () => ask("DELETE", `/editor/api/presence?${new URLSearchParams({ path: this.path })}`));
  }
}

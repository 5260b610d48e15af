/** <guichet-assistant>: attributes in, events out. Importing this module registers nothing. */
import { App } from "./app.js";
import { languageOf, otherThan, pageLanguage, watchPage } from "./locale.js";
import { Store } from "./store.js";
import { sheet } from "./styles.js";

/**
 * Attributes: `language` (en or fr; else the page's), `notice`, `server`, `open`, `now` (development only).
 * Events: `guichet-open`, `-close`, `-question`, `-answer`, `-trouble`, `-language`, `-forget`; none carries what was typed.
 */
export class GuichetAssistant extends HTMLElement {
  /** The server that the module came from; set where the element is registered. */
  static home = "/";
  static observedAttributes = ["language", "notice", "server", "open", "now"];

  #app = null;
  #store = null;
  #stopWatching = () => {};
  #chosen = null;
  #page = null;

  /** The one door to the network; tests replace it. */
  fetch(request) {
    return fetch(request);
  }

  /** The language spoken now: what the applicant chose, else the attribute, else the page's. */
  get locale() {
    return this.#chosen ?? languageOf(this.getAttribute("language")) ?? pageLanguage(this);
  }

  get server() {
    const url = new URL(this.getAttribute("server") || GuichetAssistant.home, document.baseURI);
    return url.href.endsWith("/") ? url.href : `${url.href}/`;
  }

  get open() {
    return this.hasAttribute("open");
  }

  set open(value) {
    this.toggleAttribute("open", Boolean(value));
  }

  connectedCallback() {
    if (!this.#app) this.#start();
    this.#page = pageLanguage(this);
    this.#stopWatching = watchPage(() => this.#pageSpeaks());
    addEventListener("hashchange", this.#follow);
    if (this.open || this.#reopens()) this.#app.panel.open({ focus: false });
    this.#follow();
  }

  disconnectedCallback() {
    this.#stopWatching();
    removeEventListener("hashchange", this.#follow);
  }

  #start() {
    const place = [...document.querySelectorAll(this.localName)].indexOf(this);
    this.#store = new Store(`guichet ${this.server} ${this.id || Math.max(place, 0)}`);
    this.#chosen = languageOf(this.#store.get("language"));
    this.#app = new App({
      door: (request) => this.fetch(request),
      settings: () => this.#settings(),
      store: this.#store,
      emit: (type, detail) => this.#emit(type, detail),
      otherLanguage: () => this.#choose(otherThan(this.locale)),
    });
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    this.#app.root.style.setProperty("--_place", Math.max(place, 0));
    root.append(this.#app.root);
    this.first = place <= 0;
  }

  #settings() {
    return {
      server: this.server,
      language: this.locale,
      explicit: Boolean(this.#chosen ?? languageOf(this.getAttribute("language"))),
      notice: this.getAttribute("notice") || null,
      now: this.getAttribute("now") || null,
    };
  }

  #emit(type, detail) {
    if (type === "open" || type === "close") this.open = type === "open";
    this.dispatchEvent(new CustomEvent(`guichet-${type}`, { detail, bubbles: true, composed: true }));
  }

  /** A reload keeps the panel open; on a telephone it would cover the next page. */
  #reopens() {
    return this.#store.get("open") && matchMedia("(min-width: 40.01rem)").matches;
  }

  #choose(language) {
    this.#chosen = language;
    this.#store.put({ language });
    this.#app.retell({ aloud: true });
    this.#emit("language", { language });
  }

  /** The page changed its language: it is followed, whatever was chosen before. */
  #pageSpeaks() {
    if (this.#page === pageLanguage(this)) return;
    this.#page = pageLanguage(this);
    this.#unchoose();
  }

  #unchoose() {
    this.#chosen = null;
    this.#store.put({ language: null });
    this.#app.retell();
  }

  /** Any link of the page to #guichet opens the widget, to #guichet/stipend asks an entry. */
  #follow = () => {
    const [name, entry] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (name !== (this.id || (this.first && "guichet"))) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    this.ask(entry);
  };

  /** Open, and ask an entry by its id if one is given. */
  async ask(entry) {
    this.#app.panel.open();
    if (!entry) return;
    await this.#app.catalogue.load();
    const question = this.#app.catalogue.questionOf(entry);
    if (question) this.#app.choose({ id: entry, question });
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#app || before === after) return;
    if (name === "open") this.open ? this.#app.panel.open({ focus: false }) : this.#app.panel.close();
    else if (name === "language") this.#unchoose();
    else if (this.#app.panel.isOpen) this.#app.catalogue.load();
  }
}

/** The log of the conversation: a place among messages for the keyboard, and a scroll position that respects reading. */
import { h, resay, retell } from "./dom.js";
import { turnView } from "./turn.js";

const FOCUSABLE = "button, a, summary";

export class Log {
  #view;
  #timer = null;

  /** @param view  see turn.js @param {HTMLElement} intro  what stands before the first message */
  constructor(view, intro) {
    this.#view = view;
    this.turns = h("div.turns");
    this.node = h("div.log", { part: "log", role: "log", "aria-live": "off", label: "conversation" }, intro, this.turns);
    this.node.addEventListener("keydown", (event) => this.#move(event));
    this.node.addEventListener("focusin", ({ target }) => this.#settle(target.closest("article, .turn, .intro")));
  }

  get articles() {
    return [...this.node.querySelectorAll("article")];
  }

  /** One stop for the Tab key: the message last visited, and what can be pressed in its turn. */
  #settle(place) {
    const article = place?.matches("article") ? place : place?.querySelector("article") ?? this.articles.at(-1);
    const home = article?.closest(".turn, .intro");
    for (const each of this.articles) each.tabIndex = each === article ? 0 : -1;
    for (const each of this.node.querySelectorAll(FOCUSABLE)) each.tabIndex = home?.contains(each) ? 0 : -1;
  }

  #move(event) {
    const { articles } = this;
    const here = articles.indexOf(event.target.closest("article") ?? event.target.closest(".turn")?.querySelector("article:last-of-type"));
    const there = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: articles.length - 1 }[event.key];
    if (there == null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    articles[Math.max(0, Math.min(there, articles.length - 1))]?.focus();
  }

  /** Show a turn as it now is. Focus that was in it stays in it. */
  show(turn) {
    const old = this.turns.querySelector(`[data-key="${turn.key}"]`);
    const focused = old?.contains(old.getRootNode().activeElement);
    const node = turnView(turn, this.#view);
    retell(node, this.#view.phrases());
    if (old) old.replaceWith(node);
    else this.turns.append(node);
    const active = this.node.getRootNode().activeElement;
    this.#settle(focused ? node : this.node.contains(active) ? active.closest("article, .turn, .intro") : null);
    if (node.querySelector("[data-until]")) this.#timer ??= setInterval(() => this.#count(), 1_000);
    if (focused) node.querySelector("article").focus();
    for (const each of this.turns.querySelectorAll(".turn:not(:last-child) .suggestions")) each.remove();
  }

  remove(turn) {
    this.turns.querySelector(`[data-key="${turn.key}"]`)?.remove();
    this.#settle(null);
  }

  showAll(turns) {
    this.turns.replaceChildren();
    turns.forEach((turn) => this.show(turn));
  }

  focusLast() {
    this.articles.at(-1)?.focus();
  }

  /** The question goes to the top, so that a long answer is read from its beginning. */
  reveal(turn) {
    const node = this.turns.querySelector(`[data-key="${turn.key}"]`);
    if (node) this.node.scrollTop += node.getBoundingClientRect().top - this.node.getBoundingClientRect().top - 12;
  }

  /** Is the end in view? Someone who reads further up is left there. */
  get atEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 80;
  }

  scrollToEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** Count down to when a retry is welcome. */
  #count() {
    const waiting = this.turns.querySelectorAll("[data-until]");
    if (!waiting.length) this.#timer = clearInterval(this.#timer) ?? null;
    for (const button of waiting) {
      const wait = Math.ceil((button.dataset.until - Date.now()) / 1000);
      if (wait <= 0) {
        button.disabled = false;
        button.removeAttribute("data-until");
      }
      resay(button, wait > 0 ? (t) => t.retryIn(wait) : "retry", this.#view.phrases());
    }
  }
}

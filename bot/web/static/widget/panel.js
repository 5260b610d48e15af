/** The launcher and the panel around the conversation: opening, closing, options, and where the focus goes. */
import { h, icon } from "./dom.js";

const SHEET = "(max-width: 40rem), (max-height: 32rem)";  // as in styles.js: there the panel fills the screen
const TOUCH = "(pointer: coarse)";

export const touched = () => matchMedia(TOUCH).matches;

export class Panel {
  #opener = null;
  #sheet = matchMedia(SHEET);

  /** @param {{announcer, log, topics, composer, toggled: (open: boolean) => void, language: () => void, options: [string, () => void][]}} parts */
  constructor(parts) {
    this.parts = parts;
    this.count = h("span.badge", { hidden: true, say: "launcherNew" });
    this.launcher = h("button.launcher", { part: "launcher", "aria-haspopup": "dialog", onclick: () => this.open() }, icon("ask"), h("span", { say: "launcher" }), this.count);
    this.title = h("h2", { id: "title", tabindex: "-1", say: "title" });
    this.more = h("button.icon-button.more-button", { "aria-expanded": "false", "aria-controls": "more", label: "more", onclick: () => this.#fold() }, icon("more"));
    this.list = h("ul.more", { id: "more", hidden: true }, parts.options);
    this.confirm = h("div.confirm", { role: "group", "aria-labelledby": "sure", hidden: true });
    this.toOther = h("button.language", { onclick: parts.language, say: "otherLanguage", "data-lang": true });
    const header = h(
      "div.header",
      { part: "header" },
      h("div.titles", this.title, h("p", { say: "subtitle" })),
      this.toOther,
      this.more,
      h("button.icon-button", { label: "close", onclick: () => this.close() }, icon("close")),
    );
    this.dialog = h("dialog.panel", { part: "panel", "aria-labelledby": "title" }, header, this.list, this.confirm, parts.log.node, parts.topics.node, parts.composer.node, parts.announcer.inside);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();  // the phone's back gesture
      this.#escape();
    });
    this.dialog.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && (event.preventDefault(), event.stopPropagation(), this.#escape(event.target)));
    this.#sheet.addEventListener("change", () => this.isOpen && (this.#hide(), this.#show()));
    globalThis.visualViewport?.addEventListener("resize", () => this.#fit());
  }

  get isOpen() {
    return this.dialog.open;
  }

  /** A keyboard on the screen takes room from the sheet, not from the conversation. */
  #fit() {
    const { height, offsetTop, scale } = visualViewport;
    if (scale > 1) return;  // enlarged with two fingers: the sheet stays as it is
    this.dialog.style.setProperty("--_room", `${height}px`);
    this.dialog.style.setProperty("--_top", `${offsetTop}px`);
  }

  #show() {
    if (this.#sheet.matches) this.dialog.showModal();
    else this.dialog.setAttribute("open", "");  // show() would take the focus
  }

  #hide() {
    if (this.dialog.matches(":modal")) this.dialog.close();
    this.dialog.removeAttribute("open");
  }

  open({ focus = true } = {}) {
    if (this.isOpen) return;
    this.#opener = document.activeElement;
    this.#show();
    this.launcher.hidden = true;
    this.count.hidden = true;
    this.parts.toggled(true);
    if (focus) this.focus();
  }

  focus() {
    if (touched()) this.title.focus();  // no keyboard over the greeting
    else this.parts.composer.focus();
  }

  close() {
    if (!this.isOpen) return;
    const inside = this.dialog.contains(this.dialog.getRootNode().activeElement);
    this.#fold(false);
    this.#hide();
    this.launcher.hidden = false;
    this.parts.toggled(false);
    if (!inside) return;
    const { host } = this.dialog.getRootNode();
    const back = this.#opener?.isConnected && ![document.body, host].includes(this.#opener) ? this.#opener : this.launcher;
    back.focus();
  }

  /** Nearest thing first: a question, the options, the topics; then from the log to the field; then out. */
  #escape(target = null) {
    if (!this.confirm.hidden) return this.ask(null);
    if (!this.list.hidden) return this.#fold(false), this.more.focus();
    if (!this.parts.topics.node.hidden) return this.parts.topics.back();
    if (this.parts.composer.escape()) return;
    if (target?.closest(".log")) return this.parts.composer.focus();
    this.close();
  }

  #fold(open = this.list.hidden) {
    this.list.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
    if (open) this.list.querySelector("button").focus();
  }

  foldOptions() {
    this.#fold(false);
    this.more.focus();
  }

  /** Ask for a yes or a no above the log; null takes the question away. */
  ask(content) {
    this.confirm.hidden = !content;
    this.confirm.replaceChildren(...(content ?? []));
    if (content) this.confirm.querySelector("button").focus();
    else this.more.focus();
  }
}

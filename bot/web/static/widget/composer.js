/** Where the applicant writes: a draft that is kept, a limit that is told, a warning before personal data is sent. */
import { h, icon, resay, retell } from "./dom.js";
import { personalData } from "./privacy.js";

const LIMIT = 2_000;

export class Composer {
  #phrases;
  #send;

  /** @param {{phrases: () => object, send: (text: string) => void, keep: (draft: string) => void, announce: (words: string) => void}} ways */
  constructor({ phrases, send, keep, announce }) {
    this.#phrases = phrases;
    this.#send = send;
    this.announce = announce;
    this.input = h("textarea", { id: "ask", part: "input", rows: 1, enterkeyhint: "send", autocomplete: "off", "aria-describedby": "fine limit" });
    this.limit = h("p.limit", { id: "limit" });
    this.warning = h("div.warning", { part: "warning", role: "group", "aria-labelledby": "personal", hidden: true });
    this.node = h(
      "form.composer",
      { part: "composer", novalidate: true },
      this.warning,
      h("label.unseen", { for: "ask", say: "ask" }),
      h("div.field", this.input, h("button.send", { part: "send", type: "submit", label: "send" }, icon("send"))),
      this.limit,
      h("p.fine", { id: "fine", say: "fine" }),
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("input", () => {
      this.#measure();
      this.warning.hidden = true;
      keep(this.input.value);
    });
  }

  get text() {
    return this.input.value;
  }

  set text(value) {
    this.input.value = value;
    this.input.dispatchEvent(new Event("input"));
  }

  focus() {
    this.input.focus();
  }

  retell() {
    this.input.placeholder = this.#phrases().placeholder;
    this.#measure();
  }

  /** Tell a limit that is passed; says whether it is. */
  #measure() {
    const length = [...this.text.trim()].length;
    const passed = length > LIMIT;
    resay(this.limit, (t) => (passed ? t.tooLong(length) : ""), this.#phrases());
    this.input.setAttribute("aria-invalid", passed);
    return passed;
  }

  submit() {
    const text = this.text.trim();
    if (!text) return this.focus();
    if (this.#measure()) return this.announce(this.limit.textContent);
    const found = personalData(text);
    if (found) return this.#warn(found, text);
    this.#go(text);
  }

  #go(text) {
    this.warning.hidden = true;
    this.text = "";
    this.#send(text);
  }

  #warn(found, text) {
    const edit = h("button.small-button.strong", { say: "editIt", onclick: () => this.#dismiss() });
    const send = h("button.small-button", { say: "sendAnyway", onclick: () => this.#go(text) });
    this.warning.replaceChildren(
      h("p", { id: "personal" }, icon("warn"), h("span", h("strong", { say: (t) => t.personal[found] }), " ", h("span", { say: "personalWhy" }))),
      h("div.row", edit, send),
    );
    retell(this.warning, this.#phrases());
    this.warning.hidden = false;
    this.announce(this.warning.querySelector("p").textContent);
    edit.focus();
  }

  #dismiss() {
    this.warning.hidden = true;
    this.focus();
  }

  /** Close the warning if it is open; says whether it was. */
  escape() {
    if (this.warning.hidden) return false;
    this.#dismiss();
    return true;
  }
}

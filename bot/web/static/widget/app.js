/** Puts the parts of the widget together: what is said to whom when something is sent, answered or goes wrong. */
import { askToForget, turnActions } from "./actions.js";
import { Announcer } from "./announcer.js";
import { Catalogue } from "./catalogue.js";
import { Client } from "./client.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { h, retell, tool } from "./dom.js";
import { Intro } from "./intro.js";
import { Log } from "./log.js";
import { Panel, touched } from "./panel.js";
import { STRINGS } from "./strings.js";
import { Topics } from "./topics.js";
import { download } from "./transcript.js";

export class App {
  /**
   * @param {object} host
   * @param {(request: Request) => Promise<Response>} host.door
   * @param {() => object} host.settings  server, language, explicit, notice, now: as they are at that moment
   * @param {import("./store.js").Store} host.store
   * @param {(type: string, detail?: object) => void} host.emit
   * @param {() => void} host.otherLanguage
   */
  constructor(host) {
    this.host = host;
    this.phrases = () => STRINGS[host.settings().language];
    const client = new Client(host.door, host.settings);
    this.catalogue = new Catalogue(client, host.settings, (language) => this.#catalogued(language));
    this.conversation = new Conversation(client, host.store);
    this.#build();
    this.#listen();
    this.composer.text = host.store.get("draft") ?? "";
    this.log.showAll(this.conversation.turns);
    this.retell();
  }

  #build() {
    const { host, phrases } = this;
    const choose = (question) => this.choose(question);
    this.announcer = new Announcer(() => this.panel?.isOpen);
    this.topics = new Topics({ phrases, choose, back: () => this.showTopics(false), reload: () => this.catalogue.load() });
    this.intro = new Intro({ phrases, choose, topics: () => this.showTopics(true) });
    this.log = new Log({ phrases, notices: () => this.catalogue.notices, actions: turnActions(this) }, this.intro.node);
    this.composer = new Composer({ phrases, send: (text) => this.ask(text), keep: (draft) => host.store.put({ draft }), announce: (words) => this.announce(words) });
    this.topicsButton = tool("list", "topicsShort", () => this.showTopics(this.topics.node.hidden));
    this.composer.node.lastChild.before(this.topicsButton);
    this.panel = new Panel({ ...this, language: () => host.otherLanguage(), options: this.#options(), toggled: (open) => this.#toggled(open) });
    this.root = h("div.root", this.panel.launcher, this.announcer.outside, this.panel.dialog);
  }

  #options() {
    const option = (say, act) => h("li", h("button", { say, onclick: () => (this.panel.foldOptions(), act()) }));
    const save = (kind) => () => {
      if (this.conversation.turns.length) download(kind, this.conversation.turns, this.catalogue.notices, this.phrases());
      else this.announce(this.phrases().nothingYet);
    };
    return [
      option("about", () => (this.showTopics(false, false), this.intro.article.focus())),
      option("downloadText", save("txt")),
      option("downloadData", save("json")),
      option("forget", () => askToForget(this)),
    ];
  }

  #listen() {
    const { conversation, log } = this;
    conversation.addEventListener("turn", ({ detail: turn }) => {
      const stays = !log.atEnd && turn.status !== "sending";
      if (conversation.turns.includes(turn)) log.show(turn);
      else log.remove(turn);
      if (turn === conversation.turns.at(-1) && !stays) log.scrollToEnd();
      if (turn.status === "slow" || turn.status === "stuck") this.announce(this.phrases()[turn.status]);
    });
    conversation.addEventListener("answer", ({ detail: turn }) => this.#answered(turn));
    conversation.addEventListener("trouble", ({ detail: { trouble } }) => {
      this.announce(trouble.title || this.phrases().trouble[trouble.kind]);
      this.host.emit("trouble", { kind: trouble.kind });
    });
    conversation.addEventListener("cleared", () => log.showAll([]));
  }

  #answered(turn) {
    const { blocks, language, kind } = turn.reply;
    if (turn === this.conversation.turns.at(-1)) this.log.reveal(turn);
    if (!this.panel.isOpen) this.panel.count.hidden = false;
    this.announcer.read(turn.reply, this.catalogue.notices, this.phrases());
    this.host.emit("answer", { kind, language, entries: blocks.map(({ entry }) => entry) });
  }

  announce(words) {
    this.announcer.say([words, this.phrases().code]);
  }

  ask(text) {
    const { language, explicit } = this.host.settings();
    this.#send({ text, language: explicit ? language : null });
  }

  /** A pressed button is answered directly; the focus moves on, for the button may go. */
  choose({ id, question, language = this.host.settings().language }) {
    this.#send({ entry: id, label: question, language });
  }

  #send(question) {
    this.conversation.ask({ ...question, notice: this.host.settings().notice });
    this.showTopics(false, false);
    this.host.emit("question", { entry: question.entry });
    this.settleFocus();
  }

  settleFocus() {
    if (!this.panel.isOpen) return;
    if (touched()) this.log.focusLast();
    else this.composer.focus();
  }

  showTopics(open, focus = true) {
    this.topics.node.hidden = !open;
    this.log.node.hidden = open;
    this.topicsButton.setAttribute("aria-expanded", open);
    if (focus && this.panel.isOpen) (open ? this.topics.heading : this.topicsButton).focus();
  }

  #toggled(open) {
    this.host.store.put({ open });
    if (open) this.catalogue.load();
    if (open && this.conversation.turns.length) this.log.scrollToEnd();
    this.host.emit(open ? "open" : "close");
  }

  #catalogued(language) {
    this.topics.show(this.catalogue.list, language);
    this.intro.show(this.catalogue.list?.entries ?? [], language);
    retell(this.log.node, this.phrases());
  }

  /** Say everything of ours in the present language. What was said before stays as it was. */
  retell({ aloud = false } = {}) {
    const t = this.phrases();
    this.root.lang = t.code;
    retell(this.root, t);
    this.composer.retell();
    this.panel.toOther.lang = t.otherCode;
    this.panel.toOther.title = t.toOther;
    for (const offer of this.log.turns.querySelectorAll(".continue")) offer.remove();
    if (this.panel.isOpen) this.catalogue.load();
    if (aloud) this.announce(t.switched);
  }
}

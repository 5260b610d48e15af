/** What the buttons of a turn and of the options do. */
import { h, retell } from "./dom.js";
import { STRINGS } from "./strings.js";
import { answerWords } from "./transcript.js";

/** What can be done with one turn and its answers. @param {import("./app.js").App} app */
export function turnActions(app) {
  const { conversation, host, phrases } = app;
  return {
    retry: (turn) => conversation.retry(turn),
    stop: (turn) => conversation.stop(turn),
    edit: (turn) => {
      app.composer.text = [turn.text, app.composer.text].filter(Boolean).join("\n");
      conversation.withdraw(turn);
      app.composer.focus();
    },
    rate: (turn, entry, helpful) => {
      conversation.rate(turn, entry, helpful);
      app.announce(phrases()[helpful ? "thanks" : "sorry"]);
    },
    copy: async (turn, block, node) => {
      const words = answerWords(block, turn.reply, app.catalogue.notices, STRINGS[turn.reply.language]);
      const done = await navigator.clipboard?.writeText(words).then(() => true, () => false);
      if (!done) getSelection().selectAllChildren(node);
      app.announce(phrases()[done ? "copied" : "copyFailed"]);
      return done;
    },
    choose: (question) => app.choose(question),
    continueIn: () => (host.otherLanguage(), app.settleFocus()),
    faq: () => new URL(`faq/${host.settings().language}`, host.settings().server).href,
  };
}

/** Ask before everything is erased, here and on the server. @param {import("./app.js").App} app */
export function askToForget(app) {
  const { panel, phrases } = app;
  const forget = async () => {
    app.composer.text = "";
    panel.ask(null);
    app.settleFocus();
    const done = await app.conversation.forget();
    app.announce(phrases()[done ? "forgotten" : "forgottenHere"]);
    app.host.emit("forget", { server: done });
  };
  panel.ask([
    h("p", { id: "sure", say: "forgetSure" }),
    h("div.row", h("button.small-button.strong", { say: "forgetYes", onclick: forget }), h("button.small-button", { say: "keep", onclick: () => panel.ask(null) })),
  ]);
  retell(panel.confirm, phrases());
}

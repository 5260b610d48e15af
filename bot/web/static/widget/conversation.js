/** The conversation: its turns, how each is delivered, and what is kept for the tab. No DOM in here. */
import { Trouble } from "./client.js";

const SLOW = 1_000;
const STUCK = 10_000;
const LATE = 60_000;

/** A random UUID; the browser's own way to make one is missing on pages that are not served over https. */
function newKey() {
  const random = (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16);
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, random);
}

/**
 * Events: `turn` (one came or changed), `answer` (a reply arrived), `trouble`, `cleared`.
 * A turn: {key, at, text | entry + label, language, notice, status, reply, trouble, helpful}; its status is
 * sending, slow (after 1 s), stuck (after 10 s), failed or done.
 */
export class Conversation extends EventTarget {
  #client;
  #store;
  #running = new Map();
  #queue = Promise.resolve();

  constructor(client, store) {
    super();
    this.#client = client;
    this.#store = store;
    this.id = store.get("id") ?? null;
    this.turns = store.get("turns") ?? [];
    for (const turn of this.turns) {
      if (turn.status === "done" || turn.status === "failed") continue;
      Object.assign(turn, { status: "failed", trouble: { kind: "stopped" } });  // the page went while it was on its way
    }
    this.#forgetLeftovers();
  }

  #tell(type, turn) {
    this.#store.put({ id: this.id, turns: this.turns });
    this.dispatchEvent(new CustomEvent(type, { detail: turn }));
  }

  #mark(turn, status, trouble = null) {
    Object.assign(turn, { status, trouble });
    this.#tell("turn", turn);
  }

  /** @param {{text?: string, entry?: string, label?: string, language: string?, notice: string?, repeat?: boolean}} question */
  ask(question) {
    const turn = { key: newKey(), at: new Date().toISOString(), status: "sending", helpful: {}, ...question };
    this.turns.push(turn);
    this.#tell("turn", turn);
    this.#deliver(turn);
    return turn;
  }

  retry(turn) {
    this.#running.get(turn)?.abort();
    this.#mark(turn, "sending");
    this.#deliver(turn);
  }

  stop(turn) {
    this.#running.get(turn)?.abort();
    this.#running.delete(turn);
    this.#mark(turn, "failed", { kind: "stopped" });
  }

  /** Take an undelivered turn back, to be typed anew. */
  withdraw(turn) {
    this.#running.get(turn)?.abort();
    this.#running.delete(turn);
    this.turns.splice(this.turns.indexOf(turn), 1);
    this.#tell("turn", turn);
  }

  /** One after the other, so that the second question already knows the conversation of the first. */
  #deliver(turn) {
    const abort = new AbortController();
    this.#running.set(turn, abort);
    this.#queue = this.#queue.then(() => this.#send(turn, abort));
  }

  async #send(turn, abort) {
    const current = () => this.#running.get(turn) === abort;
    if (!current()) return;
    const timers = [
      setTimeout(() => current() && this.#mark(turn, "slow"), SLOW),
      setTimeout(() => current() && this.#mark(turn, "stuck"), STUCK),
      setTimeout(() => abort.abort(), LATE),
    ];
    const { text = null, entry = null, language = null, notice = null } = turn;
    try {
      const answer = await this.#client.message({ text, entry, conversation: this.id, language, notice }, turn.key, abort.signal);
      if (!current()) return;
      this.id = answer.conversation;
      turn.reply = answer.reply;
      this.#mark(turn, "done");
      this.#tell("answer", turn);
    } catch (error) {
      if (!current()) return;
      const { kind, title, wait } = error instanceof Trouble ? error : { kind: "stopped" };
      this.#mark(turn, "failed", { kind, title, until: wait ? Date.now() + wait * 1000 : 0 });
      this.#tell("trouble", turn);
    } finally {
      timers.forEach(clearTimeout);
      if (current()) this.#running.delete(turn);
    }
  }

  /** Keep a verdict on one answer; it is sent without waiting, and a lost one is no harm. */
  rate(turn, entry, helpful) {
    turn.helpful[entry] = helpful;
    this.#tell("rated", turn);
    const asked = helpful || !turn.text ? {} : { language: turn.reply.language, question: turn.text }; // kept without personal data, for the editors
    this.#client.feedback({ conversation: this.id, reply: turn.reply.id, entry, helpful, ...asked }).catch(() => {});
  }

  /** Erase everything here at once, and on the server; resolves to whether the server has done it. */
  async forget() {
    for (const abort of this.#running.values()) abort.abort();
    this.#running.clear();
    const ids = [...(this.#store.get("leftovers") ?? []), ...(this.id ? [this.id] : [])];
    this.id = null;
    this.turns = [];
    this.#store.put({ leftovers: ids, draft: "" });
    this.#tell("cleared");
    return this.#forgetLeftovers();
  }

  async #forgetLeftovers() {
    const left = [];
    for (const id of this.#store.get("leftovers") ?? []) {
      await this.#client.forget(id).catch((error) => error.kind === "refused" || left.push(id));
    }
    if (this.#store.get("leftovers")?.length) this.#store.put({ leftovers: left });
    return left.length === 0;
  }
}

/** What can be asked, and the facts of the notices, in the present language. Without them the widget still answers. */
export class Catalogue {
  #client;
  #settings;
  #changed;
  #wanted = null;
  #loading;
  list = null;
  notices = new Map();

  /** @param {import("./client.js").Client} client @param {() => object} settings @param {(language: string) => void} changed */
  constructor(client, settings, changed) {
    this.#client = client;
    this.#settings = settings;
    this.#changed = changed;
  }

  /** Load once for the same language, notice, clock and server; what failed is tried again. */
  load() {
    const { language, notice, now, server } = this.#settings();
    const wanted = [language, notice, now, server].join(" ");
    if (this.#wanted !== wanted) this.#loading = this.#load(language);
    this.#wanted = wanted;
    return this.#loading;
  }

  async #load(language) {
    const missing = () => (this.#wanted = null);
    const [list, found] = await Promise.all([this.#client.entries().catch(missing), this.#client.notices().catch(missing)]);
    if (language !== this.#settings().language) return;
    this.list = list;
    this.notices = new Map(found?.notices.map((notice) => [notice.reference, notice]));
    this.#changed(language);
  }

  questionOf(id) {
    return this.list?.entries.find((entry) => entry.id === id)?.question;
  }
}

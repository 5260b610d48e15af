/** What is kept for the tab. A browser may forbid it: then it is kept for the page. */
export class Store {
  #key;
  #state = {};

  constructor(key) {
    this.#key = key;
    try {
      const kept = JSON.parse(sessionStorage.getItem(key));
      if (kept?.version === 1) this.#state = kept;
    } catch {
      // blocked, or not ours: an empty start
    }
  }

  get(name) {
    return this.#state[name];
  }

  put(values) {
    Object.assign(this.#state, values, { version: 1 });
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#state));
    } catch {
      // blocked or full: the page still holds it
    }
  }
}

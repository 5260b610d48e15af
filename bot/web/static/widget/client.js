/** The way to the server: one door for every request, and every way it can fail as a named trouble. */

/** kind: offline, unreachable, busy (429), down (503), refused (the server says why), broken (an unreadable answer). */
export class Trouble extends Error {
  constructor(kind, { title = "", wait = 0 } = {}) {
    super(title || kind);
    Object.assign(this, { kind, title, wait });
  }
}

async function troubleOf(response) {
  const problem = await response.json().catch(() => ({}));
  const kind = { 409: "busy", 429: "busy", 502: "down", 503: "down", 504: "down" }[response.status] ?? (response.status < 500 ? "refused" : "broken");
  return new Trouble(kind, { title: problem.title, wait: Number(response.headers.get("Retry-After")) || 0 });
}

export class Client {
  #door;
  #settings;

  /**
   * @param {(request: Request) => Promise<Response>} door  the only place that touches the network
   * @param {() => {server: string, language: string, notice: string?, now: string?}} settings
   */
  constructor(door, settings) {
    this.#door = door;
    this.#settings = settings;
  }

  async #send(path, { method = "GET", body, headers, signal } = {}) {
    const { server, language, now } = this.#settings();
    const request = new Request(new URL(`api/v1/${path}`, server), {
      method,
      signal,
      credentials: "omit",
      body: body && JSON.stringify(body),
      headers: {
        Accept: "application/json",
        "Accept-Language": language,
        ...(body && { "Content-Type": "application/json" }),
        ...(now && { "X-Guichet-Now": now }),
        ...headers,
      },
    });
    let response;
    try {
      response = await this.#door(request);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Trouble(navigator.onLine ? "unreachable" : "offline");
    }
    if (!response.ok) throw await troubleOf(response);
    if (response.status === 204) return null;
    return response.json().catch((error) => {
      throw signal?.aborted ? error : new Trouble("broken");
    });
  }

  /** The key makes a repeated message the same message: it is answered once. */
  async message(body, key, signal) {
    const answer = await this.#send("messages", { method: "POST", body, signal, headers: { "Idempotency-Key": key } });
    if (!Array.isArray(answer?.reply?.blocks)) throw new Trouble("broken");
    return answer;
  }

  #query() {
    const { language, notice } = this.#settings();
    return new URLSearchParams({ language, ...(notice && { notice }) });
  }

  entries() {
    return this.#send(`entries?${this.#query()}`);
  }

  notices() {
    return this.#send(`notices?${this.#query()}`);
  }

  feedback(body) {
    return this.#send("feedback", { method: "POST", body });
  }

  forget(id) {
    return this.#send(`conversations/${encodeURIComponent(id)}`, { method: "DELETE" });
  }
}

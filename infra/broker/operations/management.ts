/** The management API of RabbitMQ, as far as the functions need it. */

/** Whom a request is from. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** The broker answered with something else than success. Holds no password, and no more of the answer than its reason. */
export class ManagementError extends Error {
  override readonly name = "ManagementError";
  constructor(
    readonly status: number,
    what: string,
    reason: string,
  ) {
    super(`${what}: HTTP ${status}${reason === "" ? "" : `, ${reason}`}`);
  }
}

/** Milliseconds. */
export interface Times {
  /** Of one request. */
  readonly request: number;
  /** Before the second try; twice as long before the third. */
  readonly pause: number;
}

const usual: Times = { request: 20_000, pause: 500 };
const tries = 3;
/** What passes by itself: a node that restarts behind the load balancer, a broker that is busy. */
const passes = (status: number) => status === 429 || status >= 500;

interface Asked {
  readonly method: "GET" | "PUT" | "POST";
  readonly path: string;
  readonly body?: unknown;
  /** Statuses that are an answer and no failure. */
  readonly accepts?: readonly number[];
}

/** The reason that RabbitMQ gives, without what else is in the answer: an error page of a proxy is of no help. */
function reasonIn(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return "";
    const fields: Readonly<Record<string, unknown>> = { ...parsed };
    return typeof fields.reason === "string" ? fields.reason.slice(0, 500) : "";
  } catch {
    return "";
  }
}

const wait = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** A client of the management API. Every request that it makes may be repeated: each says how something is to be, not what is to be done. */
export class Management {
  readonly #base: string;
  readonly #times: Times;

  /** @param consoleUrl address of the broker's console, without credentials */
  constructor(consoleUrl: string, times: Times = usual) {
    this.#base = consoleUrl.replace(/\/+$/, "");
    this.#times = times;
  }

  /** Everything that is declared, as RabbitMQ exports it: of queues just those that outlive their connection. */
  async definitions(login: Login): Promise<unknown> {
    return JSON.parse((await this.#ask(login, { method: "GET", path: "/api/definitions" })).text);
  }

  /** Adds what is missing. What is there already stays as it is, unless it is a policy, a permission or a virtual host's description. */
  async addDefinitions(login: Login, definitions: object): Promise<void> {
    await this.#ask(login, { method: "POST", path: "/api/definitions", body: definitions });
  }

  /** Makes a user, or gives an existing one this password and these tags. Its permissions and its open connections stay. */
  async putUser(login: Login, user: Login, tags: readonly string[]): Promise<void> {
    const path = `/api/users/${encodeURIComponent(user.username)}`;
    await this.#ask(login, { method: "PUT", path, body: { password: user.password, tags: tags.join(",") } });
  }

  /** Number of open connections of a user. */
  async connectionsOf(login: Login, username: string): Promise<number> {
    const { text } = await this.#ask(login, { method: "GET", path: "/api/connections?columns=user" });
    const connections: unknown = JSON.parse(text);
    if (!Array.isArray(connections)) throw new TypeError("GET /api/connections: no list came back");
    return connections.filter(
      (one: unknown) => typeof one === "object" && one !== null && "user" in one && one.user === username,
    ).length;
  }

  /**
   * Whether a user's password is right. A user without tag may not use this API, which RabbitMQ says only after it has checked the password.
   * @throws ManagementError when the broker gives neither of these answers
   */
  async letsIn(user: Login): Promise<boolean> {
    const asked: Asked = { method: "GET", path: "/api/whoami", accepts: [401] };
    const { status, text } = await this.#ask(user, asked);
    if (status !== 401) return true;
    const reason = reasonIn(text);
    if (/not management user/i.test(reason)) return true;
    if (/login failed|not.authori[sz]ed/i.test(reason)) return false;
    throw new ManagementError(status, "GET /api/whoami", reason === "" ? "no reason given" : reason);
  }

  async #ask({ username, password }: Login, asked: Asked): Promise<{ status: number; text: string }> {
    const { method, path, body, accepts = [] } = asked;
    const what = `${method} ${path}`;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    const headers = { authorization, ...(body !== undefined && { "content-type": "application/json" }) };
    for (let attempt = 1; ; attempt++) {
      const last = attempt === tries;
      try {
        const signal = AbortSignal.timeout(this.#times.request);
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        const answer = await fetch(`${this.#base}${path}`, { method, headers, signal, redirect: "error", ...sent });
        const text = await answer.text();
        if (answer.ok || accepts.includes(answer.status)) return { status: answer.status, text };
        if (last || !passes(answer.status)) throw new ManagementError(answer.status, what, reasonIn(text));
      } catch (error) {
        if (error instanceof ManagementError) throw error;
        if (last) throw new Error(`${what}: the broker cannot be reached (${causeOf(error)})`);
      }
      await wait(this.#times.pause * 2 ** (attempt - 1));
    }
  }
}

/** Node's fetch hides the reason in a cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}

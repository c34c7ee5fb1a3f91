/**
 * The mistakes in the arguments of one thing, told all at once: `queue "orders": retention must be 60 seconds to 14 days, got "20 days"`.
 * Collected before anything is registered, so that a mistake leaves nothing half made.
 */
export class Problems {
  readonly #found: string[] = [];

  /** @param where what is wrong, as its user named it: `queue "orders"` */
  constructor(readonly where: string) {}

  /** Notes a problem unless `fine`. @param text what it must be; `got` is added in quotes */
  unless(fine: boolean, text: string, got?: unknown): void {
    if (!fine) this.#found.push(got === undefined ? text : `${text}, got ${JSON.stringify(got)}`);
  }

  /** Notes a problem that was found elsewhere; undefined is none. */
  add(text: string | undefined): void {
    if (text !== undefined) this.#found.push(text);
  }

  /** The value that `read` gives, or undefined with the reason noted. */
  read<Value>(label: string, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      this.#found.push(`${label}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** Throws one error with all that was found. */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new RangeError(this.#found.map((text) => `${this.where}: ${text}`).join("\n"));
  }
}

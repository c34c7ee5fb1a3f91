import type { AlarmBook, NotedAlarm } from "../../signal/alarm.book";
import type { Severity } from "../../signal/signal";
import { toldAlone } from "./alone";

/** What fails together, and is told once. */
export interface Incident {
  /** Names its alarm: lower-case letters and digits in parts joined by hyphens. */
  readonly name: string;
  /** What fails, in words that the person who is woken reads first: "the way in from outside". */
  readonly about: string;
  /** The service that all its alarms are of: its entries in the calendar mute them. */
  readonly service?: string;
  /** Whether the calendar may mute its alarms, the tickets too. @default true */
  readonly mutable?: boolean;
  /** Name of an incident that explains this one: while it lasts, this one is not told as well. @default none */
  readonly heldBackBy?: string;
}

/** An alarm that tells somebody by itself, and what may mute it. */
export interface Speaking extends Pick<Incident, "service" | "mutable"> {
  readonly alarm: NotedAlarm["alarm"];
}

/** An incident with the silent alarms that begin it. */
export interface Gathered {
  readonly incident: Incident;
  readonly children: readonly NotedAlarm[];
}

/** All that a book holds. */
export interface Noted {
  /** In the order of their declaration; one without alarms too. */
  readonly incidents: readonly Gathered[];
  readonly speaking: readonly Speaking[];
}

/** Whether two declarations of an incident say the same. */
const alike = (one: Incident, other: Incident) =>
  (["about", "service", "mutable", "heldBackBy"] as const).every((field) => one[field] === other[field]);

/**
 * The alarms of a stack while it is declared: each component's watcher notes them in the book of its incident. `Incidents` makes the composite alarms of what
 * was noted, and closes the book.
 */
export class IncidentBook {
  readonly #gathered = new Map<string, { readonly incident: Incident; readonly children: NotedAlarm[] }>();
  readonly #speaking: Speaking[] = [];
  #closed = false;

  /** For the watchers of components whose pages are one incident. */
  of(incident: Incident): AlarmBook {
    const { name } = incident;
    const group = this.#gathered.get(name) ?? { incident, children: [] };
    if (!alike(group.incident, incident))
      throw new TypeError(`incident "${name}" is declared twice with different words: declare it once, and hand it on`);
    this.#gathered.set(name, group);
    const isChild = (id: string, severity: Severity) => severity === "page" && !Object.hasOwn(toldAlone, id);
    return {
      isChild,
      note: (noted) => {
        this.#open(noted);
        if (isChild(noted.id, noted.severity)) group.children.push(noted);
        else this.#speak(noted, incident);
      },
    };
  }

  /** For the watchers of components that belong to no incident: each of their pages is told by itself. */
  apart(service?: string): AlarmBook {
    return {
      isChild: () => false,
      note: (noted) => {
        this.#open(noted);
        this.#speak(noted, { ...(service !== undefined && { service }) });
      },
    };
  }

  #speak({ alarm }: NotedAlarm, { service, mutable }: Pick<Incident, "service" | "mutable">): void {
    this.#speaking.push({
      alarm,
      ...(service !== undefined && { service }),
      ...(mutable !== undefined && { mutable }),
    });
  }

  #open({ logicalName }: NotedAlarm): void {
    if (this.#closed)
      throw new TypeError(
        `alarm "${logicalName}" is made after the incidents were: nobody would hear of it. Make the incidents last`,
      );
  }

  /** All that was noted. Whoever notes another alarm afterwards has made a mistake, and is told so. */
  close(): Noted {
    this.#closed = true;
    return { incidents: [...this.#gathered.values()], speaking: this.#speaking };
  }
}

import type { Watcher } from "../infra/signal/watch";
import { type Incident, IncidentBook } from "../infra/watch/incidents/book";
import { Incidents } from "../infra/watch/incidents/incidents";
import type { Account } from "./account";
import type { Settings } from "./settings";

/** What fails together, whichever service uses it. The network's and the cluster's faults show in others, which are told as well: which explains which, nobody knows beforehand. */
const shared = {
  wayIn: { name: "way-in", about: "the way in from outside: users reach no service, get errors or wait" },
  broker: { name: "broker", about: "the message broker: services cannot hand work on by RabbitMQ" },
  kafka: { name: "kafka", about: "Kafka: streams stand still or arrive late" },
  cluster: { name: "cluster", about: "the cluster that services run on" },
  network: { name: "network", about: "the way out of the network: services reach nothing outside" },
  watch: { name: "watch", about: "the watch itself: what Prometheus finds is told to nobody", mutable: false },
} as const satisfies Readonly<Record<string, Incident>>;

type Uses = NonNullable<Settings["services"][string]["uses"]>;

/** The one service that answers for a thing; undefined where several do, or none. */
function ownerOf({ services }: Settings, uses: (of: Uses) => boolean): string | undefined {
  const [one, ...others] = Object.entries(services).filter(([, service]) => service.uses && uses(service.uses));
  return others.length === 0 ? one?.[0] : undefined;
}

/** Who is told of what: each watcher notes alarms in the book of an incident. */
export class Watchers {
  readonly #settings: Settings;
  readonly #told: Watcher;
  readonly #book: IncidentBook;

  constructor(settings: Settings, told: Watcher, book: IncidentBook = new IncidentBook()) {
    this.#settings = settings;
    this.#told = told;
    this.#book = book;
  }

  /** The same, with where rules of Prometheus are evaluated. */
  with(prometheus: NonNullable<Watcher["prometheus"]>): Watchers {
    return new Watchers(this.#settings, { ...this.#told, prometheus }, this.#book);
  }

  /** For what is part of no incident. */
  get apart(): Watcher {
    return { ...this.#told, book: this.#book.apart() };
  }

  /** For what fails together, whichever service uses it. */
  of(incident: keyof typeof shared): Watcher {
    return { ...this.#told, book: this.#book.of(shared[incident]) };
  }

  ofDatabase(name: string): Watcher {
    return this.#ofService(({ database }) => database === name);
  }

  /** A queue is its only reader's. */
  ofQueue(name: string): Watcher {
    return this.#ofService(({ receivesFrom = [] }) => receivesFrom.includes(name));
  }

  /** A topic is its only publisher's. */
  ofTopic(name: string): Watcher {
    return this.#ofService(({ publishesTo = [] }) => publishesTo.includes(name));
  }

  /** A bucket is its only writer's. */
  ofBucket(name: string): Watcher {
    return this.#ofService(({ buckets = {} }) => buckets[name] === "write");
  }

  /** Makes the incidents and mutes what the calendar says: after everything else. */
  close(account: Account): Incidents {
    const { environment: prefix, maintenance: calendar } = this.#settings;
    return new Incidents("incidents", { book: this.#book, watcher: this.#told, prefix, calendar }, account);
  }

  #ofService(uses: (of: Uses) => boolean): Watcher {
    const service = ownerOf(this.#settings, uses);
    if (service === undefined) return this.apart;
    const about = `${service}: what it keeps its data in, or receives its work from`;
    return { ...this.#told, book: this.#book.of({ name: service, about, service }) };
  }
}

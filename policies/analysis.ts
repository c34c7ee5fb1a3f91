import type { PolicyResource } from "@pulumi/policy";
import type { Graph } from "../infra/signal/graph";
import { graphOf } from "./graph";
import type { Finding, Rule } from "./rule";
import { isAbout, type Waiver } from "./waivers";

/** What waivers are judged by. */
export interface Pardon {
  readonly waivers: readonly Waiver[];
  /** As `2027-03-31`. */
  readonly today: string;
}

/** What a rule found, after the waivers. */
export interface Judgement {
  /** Stops the stack, if the rule's level does. */
  readonly broken: readonly Finding[];
  readonly waived: readonly { readonly finding: Finding; readonly waiver: Waiver }[];
  readonly warnings: readonly Finding[];
  /** Waivers of this rule that were about something it found, in force or not. */
  readonly used: ReadonlySet<Waiver>;
}

const hasExpired = ({ expires }: Waiver, today: string): boolean => expires < today;

/** Holds what a rule found against its waivers. An expired one counts no more, and the finding says so. */
export function judge(rule: string, findings: readonly Finding[], { waivers, today }: Pardon): Judgement {
  const own = waivers.filter((waiver) => waiver.rule === rule);
  const broken: Finding[] = [];
  const waived: { finding: Finding; waiver: Waiver }[] = [];
  const used = new Set<Waiver>();
  for (const finding of findings.filter(({ warning }) => !warning)) {
    const about = own.filter((waiver) => isAbout(waiver, finding.urn));
    for (const waiver of about) used.add(waiver);
    const valid = about.find((waiver) => !hasExpired(waiver, today));
    const [expired] = about;
    if (valid) waived.push({ finding, waiver: valid });
    else if (expired)
      broken.push({
        ...finding,
        message: `${finding.message}. Its waiver expired on ${expired.expires} (${expired.owner}: ${expired.reason})`,
      });
    else broken.push(finding);
  }
  return { broken, waived, warnings: findings.filter(({ warning }) => warning), used };
}

/** One look at a stack, which all rules share: each would otherwise read every resource anew. */
export class Analysis {
  readonly #graph: Graph;
  readonly #judgements = new Map<string, Judgement>();

  constructor(
    private readonly resources: readonly PolicyResource[],
    readonly pardon: Pardon,
  ) {
    this.#graph = graphOf(resources);
  }

  /** Whether it is of these resources: the SDK hands each rule its own copies, one rule after the other. */
  isOf(resources: readonly PolicyResource[]): boolean {
    return (
      resources.length === this.resources.length &&
      resources.every(({ urn }, index) => urn === this.resources[index]?.urn)
    );
  }

  has(rule: string): boolean {
    return this.#judgements.has(rule);
  }

  run<Config extends object>(rule: Rule<Config>, config: Config): Judgement {
    const judgement = judge(rule.name, rule.find(this.#graph, config), this.pardon);
    this.#judgements.set(rule.name, judgement);
    return judgement;
  }

  get judgements(): ReadonlyMap<string, Judgement> {
    return this.#judgements;
  }
}

/**
 * Finds the analysis that a rule belongs to. The rules of a stack run one after the other; one that already ran begins a new analysis, because values may
 * be known by then that were not before.
 */
export class Analyses {
  #current: Analysis | undefined;

  constructor(private readonly pardon: Pardon) {}

  for(rule: string, resources: readonly PolicyResource[]): Analysis {
    const current = this.#current;
    if (current && !current.has(rule) && current.isOf(resources)) return current;
    this.#current = new Analysis(resources, this.pardon);
    return this.#current;
  }

  /** Ends the current analysis, and gives what its rules found; nothing where none of them ran on these resources. */
  end(resources: readonly PolicyResource[]): Analysis | undefined {
    const current = this.#current;
    this.#current = undefined;
    return current?.isOf(resources) ? current : undefined;
  }
}

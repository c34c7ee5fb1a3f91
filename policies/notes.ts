import type { Judgement, Pardon } from "./analysis";

/** Something that the other rules found and that stops nothing. */
export interface Note {
  readonly message: string;
  /** Absent where it is about the waivers themselves. */
  readonly urn?: string;
}

const asSentence = (text: string): string => text.replace(/[.\s]+$/, "");

/** Whatever the rules found besides what is broken: what is waived, until when and why, what waivers are left over, and warnings. */
export function notesOn(judgements: ReadonlyMap<string, Judgement>, { waivers, today }: Pardon): readonly Note[] {
  const found = [...judgements].flatMap(([rule, { waived, warnings }]) => [
    ...waived.map(({ finding, waiver }) => ({
      urn: finding.urn,
      message: `${rule} is waived until ${waiver.expires} (${waiver.owner}: ${asSentence(waiver.reason)}): ${finding.message}`,
    })),
    ...warnings.map(({ urn, message }) => ({ urn, message: `${rule}: ${message}` })),
  ]);
  const leftOver = waivers.flatMap((waiver) => {
    const judgement = judgements.get(waiver.rule);
    if (!judgement || judgement.used.has(waiver)) return [];
    const expired = waiver.expires < today ? `expired on ${waiver.expires} and ` : "";
    return [
      {
        message: `the waiver of ${waiver.rule} for "${waiver.resource}" (${waiver.owner}) ${expired}is about nothing that is broken: take it out of waivers.yaml`,
      },
    ];
  });
  return [...found, ...leftOver];
}

import { type PrometheusSource, placeholder, type RecordedQuery } from "./rule.record";

/** A length of time as Prometheus writes it: 5400 is "90m". */
export function promDuration(value: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
  ] as const;
  const [unit, factor] = units.find(([, size]) => value !== 0 && value % size === 0) ?? ["s", 1];
  if (!Number.isInteger(value)) throw new RangeError(`${value} seconds: a rule takes whole seconds`);
  return `${value / factor}${unit}`;
}

const lengthsIn: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Seconds of a length of time as a rule file has it: "1h30m". */
export const secondsIn = (length: string): number =>
  [...length.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (lengthsIn[unit] ?? 0),
    0,
  );

/** Seconds in each range of a query: `[5m]`, `[1h:1m]`. */
export const rangesIn = (query: string): number[] =>
  [...query.matchAll(/\[((?:\d+(?:ms|[smhdwy]))+)/g)].map(([, length = ""]) => secondsIn(length));

/** The most seconds for which a query can still see a value that came no more, beyond the last one itself: its ranges, offsets and steps together. */
export const memoryOf = (query: string): number =>
  [...query.matchAll(/(?:\[|offset\s+|:)((?:\d+(?:ms|[smhdwy]))+)/g)].reduce(
    (sum, [, length = ""]) => sum + secondsIn(length),
    0,
  );

/** Ranges that stand beside each other are looked at together; one within another, or an offset, lengthens it. */
const longestIn = (query: string): number =>
  /offset|\[[^\]]*:/.test(query) ? memoryOf(query) : Math.max(0, ...rangesIn(query));

/** How long Prometheus goes on with the last value of a series that stopped, in seconds ("Querying basics", Prometheus documentation, 2026-11). */
const lookback = 300;

/** Seconds for which a query can still see a value that came no more, be it by way of what is recorded: one after the other, what builds on what. */
export function memoryThrough(
  query: string,
  recorded: readonly { readonly record: string; readonly expr: string }[],
  own: (query: string) => number = memoryOf,
): number {
  const before = recorded.map(({ record, expr }, at) =>
    query.includes(record) ? memoryThrough(expr, recorded.slice(0, at), longestIn) : 0,
  );
  return lookback + own(query) + Math.max(0, ...before);
}

const escaped = (text: string) => text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Whether a place in a query lies in the string of a matcher by pattern. */
const inPattern = (before: string): boolean => /[=!]~\s*"[^"]*$/.test(before);

/**
 * A query with texts and numbers in the place of its placeholders. A text is escaped for the string, and in a matcher by pattern stands for just itself.
 * @throws TypeError for a placeholder that has no value
 */
export function fill<Size>(
  query: string,
  { parameters }: Pick<PrometheusSource<string, Size>, "parameters">,
  size: Size,
  texts: Readonly<Record<string, string | undefined>>,
): string {
  return query
    .replace(placeholder, (_, name: string, at: number) => {
      const parameter = parameters[name];
      if (parameter) return number(parameter(size), `parameter {${name}} of "${query}"`);
      const text = texts[name];
      if (text !== undefined) return escaped(inPattern(query.slice(0, at)) ? literal(text) : text);
      const known = [...Object.keys(parameters), ...Object.keys(texts)].join(", ") || "nothing";
      throw new TypeError(
        `the query "${query}" asks for {${name}}, and only ${known} is known: give its text, or a parameter`,
      );
    })
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** The subjects of a source: those that its query names, and those of what is recorded for it. */
export function subjectsOf<Size>({ subjects, records = [] }: PrometheusSource<string, Size>): readonly string[] {
  const recorded = records.flatMap(({ query, labels, parameters = {} }) =>
    [query, ...Object.values(labels)]
      .flatMap((text) => [...text.matchAll(placeholder)].map(([, name = ""]) => name))
      .filter((name) => !Object.hasOwn(parameters, name)),
  );
  return [...new Set([...subjects, ...recorded])];
}

/** A recorded query, and its labels, with texts and numbers in the place of its placeholders. */
export function fillRecorded<Size>(
  recorded: RecordedQuery<Size>,
  size: Size,
  texts: Readonly<Record<string, string | undefined>>,
): RecordedQuery<Size> {
  const { query, labels, parameters = {} } = recorded;
  const label = (text: string) =>
    text.replace(placeholder, (_, name: string) => {
      const known = texts[name];
      if (known !== undefined) return known;
      throw new TypeError(`the series ${recorded.record} asks for {${name}} in a label: give its text`);
    });
  return {
    ...recorded,
    query: fill(query, { parameters }, size, texts),
    labels: Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, label(text)])),
    parameters: {},
  };
}

/** A number as PromQL takes it. Throws a RangeError for one that is not finite. */
export function number(value: number, what: string): string {
  if (Number.isFinite(value)) return String(value);
  throw new RangeError(`${what} is ${value}: it must be a finite number`);
}

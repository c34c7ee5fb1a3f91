/** What a Loki shows of requests: the series by which their rules are proven. */
import type { RuleSeries } from "../signal/rule.record";
import { repeat, type Stretch } from "../signal/signal";

export const push = "loki_api_v1_push";
export const query = "loki_api_v1_query_range";
/** What kubelets ask. */
const probed = "ready";
const at = (route: string, more: string, logs = "{logs}", index = 1) =>
  `logs="${logs}", job="loki", instance="10.0.${index}.1:3100", method="POST", route="${route}", ${more}, ws="false"`;
const count = (route: string, status: number, logs?: string, index?: number) =>
  `loki_request_duration_seconds_count{${at(route, `status_code="${status}"`, logs, index)}}`;
const bucket = (route: string, le: string, logs?: string, index?: number) =>
  `loki_request_duration_seconds_bucket{${at(route, `status_code="200", le="${le}"`, logs, index)}}`;

/** What stands beside: another component, and routes that are not asked about. */
const beside = (route: string, other: string, minutes: number): RuleSeries => ({
  [count(route, 204, "other")]: [`+900 for ${minutes} minutes`],
  [count(other, 204)]: [`+900 for ${minutes} minutes`],
  [count(probed, 200)]: [`+900 for ${minutes} minutes`],
});

/** A little more than a tenth fails: on two pods together, all at once after a quiet time, and in beats. */
export const failing = (route: string, other: string): readonly [RuleSeries, ...RuleSeries[]] => {
  const [first, second] = [count(route, 500), count(route, 503, "{logs}", 2)];
  const fine = count(route, 204);
  return [
    {
      ...beside(route, other, 30),
      [first]: ["+5.05 for 30 minutes"],
      [second]: ["+5 for 30 minutes"],
      [fine]: ["+89.95 for 30 minutes"],
    },
    {
      ...beside(route, other, 34),
      [first]: ["+0 for 15 minutes", "+30 for 19 minutes"],
      [second]: ["+0 for 34 minutes"],
      [fine]: ["+1000 for 15 minutes", "+0 for 19 minutes"],
    },
    {
      ...beside(route, other, 40),
      [first]: repeat(20, "+0 for 1 minute", "+11 for 1 minute"),
      [second]: repeat(20, "+0 for 1 minute", "+11 for 1 minute"),
      [fine]: repeat(20, "+178 for 1 minute", "+0 for 1 minute"),
    },
  ];
};

/** A little less than a tenth fails, and for a short time everything; elsewhere everything, all the time. */
export const stillFine = (route: string, other: string): readonly [RuleSeries, ...RuleSeries[]] => [
  {
    [count(route, 500)]: ["+5 for 40 minutes"],
    [count(route, 503, "{logs}", 2)]: ["+4.95 for 40 minutes"],
    [count(route, 204)]: ["+60.05 for 40 minutes"],
    [count(route, 429)]: ["+30 for 40 minutes"],
    [count(route, 500, "other")]: ["+100 for 40 minutes"],
    [count(other, 500)]: ["+100 for 40 minutes"],
    [count(probed, 503)]: ["+100 for 40 minutes"],
  },
  {
    [count(route, 500)]: ["+0 for 15 minutes", "+100 for 12 minutes", "+0 for 20 minutes"],
    [count(route, 204)]: ["+100 for 47 minutes"],
  },
];

export const mended = (route: string, other: string): RuleSeries => ({
  ...beside(route, other, 10),
  [count(route, 500)]: ["+0 for 10 minutes"],
  [count(route, 503, "{logs}", 2)]: ["+0 for 10 minutes"],
  [count(route, 204)]: ["+100 for 10 minutes"],
});

type Edges = readonly [fast: string, limit: string, slow: string];

/** A histogram of 1000 requests a minute: so many are fast, and so many end within the limit, stretch by stretch. */
const histogram = (
  route: string,
  edges: Edges,
  parts: readonly (readonly [minutes: number, fast: number, withinLimit: number])[],
  logs?: string,
  index?: number,
): RuleSeries => {
  const [fast, limit, slow] = edges;
  const each = (value: (fast: number, within: number) => number) =>
    parts.map(([minutes, quick, within]): Stretch => `+${value(quick, within)} for ${minutes} minutes`);
  return {
    [bucket(route, fast, logs, index)]: each((quick) => quick),
    [bucket(route, limit, logs, index)]: each((_, within) => within),
    [bucket(route, slow, logs, index)]: each(() => 1_000),
    [bucket(route, "+Inf", logs, index)]: each(() => 1_000),
  };
};

/** Beats of one slow and one fast minute, so many. */
const beats = (times: number): readonly (readonly [number, number, number])[] =>
  Array.from({ length: 2 * times }, (_, index) => [1, 975, index % 2 === 0 ? 1_000 : 977]);

/** Too slow by a little, all of a sudden on one pod of two, and in beats. @param minutes that the sudden case takes */
export const slow = (
  route: string,
  edges: Edges,
  edge: number,
  minutes: number,
): readonly [RuleSeries, ...RuleSeries[]] => [
  { ...histogram(route, edges, [[30, 975, edge]]), ...histogram(route, edges, [[30, 975, edge]], "{logs}", 2) },
  {
    ...histogram(route, edges, [
      [15, 975, 1_000],
      [minutes, 975, 976],
    ]),
    ...histogram(
      route,
      edges,
      [
        [15, 975, 1_000],
        [minutes, 975, 976],
      ],
      "{logs}",
      2,
    ),
  },
  { ...histogram(route, edges, [[30, 1_000, 1_000]]), ...histogram(route, edges, [[30, 960, 965]], "{logs}", 2) },
  { ...histogram(route, edges, beats(20)), ...histogram(route, edges, beats(20), "{logs}", 2) },
];

/** Fast enough by a little, slow for a short time, slow on one pod that hardly matters; elsewhere slow all the time. */
export const fastEnough = (
  [route, other]: readonly [string, string],
  edges: Edges,
  edge: number,
  burst: number,
): readonly [RuleSeries, ...RuleSeries[]] => [
  {
    ...histogram(route, edges, [[40, 975, edge]]),
    ...histogram(other, edges, [[40, 900, 950]]),
    ...histogram(route, edges, [[40, 900, 950]], "other"),
  },
  histogram(route, edges, [
    [15, 975, 1_000],
    [burst, 975, 976],
    [20, 975, 1_000],
  ]),
  { ...histogram(route, edges, [[40, 1_000, 1_000]]), ...histogram(route, edges, [[40, 980, 984]], "{logs}", 2) },
];

export const fast = (route: string, edges: Edges): RuleSeries => ({
  ...histogram(route, edges, [[10, 1_000, 1_000]]),
  ...histogram(route, edges, [[10, 1_000, 1_000]], "{logs}", 2),
});

export const pushEdges = ["0.5", "1", "2.5"] as const;
export const queryEdges = ["10", "25", "50"] as const;

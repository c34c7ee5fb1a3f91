/** Reads a dashboard back as Grafana does, for tests. */
import assert from "node:assert/strict";
import { z } from "zod";
import { boardText } from "./board";
import type { Kind } from "./kind";

/** Where runbooks lie in tests. */
export const options = { runbooks: "https://runbooks.example.com" };

/** What Grafana reads of a dashboard ("Dashboard JSON model", Grafana documentation), as far as the project uses it. */
const source = z.object({ type: z.string(), uid: z.string().regex(/^\$\{\w+\}$/) });
const grid = z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) });
const target = z.looseObject({
  refId: z.string().regex(/^[A-Z]$/),
  datasource: source,
  hide: z.boolean().optional(),
  id: z.string().optional(),
  namespace: z.string().optional(),
  metricName: z.string().optional(),
  statistic: z.string().optional(),
  period: z.string().optional(),
  region: z.string().optional(),
  dimensions: z.record(z.string(), z.string()).optional(),
  expression: z.string().optional(),
  sqlExpression: z.string().optional(),
  expr: z.string().optional(),
});
const timeseries = z.looseObject({
  type: z.literal("timeseries"),
  id: z.int(),
  title: z.string().min(1),
  description: z.string().min(1),
  gridPos: grid,
  datasource: source,
  targets: z.array(target).min(1),
  links: z.array(z.looseObject({ url: z.string() })).length(1),
  fieldConfig: z.object({
    defaults: z.looseObject({
      unit: z.string(),
      thresholds: z.object({
        mode: z.literal("absolute"),
        steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })).min(1),
      }),
      custom: z.looseObject({ thresholdsStyle: z.object({ mode: z.enum(["line", "off"]) }) }),
    }),
    overrides: z.array(z.never()),
  }),
});
const row = z.looseObject({
  type: z.literal("row"),
  id: z.int(),
  title: z.string(),
  gridPos: grid,
  panels: z.array(z.never()),
});
const board = z.looseObject({
  schemaVersion: z.int().min(36),
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string().min(1),
  editable: z.literal(false),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({
    list: z.array(
      z.looseObject({
        name: z.string().regex(/^\w+$/),
        type: z.enum(["datasource", "query", "textbox", "constant"]),
        query: z.unknown(),
      }),
    ),
  }),
  panels: z.array(z.discriminatedUnion("type", [row, timeseries])),
});

/** The dashboard of a kind, read back from its text. Throws where its shape is not Grafana's. */
export const read = (kind: Kind) => board.parse(JSON.parse(boardText(kind, options)));
/** Its panels, without the headings of rows. */
export const panelsOf = (kind: Kind) =>
  read(kind).panels.flatMap((panel) => (panel.type === "timeseries" ? [panel] : []));
/** The one panel of a signal. */
export const panelFor = (kind: Kind, id: string) => {
  const found = panelsOf(kind).filter(({ links: [link] }) => link?.url.endsWith(`/${id}.md`));
  const [panel] = found;
  assert.ok(panel && found.length === 1, `${found.length} panels of ${id}`);
  return panel;
};
/** The steps of its threshold: the first is the ground, a second one is the line. */
export const stepsOf = (panel: z.infer<typeof timeseries>) => panel.fieldConfig.defaults.thresholds.steps;

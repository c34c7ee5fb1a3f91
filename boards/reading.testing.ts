/** Queries of boards as Grafana sends them, for tests. */
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { z } from "zod";
import { boardsOf } from "./publish";
import type { Shown } from "./shown";

const grid = z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) });
const target = z.looseObject({
  refId: z.string(),
  expr: z.string().optional(),
  legendFormat: z.string().optional(),
  instant: z.boolean().optional(),
  datasource: z.object({ type: z.string(), uid: z.string() }),
  namespace: z.string().optional(),
  metricName: z.string().optional(),
  dimensions: z.record(z.string(), z.string()).optional(),
  sqlExpression: z.string().optional(),
});
const panel = z.looseObject({
  id: z.int(),
  type: z.string(),
  title: z.string().min(1),
  gridPos: grid,
  targets: z.array(target).optional(),
});
/** What Grafana reads of a dashboard ("Dashboard JSON model", Grafana documentation), as far as these boards use it. */
const board = z.looseObject({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string().min(1),
  editable: z.literal(false),
  schemaVersion: z.int().min(36),
  annotations: z
    .object({
      list: z
        .array(
          z.looseObject({
            name: z.string(),
            expr: z.string().optional(),
            datasource: z.object({ type: z.string(), uid: z.string() }).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  templating: z.object({ list: z.array(z.looseObject({ name: z.string(), type: z.string() })) }),
  panels: z.array(panel),
});

/** A panel as Grafana reads it. */
export type ReadPanel = z.infer<typeof panel>;
/** A board as Grafana reads it. */
export type ReadBoard = z.infer<typeof board>;

/** A board, read back from its JSON. */
export const readBoard = (given: Dashboard): ReadBoard => board.parse(JSON.parse(JSON.stringify(given)));

/** The boards of the whole and of services, read back from what is published. */
export const readBoards = (shown: Shown): readonly ReadBoard[] =>
  boardsOf(shown)
    .filter(([folder]) => folder !== "vigia-kinds")
    .flatMap(([, , boards]) => boards.map(readBoard));

/** A query with texts in the place of fields. */
export const filledWith = (expr: string, fields: Readonly<Record<string, string>>): string =>
  expr.replace(/\$\{(\w+)\}/g, (variable, name: string) => fields[name] ?? variable);

import type { z } from "zod";
import type { Changes, Severity, Unit } from "../../infra/signal/signal";
import { amount, count, duration, group, oneOf, share, words } from "./values";

const seconds = () => duration("0 seconds", undefined, "10 minutes");

/** How the limit of an alarm is written, by the unit of its signal. */
const limits: Readonly<Record<Unit, () => z.ZodType>> = {
  seconds,
  milliseconds: seconds,
  bytes: amount,
  percent: share,
  count,
  "count/second": count,
  "bytes/second": count,
  ratio: count,
};

/** What one instance does differently from the table of its signals: one entry for each alarm. */
export function changesOf<Table extends Readonly<Record<string, { unit: Unit; alarm?: object }>>>(
  table: Table,
): z.ZodType<Changes<Table>> {
  const alarmed = Object.entries(table).filter(([, { alarm }]) => alarm !== undefined);
  const change = ({ unit }: { unit: Unit }) =>
    group({
      threshold: limits[unit]().optional(),
      severity: oneOf<Severity>("page", "ticket").optional(),
      off: words("why it does not apply").optional(),
    }).refine(
      ({ off, threshold, severity }) => off === undefined || (threshold === undefined && severity === undefined),
      {
        error: "either off, or another threshold or severity",
      },
    );
  const shape = Object.fromEntries(alarmed.map(([id, signal]) => [id, change(signal).optional()]));
  return group(shape) as unknown as z.ZodType<Changes<Table>>;
}

import { defineKind } from "../signal/kind";
import { daysPerMonth } from "../signal/prices";
import { functionSignals } from "./function.signals";
import { concurrencyQuota, type FunctionRole, type FunctionSize } from "./function.size";

const numeric = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
const invokeConfig = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/** What Lambda assumes where a function says nothing ("CreateFunction", Lambda API Reference, 2026-11): seconds and MB. */
const defaults = { timeout: 3, memory: 128 } as const;

/** Functions as the catalogue knows them, ours and those of any other program. */
export const functionKind = defineKind<FunctionRole, "function", FunctionSize>({
  name: "function",
  types: ["aws:lambda/function:Function"],
  signals: functionSignals,
  nameOf: { FunctionName: "name" },
  roleOf: () => "function",
  sizeOf: (resource, _role, graph) => {
    const { known, madeFrom, urn } = resource;
    const sets = (input: string) => known[input] !== undefined || madeFrom[input] !== undefined;
    const configured = graph.users(urn, invokeConfig, "functionName");
    const reserved = numeric(known.reservedConcurrentExecutions, -1);
    return {
      timeout: numeric(known.timeout, defaults.timeout),
      invocationsPerDay: 0,
      every: 0,
      concurrency: reserved > 0 ? reserved : concurrencyQuota,
      // Nothing of a function says who invokes it: what catches failed events does.
      asynchronous: configured.length > 0 || sets("deadLetterConfig"),
      failureQueue: configured.some(
        (config) => config.known.destinationConfig !== undefined || config.madeFrom.destinationConfig !== undefined,
      ),
    };
  },
  costs: ({ known, name }, _role, { invocationsPerDay, timeout }, declared) => {
    const perMonth = invocationsPerDay * daysPerMonth;
    const gigabytes = numeric(known.memorySize, defaults.memory) / 1_024;
    return [
      { item: `requests of ${name}`, price: "lambda.requests", ...(declared && { quantity: perMonth / 1e6 }) },
      {
        item: `running of ${name}, each time for a tenth of its timeout`,
        price: "lambda.duration.arm",
        ...(declared && { quantity: perMonth * gigabytes * timeout * 0.1 }),
      },
    ];
  },
});

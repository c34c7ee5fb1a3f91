/** Namespace of the project's own metrics about a broker. */
export const namespace = "Vigia/Broker";

/** Tells CloudWatch what the functions found. */
export interface Emit {
  differences(count: number): void;
  exported(): void;
  /** @param secret its ARN @param age seconds since its last rotation */
  secretAge(secret: string, age: number): void;
}

/**
 * A line of the embedded metric format ("Specification: Embedded metric format", CloudWatch User Guide, 2026-11). CloudWatch takes it from the function's log, so
 * that neither a permission nor a way out of the VPC is needed.
 */
export function metricLine(
  now: number,
  metric: string,
  unit: string,
  value: number,
  dimensions: Readonly<Record<string, string>>,
): string {
  const metrics = [
    { Namespace: namespace, Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: metric, Unit: unit }] },
  ];
  return JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: metrics }, ...dimensions, [metric]: value });
}

/**
 * Metrics of one broker.
 * @param write takes a line: standard output itself, because the console of a Lambda function puts its own fields around a line
 */
export function emitter(broker: string, write: (line: string) => void, now: () => number): Emit {
  const emit = (metric: string, unit: string, value: number, dimensions: Readonly<Record<string, string>>) =>
    write(`${metricLine(now(), metric, unit, value, dimensions)}\n`);
  return {
    differences: (count) => emit("TopologyDifferences", "Count", count, { Broker: broker }),
    exported: () => emit("TopologyExports", "Count", 1, { Broker: broker }),
    secretAge: (secret, age) => emit("SecretAge", "Seconds", age, { SecretArn: secret }),
  };
}

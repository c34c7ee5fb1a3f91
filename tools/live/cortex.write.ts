/**
 * A request of Prometheus' remote write, version 1 ("Prometheus Remote-Write 1.0 specification", prometheus.io, 2026-11): a protobuf message in Snappy's block
 * format. Only for tests: with literals alone, which every reader of Snappy takes, nothing is compressed.
 */

/** The value of a series at an instant. */
export interface Sample {
  /** With the name as `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  // Timestamps have more than 32 bits: no shifts.
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** A field of protobuf with its length before it: a text or a message. */
const field = (number: number, content: Buffer): Buffer =>
  Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));

function double(number: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([varint(number * 8 + 1), content]);
}

const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The labels of a series, ordered by name as the receiver wants them. */
const labelsOf = (labels: Sample["labels"]): Buffer =>
  Buffer.concat(
    Object.entries(labels)
      .sort(([one], [other]) => order(one, other))
      .map(([name, value]) => field(1, Buffer.concat([text(1, name), text(2, value)]))),
  );

function message(samples: readonly Sample[]): Buffer {
  const series = new Map<string, { readonly labels: Buffer; readonly points: Buffer[] }>();
  for (const { labels, value, at } of samples) {
    const encoded = labelsOf(labels);
    const key = encoded.toString("latin1");
    const one = series.get(key) ?? { labels: encoded, points: [] };
    one.points.push(field(2, Buffer.concat([double(1, value), varint(2 * 8), varint(at)])));
    series.set(key, one);
  }
  return Buffer.concat([...series.values()].map(({ labels, points }) => field(1, Buffer.concat([labels, ...points]))));
}

/** The longest literal whose length stands in two bytes. */
const longestLiteral = 65_536;

function snappy(content: Buffer): Buffer {
  const parts = [varint(content.length)];
  for (let from = 0; from < content.length; from += longestLiteral) {
    const literal = content.subarray(from, from + longestLiteral);
    // A literal: tag 00, and 61 in the upper bits, which says that two bytes hold its length less one.
    const head = Buffer.from([61 * 4, 0, 0]);
    head.writeUInt16LE(literal.length - 1, 1);
    parts.push(head, literal);
  }
  return Buffer.concat(parts);
}

/** The body of a request that writes samples. Those of one series must be in the order of their time. */
export const writeRequest = (samples: readonly Sample[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(snappy(message(samples)));

import assert from "node:assert/strict";
import { writeRequest } from "./cortex.write";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const text = (value: string) => Buffer.from(value).toString("hex");
/** A series `up` with a label after its name in the alphabet, and the encoded points. */
const up = (points: string, length: string) => `0a${length}0a0e0a08${text("__name__")}1202${text("up")}${points}`;

describe("a request of remote write", () => {
  it("is the message of the specification within Snappy, byte by byte", () => {
    const one = writeRequest([{ labels: { __name__: "up" }, value: 1, at: 1 }]);
    // 31 bytes; a literal of them; one series with one label and one point: 1 at 1.
    assert.equal(hex(one), `1ff41e00${up("120b09000000000000f03f1001", "1d")}`);
  });

  it("has the points of a series together, and times of today", () => {
    const at = 1_795_000_000_000;
    const two = writeRequest([
      { labels: { __name__: "up" }, value: 0, at },
      { labels: { __name__: "up" }, value: 0, at: at + 1 },
    ]);
    const point = (last: string) => `121009${"00".repeat(8)}10${last}`;
    assert.equal(hex(two), `36f43500${up(point("80bcd9f29e34") + point("81bcd9f29e34"), "34")}`);
  });

  it("orders labels by name, as receivers want them", () => {
    const of = (labels: Readonly<Record<string, string>>) => hex(writeRequest([{ labels, value: 1, at: 1 }]));
    assert.equal(of({ pod: "a", __name__: "up", job: "x" }), of({ __name__: "up", job: "x", pod: "a" }));
  });

  it("cuts what is long into literals", () => {
    const labels = { __name__: "up", long: "x".repeat(70_000) };
    const bytes = Buffer.from(writeRequest([{ labels, value: 1, at: 1 }]));
    const [length, head] = [((bytes[0] ?? 0) % 128) | (((bytes[1] ?? 0) % 128) << 7) | ((bytes[2] ?? 0) << 14), 3];
    assert.equal(bytes.readUInt16LE(head + 1), 65_535);
    const second = head + 3 + 65_536;
    assert.equal(bytes[second], 0xf4);
    assert.equal(bytes.readUInt16LE(second + 1) + 1, length - 65_536);
    assert.equal(bytes.length, second + 3 + (length - 65_536));
  });
});

import assert from "node:assert/strict";
import { boardOf, boardText } from "./board";
import { options, panelFor, read, stepsOf } from "./board.reader";
import { kindOf, type Size, sent, toy, toys } from "./board.toy";
import { cloudwatch, math, type Unit } from "./signal";

describe("a panel and its dashboard", () => {
  it("has rows in the order of triage, and in them first what pages, then tickets, then information", () => {
    const titles = read(toy).panels.map(({ title }) => title);
    assert.deepEqual(titles, ["Saturation", "Lag", "Errors", "Share", "Told", "Latency", "Late", "Traffic", "Odd"]);
  });

  it("has the same uid and the same bytes whenever it is made", () => {
    assert.equal(boardText(toy, options), boardText(kindOf(toys), options));
    assert.equal(boardOf(toy, options).uid, "vigia-toy");
  });

  it("hides what metric math reads, and shows the result with the record's unit", () => {
    const { targets, fieldConfig } = panelFor(toy, "toy-share");
    assert.deepEqual(
      targets.map(({ refId, id, hide, expression, period }) => ({
        refId,
        id,
        hide: hide === true,
        expression,
        period,
      })),
      [
        { refId: "A", id: "bad", hide: true, expression: "", period: "300" },
        { refId: "B", id: "all", hide: true, expression: "", period: "300" },
        {
          refId: "C",
          id: "result",
          hide: false,
          expression: `IF(all > \${toy_share_most}, 100 * bad / all, 0)`,
          period: "300",
        },
      ],
    );
    assert.equal(fieldConfig.defaults.unit, "percent");
    assert.deepEqual(stepsOf(panelFor(toy, "toy-share"))[1], { value: 5, color: "orange" });
  });

  it("draws no line for a limit that follows the size, and says so", () => {
    const panel = panelFor(toy, "toy-late");
    assert.equal(stepsOf(panel).length, 1);
    assert.equal(panel.fieldConfig.defaults.custom.thresholdsStyle.mode, "off");
    assert.match(
      panel.description,
      /\*\*Pages\*\* when .* follows the declared size .*\(40 seconds at the size of the proof\), for 1 minute\./,
    );
  });

  it("says how many points are enough, where the signal does not apply, and what a missing point means", () => {
    const { description } = panelFor(toy, "toy-share");
    assert.match(
      description,
      /\*\*Opens a ticket\*\* when the value is above 5 %, in 4 of 6 points of 5 minutes\. A missing point counts as fine\./,
    );
    assert.match(description, /where it does not: it is small\./);
  });

  it("shows the band that an alarm is compared with, and no line", () => {
    const panel = panelFor(toy, "toy-odd");
    assert.deepEqual(
      panel.targets.map(({ id, hide, expression }) => [id, hide, expression]),
      [
        ["value", false, ""],
        ["band", undefined, "ANOMALY_DETECTION_BAND(value, 3)"],
      ],
    );
    assert.equal(stepsOf(panel).length, 1);
  });

  it("asks Prometheus the record's query with variables in place of names and numbers", () => {
    const panel = panelFor(toy, "toy-lag");
    assert.equal(
      panel.targets[0]?.expr,
      `max(lag{group=~"\${group}", note="}{"}) / on() depth{queue="\${queue_toy}"} > \${toy_lag_most} or vector(\${free})`,
    );
    assert.equal(panel.fieldConfig.defaults.unit, "bytes");
    assert.deepEqual(stepsOf(panel)[1], { value: 3 * 2 ** 30, color: "red" });
  });

  it("asks CloudWatch for exactly the record's metric in the region that was chosen", () => {
    assert.deepEqual(panelFor(toy, "toy-told").targets, [
      {
        refId: "A",
        id: "value",
        datasource: { type: "cloudwatch", uid: `\${cloudwatch}` },
        queryMode: "Metrics",
        metricQueryType: 0,
        metricEditorMode: 0,
        region: `\${region}`,
        namespace: "AWS/SQS",
        metricName: "SentMessageSize",
        dimensions: { QueueName: `\${queue_toy}` },
        matchExact: true,
        statistic: "Sum",
        period: "300",
        expression: "",
        label: "Sum of SentMessageSize",
        hide: false,
      },
    ]);
  });

  it("shows information in points of five minutes, or as long as the metric is apart", () => {
    const daily = cloudwatch("AWS/S3", "BucketSizeBytes", "Average", { BucketName: "bucket", StorageType: "storage" });
    const kind = kindOf({ "toy-told": { ...toys["toy-told"], source: daily } });
    assert.equal(panelFor(kind, "toy-told").targets[0]?.period, "86400");
    assert.match(panelFor(kind, "toy-told").description, /One point is the Average of 1 day\./);
  });

  it("asks Prometheus no oftener than the rule is evaluated", () => {
    assert.equal(panelFor(toy, "toy-lag").targets[0]?.interval, "60s");
  });

  it("shows each unit in Grafana's own", () => {
    const told = <U extends Unit>(unit: U) => ({ ...toys["toy-told"], unit });
    const kind = kindOf({
      "toy-count": told("count"),
      "toy-count-rate": told("count/second"),
      "toy-seconds": told("seconds"),
      "toy-bytes": told("bytes"),
      "toy-byte-rate": told("bytes/second"),
      "toy-percent": told("percent"),
      "toy-ratio": told("ratio"),
    });
    assert.deepEqual(
      kind.signals.map(({ id }) => panelFor(kind, id).fieldConfig.defaults.unit),
      ["short", "cps", "s", "bytes", "binBps", "percent", "none"],
    );
  });

  it("puts what pages before tickets, and three panels at most side by side", () => {
    const ticket = toys["toy-share"];
    const page = { ...ticket, alarm: { ...ticket.alarm, severity: "page" } } as const;
    const many = kindOf({ told: toys["toy-told"], a: ticket, b: page, c: ticket, d: page });
    const placed = read(many).panels.flatMap((panel) =>
      panel.type === "row"
        ? []
        : [[panel.links[0]?.url.slice(15, -3), panel.gridPos.x, panel.gridPos.y, panel.gridPos.w]],
    );
    assert.deepEqual(placed, [
      ["/b", 0, 1, 8],
      ["/d", 8, 1, 8],
      ["/a", 16, 1, 8],
      ["/c", 0, 9, 12],
      ["/told", 12, 9, 12],
    ]);
  });

  it("changes when the record does", () => {
    const { alarm } = toys["toy-share"];
    const stricter = { ...toys["toy-share"], alarm: { ...alarm, above: "6 %", severity: "page" } } as const;
    const [, line] = stepsOf(panelFor(kindOf({ ...toys, "toy-share": stricter }), "toy-share"));
    assert.deepEqual(line, { value: 6, color: "red" });
    const other = kindOf({
      ...toys,
      "toy-told": { ...toys["toy-told"], unit: "bytes", source: sent("NumberOfMessagesSent", "Maximum") },
    });
    const { fieldConfig, targets } = panelFor(other, "toy-told");
    assert.deepEqual(
      [fieldConfig.defaults.unit, targets[0]?.metricName, targets[0]?.statistic],
      ["bytes", "NumberOfMessagesSent", "Maximum"],
    );
  });

  it("keeps the line in sight, however small the values are", () => {
    assert.equal(panelFor(toy, "toy-share").fieldConfig.defaults.custom.axisSoftMax, 5);
    assert.equal(panelFor(toy, "toy-late").fieldConfig.defaults.custom.axisSoftMax, undefined);
    assert.equal(panelFor(toy, "toy-late").fieldConfig.defaults.custom.axisSoftMin, 0);
  });

  it("refuses information whose number follows the size, for there is no size to show", () => {
    const told = {
      ...toys["toy-told"],
      source: math("{most} * a", { a: sent("NumberOfMessagesSent") }, { most: ({ most }: Size) => most }),
    };
    assert.throws(() => kindOf({ "toy-told": told }).charts(), {
      name: "TypeError",
      message: /signal "toy-told": \{most\} follows the size, .* write the number out, or leave it to an alarm/,
    });
  });
});

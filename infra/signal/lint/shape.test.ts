import { accepts, alarm, deadLetters, mathAlarm, rds, refuses, sns, sqs, stat } from "./fixtures";

describe("lint on periods and points", () => {
  it("refuses a period that CloudWatch does not take", () => {
    refuses(
      alarm(sqs("ApproximateNumberOfMessagesVisible"), ">", 0, { period: 90 }),
      "period",
      /the period is 90 seconds; CloudWatch takes 10, 20, 30 or a multiple of 60/,
    );
  });

  it("refuses a period of no length", () => {
    const orders = alarm(stat("Shop/Orders", "Placed", "Sum", {}), "<", 5, { period: 0 });
    refuses(orders, "period", /the period is 0 seconds/, { ownNamespaces: ["Shop/Orders"] });
  });

  it("refuses a period shorter than the metric's own", () => {
    const size = stat("AWS/S3", "BucketSizeBytes", "Average", {
      BucketName: "invoices",
      StorageType: "StandardStorage",
    });
    refuses(alarm(size, ">", 1e12), "period", /has a point every 86400 seconds; with a period of 60 most are missing/);
    accepts(alarm(size, ">", 1e12, { period: 86_400 }));
    refuses(
      deadLetters.metrics.value ? alarm(deadLetters.metrics.value, ">", 0, { period: 10 }) : deadLetters,
      "period",
      /a point every 60 seconds/,
    );
    refuses(
      alarm(rds("BufferCacheHitRatio", "Average"), "<", 90, { period: 30 }),
      "period",
      /no more than once a minute/,
      {},
      "warning",
    );
  });

  it("refuses a window that is longer than CloudWatch looks back", () => {
    const long = (period: number, n: number) =>
      alarm(sqs("ApproximateNumberOfMessagesVisible"), ">", 0, {
        period,
        evaluationPeriods: n,
        datapointsToAlarm: n,
      });
    accepts(long(300, 288));
    refuses(long(300, 289), "period", /the window is 86700 seconds \(289 periods of 300\); CloudWatch takes 86400/);
    accepts(long(3_600, 168));
    refuses(long(3_600, 169), "period", /CloudWatch takes 604800/);
  });

  it("refuses metrics whose period is not that of the alarm", () => {
    const spec = { ...deadLetters, period: 300 };
    refuses(spec, "period", /has a period of 60 seconds, its alarm of 300/);
  });

  it("refuses an M outside 1 to N, and an N that is no whole number", () => {
    const points = (m: number, n: number) => ({ ...deadLetters, datapointsToAlarm: m, evaluationPeriods: n });
    refuses(points(4, 3), "datapoints", /4 of 3 points must be bad; the first is a whole number from 1 to 3/);
    refuses(points(0, 3), "datapoints", /0 of 3 points/);
    refuses(points(1.5, 3), "datapoints", /1.5 of 3 points/);
    refuses(points(1, 1.5), "datapoints", /the alarm looks at 1.5 periods of 60 seconds; it needs a whole number/);
    accepts(points(3, 3));
  });

  it("refuses several bad minutes in a row of what is published only when it happens", () => {
    const redriven = (m: number) =>
      alarm(sns("NumberOfNotificationsRedrivenToDlq"), ">", 0, { evaluationPeriods: 5, datapointsToAlarm: m });
    refuses(redriven(5), "datapoints", /5 bad periods in a row may never come: use 1 of 5/);
    accepts(redriven(1));
    accepts(alarm(sns("NumberOfNotificationsRedrivenToDlq"), ">", 100, { evaluationPeriods: 5, datapointsToAlarm: 5 }));
    accepts(alarm(sns("NumberOfNotificationsRedrivenToDlq"), ">", 0, { evaluationPeriods: 5, datapointsToAlarm: 4 }));
    const once = { evaluationPeriods: 2, datapointsToAlarm: 2 };
    for (const threshold of [0.5, 1]) {
      refuses(
        alarm(sns("NumberOfNotificationsRedrivenToDlq"), ">=", threshold, once),
        "datapoints",
        /2 bad periods in a row/,
      );
    }
    accepts(alarm(sns("NumberOfNotificationsRedrivenToDlq"), ">=", 2, once));
  });
});

describe("lint on expressions", () => {
  const sent = sqs("NumberOfMessagesSent", "Sum");

  it("refuses ids that are not declared, not used or not written as CloudWatch wants", () => {
    refuses(mathAlarm("a + b", { a: sent }, ">", 5), "expression", /uses b, which no metric is called: the ids are a/);
    refuses(mathAlarm("a + 1", { a: sent, b: sent }, ">", 5), "expression", /does not use b: leave that metric out/);
    refuses(
      mathAlarm("SUM(METRICS())", { Total: sent, a: sent }, ">", 5),
      "expression",
      /the ids Total must start with a lower-case letter/,
    );
  });

  it("refuses what cannot be read, with its place", () => {
    refuses(
      mathAlarm("a + (b", { a: sent, b: sent }, ">", 5),
      "expression",
      /character 7: expected "\)", found the end/,
    );
  });

  it("refuses more than ten metrics, and several without an expression", () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, sent]));
    accepts(mathAlarm("SUM(METRICS())", many(10), ">", 5));
    refuses(
      mathAlarm("SUM(METRICS())", many(11), ">", 5),
      "expression",
      /the alarm has 11 metrics; CloudWatch takes 10/,
    );
    refuses({ ...mathAlarm("", many(2), ">", 5), expression: undefined }, "expression", /2 metrics and no expression/);
  });

  it("warns of folding one series, whose length CloudWatch chooses", () => {
    refuses(mathAlarm("a - AVG(a)", { a: sent }, ">", 5), "expression", /takes AVG of one series/, {}, "warning");
  });
});

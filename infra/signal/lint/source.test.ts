import { accepts, alarm, deadLetters, mathAlarm, rds, refuses, s3, sns, sqs, stat } from "./fixtures";

describe("lint on metric names", () => {
  it("refuses a name that the namespace does not have, and offers the nearest", () => {
    refuses(
      alarm(sqs("ApproximateNumberOfMessageVisible"), ">", 0),
      "metric",
      /AWS\/SQS has no metric "ApproximateNumberOfMessageVisible"; did you mean "ApproximateNumberOfMessagesVisible"\?/,
    );
    refuses(alarm(rds("Free Storage Space", "Minimum"), "<", 1e9), "metric", /did you mean "FreeStorageSpace"\?/);
  });

  it("refuses an invented name without offering what is not near", () => {
    refuses(
      alarm(sqs("ExecutionsFailedCount", "Sum"), ">", 0),
      "metric",
      /has no metric "ExecutionsFailedCount": correct it, or add a row/,
    );
  });

  it("refuses a namespace that nobody publishes to, unless the project does", () => {
    const misspelt = alarm(stat("AWS/SQ", "NumberOfMessagesSent", "Sum", {}), ">", 5);
    refuses(misspelt, "metric", /no metrics of the namespace "AWS\/SQ" are known; did you mean "AWS\/SQS"\?/);
    accepts(alarm(stat("Shop/Orders", "Placed", "Sum", {}), "<", 5), { ownNamespaces: ["Shop/Orders"] });
  });

  it("is not fooled by names that every object has", () => {
    refuses(alarm(sqs("constructor"), ">", 0), "metric", /has no metric "constructor"/);
    refuses(alarm(stat("toString", "x", "Sum", {}), ">", 0), "metric", /namespace "toString"/);
  });
});

describe("lint on dimensions", () => {
  it("refuses a misspelt key", () => {
    refuses(
      {
        ...deadLetters,
        metrics: { value: { ...sqs("ApproximateNumberOfMessagesVisible"), dimensions: { QueuName: "orders" } } },
      },
      "dimensions",
      /published with QueueName; "QueuName" looks like "QueueName"/,
    );
  });

  it("refuses a set under which the metric is not published", () => {
    const partial = { ...s3("5xxErrors", "Average"), dimensions: { BucketName: "invoices" } };
    refuses(
      alarm(partial, ">", 0.05),
      "dimensions",
      /has the dimensions BucketName, but is published with BucketName \+ FilterId/,
    );
    const none = { ...sqs("ApproximateNumberOfMessagesVisible"), dimensions: {} };
    refuses(alarm(none, ">", 0), "dimensions", /has the dimensions none/);
  });

  it("takes the set in any order", () => {
    accepts(
      alarm({ ...s3("5xxErrors", "Average"), dimensions: { FilterId: "all", BucketName: "invoices" } }, ">", 0.05),
    );
  });

  it("only warns where the known sets may not be all", () => {
    const byResource = stat("AWS/Cognito", "SignUpThrottles", "Sum", { UserPool: "shoppers" });
    refuses(alarm(byResource, ">", 3), "dimensions", /\(as far as known\): check it/, {}, "warning");
  });

  it("refuses an ARN or a URL where a name belongs", () => {
    const byArn = {
      ...deadLetters.metrics.value,
      ...sqs("ApproximateNumberOfMessagesVisible"),
      dimensions: { QueueName: "arn:aws:sqs:eu-west-1:123456789012:orders" },
    };
    refuses(alarm(byArn, ">", 0), "dimensions", /QueueName is "arn:.*", but wants the name/);
    const byUrl = { ...byArn, dimensions: { QueueName: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders" } };
    refuses(alarm(byUrl, ">", 0), "dimensions", /not an ARN or a URL/);
    refuses(alarm({ ...byArn, dimensions: { QueueName: "" } }, ">", 0), "dimensions", /needs a value/);
  });

  it("refuses a load balancer without the end of its ARN, once its value is real", () => {
    const balancer = (name: string) => alarm(stat("Shop/Edge", "RequestCount", "Sum", { LoadBalancer: name }), "<", 1);
    const context = { ownNamespaces: ["Shop/Edge"] };
    refuses(balancer("shop"), "dimensions", /is written app\/name\/50dc6c495c0c9188/, { ...context, bound: true });
    accepts(balancer("app/shop/50dc6c495c0c9188"), { ...context, bound: true });
    accepts(balancer("shop"), context);
  });
});

describe("lint on statistics", () => {
  it("refuses the sum of a gauge", () => {
    refuses(
      alarm(sqs("ApproximateNumberOfMessagesVisible", "Sum"), ">", 100),
      "statistic",
      /the sum of a gauge's readings grows with their number; use Maximum or Average/,
    );
    refuses(alarm(rds("CPUUtilization", "Sum"), ">", 90), "statistic", /the sum of a gauge's/);
  });

  it("refuses the maximum in a less-than alarm and the minimum in a greater-than alarm", () => {
    refuses(
      alarm(rds("FreeStorageSpace", "Maximum"), "<", 1e9),
      "statistic",
      /hides a drop within the period from a less-than alarm; use Minimum/,
    );
    refuses(
      alarm(sqs("ApproximateAgeOfOldestMessage", "Minimum"), ">", 600),
      "statistic",
      /hides a rise within the period/,
    );
    accepts(alarm(rds("FreeStorageSpace", "Minimum"), "<", 1e9));
  });

  it("refuses a percentile of what has no sample per request", () => {
    refuses(
      alarm(sqs("ApproximateAgeOfOldestMessage", "p99"), ">", 600),
      "statistic",
      /percentiles mean nothing; use Maximum, Average, Minimum/,
    );
    accepts(alarm(s3("FirstByteLatency", "p99"), ">", 5_000));
  });

  it("refuses a count of samples that says how often a gauge was read", () => {
    refuses(
      alarm(sqs("ApproximateNumberOfMessagesVisible", "SampleCount"), ">", 5),
      "statistic",
      /SampleCount makes no sense/,
    );
    refuses(alarm(rds("CPUUtilization", "SampleCount"), ">", 5), "statistic", /SampleCount makes no sense/);
  });

  it("refuses the average of a counter that only a sum adds up", () => {
    refuses(alarm(sqs("NumberOfMessagesSent", "Average"), ">", 5), "statistic", /as Average makes no sense; use Sum/);
  });

  it("only warns where AWS merely recommends others", () => {
    refuses(
      alarm(
        stat("AWS/Cognito", "SignUpThrottles", "Average", { UserPool: "shoppers", UserPoolClient: "web" }),
        ">",
        0.1,
      ),
      "statistic",
      /AWS recommends Sum/,
      {},
      "warning",
    );
  });
});

describe("lint on units", () => {
  it("refuses a threshold in seconds on a metric in milliseconds, and gives the unit", () => {
    refuses(
      alarm(s3("FirstByteLatency", "p99"), ">", 5),
      "unit",
      /is in Milliseconds, but the signal and its threshold are in seconds: give the signal the unit milliseconds/,
      { unit: "seconds" },
    );
  });

  it("refuses bytes called a count, and takes the right unit", () => {
    refuses(
      alarm(rds("FreeStorageSpace", "Minimum"), "<", 1e9),
      "unit",
      /is in Bytes.*give the signal the unit bytes/,
      { unit: "count" },
    );
    accepts(alarm(rds("FreeStorageSpace", "Minimum"), "<", 1e9), { unit: "bytes" });
    accepts(alarm(s3("5xxErrors", "Average"), ">", 0.05), { unit: "ratio" });
  });

  it("refuses bytes on a metric in megabytes, and gives the expression", () => {
    const used = alarm(stat("AWS/Redshift", "StorageUsed", "Maximum", { ClusterIdentifier: "shop" }), ">", 1e9);
    refuses(used, "unit", /is in Megabytes.*use metric math: value \* 1000000$/, { unit: "bytes" });
  });

  it("minds the signal's unit only for a single metric", () => {
    const spec = mathAlarm("value / 1000", { value: s3("FirstByteLatency", "p99") }, ">", 5);
    accepts(spec, { unit: "seconds" });
  });

  it("refuses the average of a counter as a number of events, and takes it for a share", () => {
    const failed = alarm(sns("NumberOfNotificationsFailed", "Average"), ">", 0);
    refuses(failed, "unit", /the average of a counter's samples is no number of events; use Sum/, { unit: "count" });
    accepts(failed, { unit: "ratio" });
  });

  it("takes a count of samples for a count", () => {
    accepts(alarm(s3("BytesDownloaded", "SampleCount"), ">", 1_000), { unit: "count" });
    refuses(alarm(s3("BytesDownloaded", "SampleCount"), ">", 1_000), "unit", /is in samples.*the unit count/, {
      unit: "bytes",
    });
  });

  it("refuses a unit filter that the metric does not publish, and warns of any", () => {
    const filtered = (unit: string) => alarm({ ...sqs("ApproximateAgeOfOldestMessage"), unit }, ">", 600);
    refuses(filtered("Count"), "unit", /the unit filter "Count" matches no sample, it is published in Seconds/);
    refuses(filtered("Seconds"), "unit", /leave it out/, {}, "warning");
  });
});

describe("lint on what publishes the metric", () => {
  it("refuses a metric whose switch is off, where the switches are known", () => {
    const spec = alarm(s3("5xxErrors", "Average"), ">", 0.05);
    refuses(spec, "switch", /is published only with request metrics: switch that on where the alarm is made/, {
      switches: [],
    });
    accepts(spec, { switches: ["request metrics"] });
    accepts(spec);
  });

  it("refuses a metric of another variant of the resource", () => {
    const spec = alarm(sqs("NumberOfDeduplicatedSentMessages", "Sum"), ">", 100);
    refuses(spec, "engine", /exists only for fifo, not for standard/, { engine: "standard" });
    accepts(spec, { engine: "fifo" });
  });

  it("refuses the sent count of a dead-letter queue, which leaves out what is moved there", () => {
    const spec = alarm(sqs("NumberOfMessagesSent", "Sum"), ">", 0);
    refuses(spec, "role", /never counts the messages that are moved there: use ApproximateNumberOfMessagesVisible/, {
      role: "deadLetters",
    });
    accepts(spec, { role: "source" });
  });
});

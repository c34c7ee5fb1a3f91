import type { Login } from "./login";
import type { Shown } from "./shown";

/** A stack with two services, one of them with a long name, and with logs. */
export const shown: Shown = {
  prometheus: "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/",
  paging: {
    page: "arn:aws:sns:eu-central-1:123456789012:paging-page-1a2b3c4",
    ticket: "arn:aws:sns:eu-central-1:123456789012:paging-ticket-1a2b3c4",
  },
  grafana: {
    region: "eu-central-1",
    runbooks: "https://runbooks.example.com",
    services: {
      shop: { availability: 99.9, queues: ["orders-1a2b3c4", "returns-1a2b3c4"], database: "dev-shop" },
      "production-planning-and-scheduling": { availability: 99.5 },
    },
    logs: {
      url: "https://logs.internal.example.com",
      secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-reader-1a2b3c",
    },
  },
};

/** How boards log in to Loki. */
export const reader: Login = { username: "grafana", password: "hunter2-hunter2" };

/** What panels are answered by real servers on this machine, for pictures of boards. */
import { shown } from "../../../boards/boards.fixtures";
import { casesFrom, queryOf, week } from "../../../boards/cases.testing";
import { type Found, startLogs } from "../../../boards/logs.testing";
import { filledWith, type ReadBoard, type ReadPanel, readBoard, readBoards } from "../../../boards/reading.testing";
import { openMetrics } from "../../../boards/samples.testing";
import { story, world } from "../../../boards/world.testing";
import { boardOf } from "../../../infra/signal/board";
import { catalogue } from "../../../infra/signal/catalogue";
import { type LivePrometheus, queriedOver, startPrometheus } from "../../live/prometheus";

type Say = (line: string) => void;

/** What a panel was answered. */
interface Answer {
  readonly range: readonly [from: number, to: number];
  readonly series: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly times: readonly number[];
    readonly values: readonly number[];
  }[];
  readonly lines?: readonly string[];
}

/** A board, and all that is to be drawn on it. */
export interface Picture {
  readonly name: string;
  readonly board: ReadBoard;
  readonly answers: Readonly<Record<number, Answer>>;
  readonly marks: readonly { readonly from: number; readonly color: string }[];
}

/** A legend as Grafana fills it; none where it finds one by itself. */
const named = (format: string | undefined, labels: Readonly<Record<string, string>>): string =>
  format === undefined || format === "__auto"
    ? ""
    : format.replace(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? "");

async function answered(
  server: LivePrometheus,
  panel: ReadPanel,
  fields: Readonly<Record<string, string>>,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
): Promise<Answer> {
  const series = [];
  for (const { expr, legendFormat, instant } of panel.targets ?? []) {
    const over = { start: instant ? end : start, end, step };
    for (const { metric, values } of await queriedOver(server, filledWith(expr ?? "", fields), over))
      series.push({
        name: named(legendFormat, metric),
        labels: metric,
        times: values.map(([time]) => time),
        values: values.map(([, value]) => value),
      });
  }
  return { range: [start, end], series };
}

/** Lines of logs. */
const said = (found: readonly Found[]): Answer => ({
  range: [0, 0],
  series: [],
  lines: found.flatMap(({ stream, values }) => values.map(([, line]) => `${stream?.service}  ${line}`)),
});

/** How many lines there are, over the last ten minutes. */
function counted(found: readonly Found[], format: string | undefined): Answer {
  const now = Math.floor(Date.now() / 1_000);
  return {
    range: [now - 600, now + 60],
    series: found.map(({ metric = {}, values }) => ({
      name: named(format, metric),
      labels: metric,
      times: values.map(([time]) => Number(time)),
      values: values.map(([, value]) => Number(value)),
    })),
  };
}

const asks = (panel: ReadPanel, source: string): boolean =>
  panel.targets?.some(({ datasource }) => datasource.type.includes(source)) === true;

/** The boards of the whole and of services, in a made-up day. */
export async function ofStack(say: Say): Promise<Picture[]> {
  const end = Math.floor(Date.now() / 60_000) * 60;
  const over = { start: end - 6 * 3_600, end, step: 60 };
  const server = await startPrometheus(say, { configuration: "{}", samples: openMetrics(world(end)) });
  const logs = await startLogs(say);
  try {
    const pictures = [];
    for (const board of readBoards(shown)) {
      const answers: Record<number, Answer> = {};
      for (const panel of board.panels) {
        if (asks(panel, "prometheus")) answers[panel.id] = await answered(server, panel, {}, over);
        if (asks(panel, "loki")) {
          const [asked] = panel.targets ?? [];
          const request = board.uid === "vigia-requests" ? "r-1" : "";
          const found = await logs.ask(filledWith(asked?.expr ?? "", { request }));
          answers[panel.id] = panel.type === "logs" ? said(found) : counted(found, asked?.legendFormat);
        }
      }
      const marks = board.uid.includes("production") ? [] : [{ from: end - story.deployed * 60, color: "blue" }];
      pictures.push({ name: board.uid, board, answers, marks });
    }
    return pictures;
  } finally {
    await logs.stop();
    await server.stop();
  }
}

/** Boards of kinds, each panel with the first bad case of its proof; information with the first case that it shows anything of. */
export async function ofKinds(say: Say, wanted: readonly string[]): Promise<Picture[]> {
  const { cases, timelines } = casesFrom((Math.floor(Date.now() / 1_000 / week) - 2) * week);
  const server = await startPrometheus(say, { configuration: "{}", samples: openMetrics(timelines) });
  try {
    const pictures = [];
    for (const kind of catalogue.kinds.filter(({ name }) => wanted.includes(name))) {
      const board = readBoard(boardOf(kind, shown.grafana));
      const answers: Record<number, Answer> = {};
      for (const panel of board.panels) {
        const chart = kind.charts().find(({ title }) => title === panel.title);
        if (!chart || !asks(panel, "prometheus")) continue;
        const own = cases.filter(({ kind: of, chart: { id } }) => of === kind && (!chart.alarm || id === chart.id));
        for (const { text, start, end } of own) {
          const { expr, step } = queryOf(kind, chart, text);
          const filled = { ...panel, targets: panel.targets?.map((target) => ({ ...target, expr })) };
          const answer = await answered(server, filled, {}, { start, end, step });
          answers[panel.id] ??= answer;
          if (answer.series.length === 0) continue;
          answers[panel.id] = answer;
          break;
        }
      }
      pictures.push({ name: board.uid, board, answers, marks: [] });
    }
    return pictures;
  } finally {
    await server.stop();
  }
}

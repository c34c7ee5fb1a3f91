/**
 * Draws one board with the components of which Grafana's panels are made. What those components do is Grafana's: lines, axes, units, thresholds, colours, legends, numbers, tables.
 * What stands around them in Grafana is not there, and is put together here: the grid, marks, lines of logs.
 */
import { createTheme, dateTime, FieldType, getDisplayProcessor, ThemeContext, toDataFrame } from "@grafana/data";
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GlobalStyles,
  PanelChrome,
  Table,
  TimeSeries,
  VizRepeater,
} from "@grafana/ui";
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";

const { board, answers, marks } = window.picture;
const theme = createTheme({ colors: { mode: "dark" } });
const cell = 38;
const gap = 8;

/** What Grafana's own graph panel assumes where a board says nothing. */
const graphDefaults = {
  drawStyle: "line",
  lineInterpolation: "linear",
  lineWidth: 1,
  fillOpacity: 0,
  gradientMode: "none",
  showPoints: "never",
  pointSize: 5,
  spanNulls: false,
  stacking: { mode: "none", group: "A" },
  axisPlacement: "auto",
  axisColorMode: "text",
  axisGridShow: true,
  axisBorderShow: false,
  axisCenteredZero: false,
  scaleDistribution: { type: "linear" },
  hideFrom: { legend: false, tooltip: false, viz: false },
  thresholdsStyle: { mode: "off" },
};

const configOf = (panel, name) => {
  const { defaults = {}, overrides = [] } = panel.fieldConfig ?? {};
  const config = { ...defaults, custom: { ...graphDefaults, ...defaults.custom } };
  for (const { matcher, properties } of overrides)
    if (matcher.id === "byName" && matcher.options === name)
      for (const { id, value } of properties) {
        if (id.startsWith("custom.")) config.custom[id.slice(7)] = value;
        else config[id] = value;
      }
  return config;
};

function withDisplay(frame) {
  for (const field of frame.fields) field.display = getDisplayProcessor({ field, theme, timeZone: "utc" });
  return frame;
}

const frameOf = (panel, { name, labels, times, values }, index) => {
  const config = configOf(panel, name);
  const frame = toDataFrame({
    refId: `A${index}`,
    fields: [
      { name: "Time", type: FieldType.time, values: times.map((time) => time * 1_000), config: {} },
      {
        name: "Value",
        type: FieldType.number,
        values,
        labels,
        // Without a name the labels in which lines differ are the name.
        config: { color: { mode: "palette-classic" }, ...config, ...(name !== "" && { displayNameFromDS: name }) },
      },
    ],
  });
  frame.fields[1].state = { seriesIndex: index };
  return withDisplay(frame);
};

/** Marks over a graph. */
const drawMarks = (config) => {
  config.addHook("draw", (plot) => {
    const { ctx, bbox } = plot;
    for (const { from, color } of marks) {
      const x = Math.round(plot.valToPos(from * 1_000, "x", true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.save();
      ctx.strokeStyle = theme.visualization.getColorByName(color);
      ctx.lineWidth = 2;
      ctx.setLineDash([5, 5]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.restore();
    }
  });
  return null;
};

const note = (text) => h("div", { style: { padding: 12, color: theme.colors.text.secondary } }, text);

function graph(panel, answer, width, height) {
  if (answer.series.length === 0) return note("No data");
  const [from, to] = answer.range.map((time) => dateTime(time * 1_000));
  const properties = {
    frames: answer.series.map((series, index) => frameOf(panel, series, index)),
    structureRev: 1,
    timeRange: { from, to, raw: { from, to } },
    timeZone: "utc",
    width,
    height,
    legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
    options: {},
    theme,
  };
  return h(TimeSeries, properties, drawMarks);
}

function numbers(panel, answer, width, height) {
  if (answer.series.length === 0) return note("No data");
  const shown = answer.series.map(({ name, values }) => {
    const config = { color: { mode: "thresholds" }, ...configOf(panel, name) };
    const field = { name, type: FieldType.number, values, config };
    return { ...getDisplayProcessor({ field, theme, timeZone: "utc" })(values.at(-1)), title: name };
  });
  const several = shown.length > 1;
  return h(VizRepeater, {
    width,
    height,
    source: shown,
    getValues: () => shown,
    renderCounter: 1,
    autoGrid: true,
    orientation: "auto",
    itemSpacing: 3,
    renderValue: ({ value, width: w, height: hh, count }) =>
      h(BigValue, {
        value: several ? value : { ...value, title: undefined },
        width: w,
        height: hh,
        count,
        theme,
        colorMode: BigValueColorMode.Value,
        graphMode: BigValueGraphMode.None,
        textMode: BigValueTextMode.Auto,
      }),
  });
}

function rows(panel, answer, width, height) {
  if (answer.series.length === 0) return note("No data");
  const columns = panel.transformations[0].options.indexByName;
  const fields = Object.keys(columns).map((name) => {
    const number = name === "Value";
    return {
      name,
      type: number ? FieldType.number : FieldType.string,
      values: answer.series.map(({ labels, values }) => (number ? values.at(-1) : (labels[name] ?? ""))),
      config: configOf(panel, name),
    };
  });
  return h(Table, { data: withDisplay(toDataFrame({ fields })), width, height, initialSortBy: panel.options.sortBy });
}

const logLines = (answer) =>
  h(
    "div",
    { style: { padding: 8, fontFamily: theme.typography.fontFamilyMonospace, fontSize: 12, lineHeight: "20px" } },
    ...answer.lines.map((line) => h("div", { key: line }, line)),
  );

const drawings = { timeseries: graph, stat: numbers, table: rows };

function panelOf(panel, page) {
  const { x, y, w, h: rowsHigh } = panel.gridPos;
  const column = (page - gap) / 24;
  const place = { position: "absolute", left: gap + x * column, top: 56 + y * cell };
  const width = w * column - gap;
  const height = rowsHigh * cell - gap;
  if (panel.type === "row")
    return h("div", { key: panel.id, style: { ...place, width, paddingTop: 6, fontWeight: 500 } }, `⌄ ${panel.title}`);
  const answer = answers[panel.id];
  const missing = "Nothing here to ask: CloudWatch, the alert manager, or information that no proof has series for";
  const draw =
    answer === undefined ? () => note(missing) : answer.lines ? () => logLines(answer) : drawings[panel.type];
  return h(
    "div",
    { key: panel.id, style: place },
    h(PanelChrome, { title: panel.title, description: panel.description, width, height }, (inner, high) =>
      draw(panel, answer, inner, high),
    ),
  );
}

function Page() {
  return h(
    ThemeContext.Provider,
    { value: theme },
    h(GlobalStyles),
    h("h3", { style: { position: "absolute", left: 2 * gap, top: 14 } }, board.title),
    ...board.panels.map((panel) => panelOf(panel, window.innerWidth)),
  );
}

document.body.style.background = theme.colors.background.canvas;
createRoot(document.getElementById("root")).render(h(Page));

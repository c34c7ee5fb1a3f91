/**
 * The texts of notifications, as templates of Alertmanager. Only functions that every version of it has: AMP does not say which one it runs, and toJson is of 2026.
 */

/** Name of the file that holds them, within AMP's definition. */
export const templateFile = "vigia.tmpl";

/** The longest subject that SNS takes ("Publish", Amazon SNS API Reference, 2026-11): ASCII, no line break. */
const longestSubject = 100;
/** Alerts that a text shows in full, of each state. A group may hold a thousand. */
export const shownAlerts = 10;
/** Alerts that a chat message shows. */
export const shownInChat = 5;

/** A text as it stands within double quotes in JSON: backslash, quote and line break are escaped, what JSON does not allow becomes a space. */
const json = (value: string) =>
  `(reReplaceAll \`[^\\x20-\\x{d7ff}\\x{e000}-\\x{fffc}\\x{10000}-\\x{10ffff}]\` \` \` (reReplaceAll \`\\n\` \`\\n\` (reReplaceAll \`"\` \`\\"\` (reReplaceAll \`\\\\\` \`\\\\\` ${value}))))`;
/** At most so many characters, with three dots for the rest. */
const short = (value: string, most: number) => `(reReplaceAll \`(?s)^(.{${most - 3}}).{4,}$\` \`\${1}...\` ${value})`;
/** Printable ASCII in one line. */
const ascii = (value: string) => `(reReplaceAll \`[^\\x20-\\x7e]+\` \` \` ${value})`;

/** The alerts that a notification is about: those that fire, else those that ended. */
const about = `{{ $about := .Alerts.Resolved }}{{ if .Alerts.Firing }}{{ $about = .Alerts.Firing }}{{ end }}{{ $first := index $about 0 }}`;
/** What the first of them says in a line, whatever rule it is from. */
const summary = "(or $first.Annotations.summary $first.Labels.alertname)";
const counted = `{{ $count := "" }}{{ if gt (len $about) 1 }}{{ $count = printf " (%d alerts)" (len $about) }}{{ end }}`;
const severity = `(or .CommonLabels.severity "alert")`;

const title = (value: string) => `${about}${counted}{{ ${value} }}`;
const headline = `(printf "[%s %s] %s%s" (toUpper ${severity}) (toUpper .Status) ${short(summary, 70)} $count)`;

/** One alert in a text. Labels that stand in the heading are left out. */
const alert = (time: "Since" | "Until") => {
  const at = time === "Since" ? ".StartsAt" : ".EndsAt";
  return `- {{ ${short("(or .Annotations.summary .Labels.alertname)", 200)} }}
  ${time}: {{ ${at}.UTC.Format "2006-01-02 15:04:05" }} UTC
{{ with .Annotations.description }}  What it means: {{ ${short(".", 500)} }}
{{ end }}{{ with .Annotations.runbook_url }}  Runbook: {{ . }}
{{ end }}{{ with .Labels.Remove (stringSlice "alertname" "severity" "service" "kind" "component" "signal") }}  Labels:{{ range .SortedPairs }} {{ .Name }}={{ ${short(".Value", 100)} }}{{ end }}
{{ end }}`;
};

const alerts = (list: "Firing" | "Resolved", time: "Since" | "Until") =>
  `{{ if .Alerts.${list} }}
${list === "Firing" ? "Firing" : "Ended"}: {{ len .Alerts.${list} }}{{ if gt (len .Alerts.${list}) ${shownAlerts} }}, of which ${shownAlerts} are shown{{ end }}
{{ range $index, $alert := .Alerts.${list} }}{{ if lt $index ${shownAlerts} }}{{ with $alert }}${alert(time)}{{ end }}{{ end }}{{ end }}{{ end }}`;

/** The link to the board of the kind, where boards have an address. Kinds have plain names. */
const board = (boards: string | undefined, kind = ".") =>
  boards === undefined ? "" : `{{ with .CommonLabels.kind }}${boards}/d/vigia-{{ ${kind} }}{{ end }}`;

const define = (name: string, body: string) => `{{ define "${name}" }}${body}{{ end }}\n`;

/** A person's notification by mail: what, whose, since when, and where to look. */
function text(boards: string | undefined): string {
  const link = board(boards);
  return `${title(headline)}
Severity: {{ ${severity} }}
{{ with .CommonLabels.service }}Service: {{ . }}
{{ end }}{{ with .CommonLabels.component }}Component: {{ . }}
{{ end }}${link === "" ? "" : `{{ with .CommonLabels.kind }}Board: {{ end }}${link}\n`}${alerts("Firing", "Since")}${alerts("Resolved", "Until")}`;
}

/**
 * A notification for chat ("Custom notifications using Amazon Q Developer in chat applications", Administrator Guide, 2026-11). What fires and what ends is one thread.
 */
function chat(boards: string | undefined): string {
  const item = `*{{ ${json(short("(or .Annotations.summary .Labels.alertname)", 200))} }}*{{ with .Annotations.description }}\\n{{ ${json(short(".", 500))} }}{{ end }}\\n`;
  const items = `{{ range $index, $alert := $about }}{{ if lt $index ${shownInChat} }}{{ with $alert }}${item}{{ end }}{{ end }}{{ end }}`;
  const rest = `{{ if gt (len $about) ${shownInChat} }}{{ len $about }} alerts, of which ${shownInChat} are shown{{ end }}`;
  const link = board(boards, json("."));
  const steps = [
    `"Runbook: {{ ${json(`(or $first.Annotations.runbook_url "none")`)} }}"`,
    ...(link === "" ? [] : [`{{ if .CommonLabels.kind }}"Board: ${link}"{{ else }}"Board: ${boards}"{{ end }}`]),
  ];
  const thread = `{{ ${json(severity)} }}{{ range .GroupLabels.SortedPairs }}-{{ ${json(short(".Value", 100))} }}{{ end }}`;
  const keywords = `"{{ ${json(severity)} }}"{{ with .CommonLabels.service }}, "{{ ${json(".")} }}"{{ end }}`;
  return `${about}${counted}{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":"{{ ${json(headline)} }}","description":"${items}${rest}","nextSteps":[${steps.join(",")}],"keywords":[${keywords}]},"metadata":{"threadId":"${thread}","summary":"{{ ${json(headline)} }}","eventType":"alert"}}`;
}

/** All templates. @param boards address of the boards, without a slash at the end */
export const templates = (boards?: string): string =>
  [
    // SNS refuses an empty subject and one that begins with a space; this one begins with a bracket.
    define("vigia.subject", title(short(ascii(headline), longestSubject))),
    define("vigia.text", text(boards)),
    define("vigia.chat", chat(boards)),
    define("vigia.title", title(headline)),
    define("vigia.details", `${alerts("Firing", "Since")}${alerts("Resolved", "Until")}`),
    define("vigia.runbook", `${about}{{ $first.Annotations.runbook_url }}`),
    define("vigia.board", board(boards)),
    define(
      "vigia.watchdog",
      "This message comes every few minutes as long as Prometheus can alert. Its absence is the alarm.",
    ),
  ].join("");

/** The call of a template, as a field of a receiver. */
export const call = (name: "subject" | "text" | "chat" | "title" | "details" | "runbook" | "board" | "watchdog") =>
  `{{ template "vigia.${name}" . }}`;
/** The value of a label that all alerts of a notification share, or a word where they do not. SNS drops empty attributes. */
export const common = (label: string, otherwise: string) => `{{ or .CommonLabels.${label} "${otherwise}" }}`;

/** A link in a page. */
export interface Link {
  readonly target: string;
  /** Line in the page, from 1. */
  readonly line: number;
}

const blank = (text: string) => text.replace(/[^\n]/g, " ");

/** The page with what is no prose made blank, line for line: code, comments. Its length stays. */
function prose(page: string): string {
  const lines = page.split("\n");
  let fence: string | undefined;
  const outside = lines.map((line) => {
    const mark = /^ {0,3}(?:> ?)*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) {
      fence = mark;
      return mark === undefined ? line : blank(line);
    }
    if (mark?.startsWith(fence)) fence = undefined;
    return blank(line);
  });
  return outside
    .join("\n")
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/(?<!`)(`+)(?!`)((?:(?!\n\n)[\s\S])*?[^`])\1(?!`)/g, blank);
}

/** Where a link begins its target: in brackets, in a definition, or in HTML. */
const patterns: readonly RegExp[] = [
  /\]\(\s*(?:<([^>\n]*)>|((?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)/g,
  /^ {0,3}\[[^\]\n]+\]:\s+(?:<([^>\n]*)>|(\S+))/gm,
  /<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi,
];

/** The links of a page in the order of its lines, code and comments left out. */
export function linksIn(page: string): Link[] {
  const text = prose(page);
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .sort((a, b) => a.index - b.index)
    .map((match) => ({
      target: match[1] ?? match[2] ?? "",
      line: text.slice(0, match.index).split("\n").length,
    }));
}

/** The text of a heading as a reader sees it. */
const rendered = (heading: string) =>
  heading
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/<[^>]+>/g, "")
    .replace(/(?<![\p{L}\p{N}])[*_]+|[*_]+(?![\p{L}\p{N}])/gu, "")
    .replaceAll("`", "")
    .trim();

/** The anchor that GitHub gives to a heading: lower case, punctuation dropped, a hyphen for each space. */
const slug = (heading: string) =>
  rendered(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");

/** The anchors of a page: of its headings, the second of one name with "-1", and those that it sets in HTML. */
export function anchorsIn(page: string): ReadonlySet<string> {
  const code = page.split("\n");
  const lines = prose(page).split("\n");
  const anchors = new Set<string>();
  lines.forEach((line, at) => {
    const underlined = /^ {0,3}(?:=+|-{2,})\s*$/.test(lines[at + 1] ?? "") && /^ {0,3}[^\s#>|-]/.test(line);
    const found = /^ {0,3}#{1,6}(?=\s)/.test(line) || underlined;
    if (!found) return;
    const heading = (code[at] ?? "").replace(/^\s*#{1,6}\s+/, "").replace(/\s+#+\s*$/, "");
    const wanted = slug(heading);
    let anchor = wanted;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${wanted}-${count}`;
    anchors.add(anchor);
  });
  for (const [, name = ""] of lines.join("\n").matchAll(/<[a-z]\w*\b[^>]*?\b(?:id|name)\s*=\s*["']([^"']+)["']/gi))
    anchors.add(name);
  return anchors;
}

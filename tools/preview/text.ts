import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

export const painted: Paint = (style, text) => styleText(style, text);

/** Whether colours are shown: on a TTY, and not with NO_COLOR set to anything (https://no-color.org). */
export const showsColours = (
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean => stream.isTTY === true && !env.NO_COLOR;

/** Breaks a text into lines of at most `width` characters between words; a longer word (an URN, a path) stands alone. Line breaks in it are kept. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      if (line && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    return line ? [...lines, line] : lines;
  });
}

/** A cell of {@link table}: what is shown, and how it is painted without counting for the width. */
export interface TextCell {
  readonly text: string;
  readonly style?: Style;
}

/** Columns of equal width with two spaces between them; `right` names the columns that hold numbers. */
export function table(rows: readonly (readonly TextCell[])[], right: readonly number[], paint: Paint): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach(({ text }, i) => {
      widths[i] = Math.max(widths[i] ?? 0, text.length);
    });
  return rows.map((row) =>
    row
      .map(({ text, style }, i) => {
        const space = " ".repeat((widths[i] ?? 0) - text.length);
        const shown = style ? paint(style, text) : text;
        if (right.includes(i)) return space + shown;
        return i === row.length - 1 ? shown : shown + space;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** "1 alarm", "2 alarms". */
export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;

/** A quantity with thousands apart, to a thousandth; a smaller one to three digits, so that none reads as 0. */
export const figure = (value: number): string =>
  value.toLocaleString("en-US", value < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 3 });

/** The last part of an URN is the name. */
export const nameOf = (urn: string): string => urn.split("::").pop() ?? urn;

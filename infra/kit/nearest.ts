/** Edits that turn one text into the other: a letter more, less or other, or two neighbours swapped ("optimal string alignment"). */
function edits(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(from.length, to.length);
}

/** A beginning of so many letters is taken for a name that was cut short. */
const shortestBeginning = 4;

/**
 * The name that was probably meant: one that begins with the text, else the one with the fewest edits, at most a third of its length; capitals do not
 * count. Of two equally near ones the first in alphabetical order.
 * @returns undefined where none is near
 */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  const cutShort = (name: string) => lower.length >= shortestBeginning && name.toLowerCase().startsWith(lower);
  const near = names
    .map((name) => ({ name, distance: cutShort(name) ? 0 : edits(lower, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near[0]?.name;
}

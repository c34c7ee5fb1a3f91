/**
 * Replaces what stands between `<!-- generated: name -->` and `<!-- /generated -->` (in YAML: `# generated: name`, `# /generated`).
 * @throws when the markers are not there exactly once
 */
export function inMarkers(text: string, name: string, content: string): string {
  const pattern = new RegExp(`((?:<!--|#) generated: ${name}(?: -->)?\n)[\\s\\S]*?((?:<!--|#) /generated)`, "g");
  const found = text.match(pattern)?.length ?? 0;
  if (found !== 1) throw new Error(`expected one section "generated: ${name}" with its end, found ${found}`);
  return text.replace(pattern, (_, begin: string, end: string) => `${begin}${content.trimEnd()}\n${end}`);
}

/** The project's folder, also from within a bundle. */
export const root: string;
/** Bundles a TypeScript entry and answers the path of the CommonJS bundle; never older than its sources. */
export function compile(entry: string): string;
/** Bundles a policy pack (`index.ts` to `dist/index.js`) and answers the path of its folder. */
export function buildPack(folder?: string): string;
/** Puts the TypeScript file and line in the place of each line of a bundle that `compile` made. */
export function sourceLines(text: string): string;

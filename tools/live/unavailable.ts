/** Why something real cannot be had on this machine, in words. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** The last lines of what a program said, which is where it says why. */
export const lastWords = (text: string) => text.trim().split("\n").slice(-3).join(" | ");

/** The same of what was thrown. */
export const lastWordsOf = (error: unknown) => lastWords(error instanceof Error ? error.message : String(error));

/** Says of what could not be found, built or installed that it cannot be had: for `catch`. @throws Unavailable */
export const cannotBeHad =
  (what: string) =>
  (error: unknown): never => {
    throw new Unavailable(`${what} cannot be had: ${lastWordsOf(error)}`);
  };

/** Starts what tests need; where it cannot be had on this machine they are skipped, visibly. */
export async function orSkipped<T>(context: Mocha.Context, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`skipped: ${error.message}`);
    return context.skip();
  }
}

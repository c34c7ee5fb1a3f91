import type { Resource } from "@pulumi/pulumi";

/** How many things are under way at once. The engine works on four for each core of the machine (`--parallel`, Pulumi CLI 3.250). */
const lanes = 16;

/** Ends when the engine has planned or made the resource. A URN is known in a preview too. */
const registered = (resource: Resource): Promise<void> =>
  new Promise((resolve) => {
    resource.urn.apply(() => resolve());
  });

/**
 * Makes many things without having all of them in memory: a few are under way at once, and the next one begins when one of them is registered. A
 * loop instead holds some hundred kilobytes for each resource until the last one is registered (docs/performance.md).
 * @param make makes an item's resources and answers the one to wait for
 * @throws what `make` throws; the items after that one are not made
 */
export async function inTurns<Item>(items: Iterable<Item>, make: (item: Item) => Resource): Promise<void> {
  const left = items[Symbol.iterator]();
  let failed = false;
  const lane = async () => {
    for (let next = left.next(); !next.done && !failed; next = left.next()) {
      try {
        await registered(make(next.value));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

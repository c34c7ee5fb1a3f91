type Program = (queues: number) => void | Promise<void>;

/** The Pulumi programs by name. Each is loaded only when it is run: what another one imports must not be measured. */
const programs: Readonly<Record<string, () => Program>> = {
  plain: () => (require("./plain") as typeof import("./plain")).plain,
  watched: () => (require("./watched") as typeof import("./watched")).watched,
  "watched-in-loop": () => (require("./watched") as typeof import("./watched")).watchedInLoop,
};

/** @throws TypeError where there is no such program */
export async function runProgram(name: string, queues: number): Promise<void> {
  const program = programs[name];
  if (!program) throw new TypeError(`there is no program "${name}": take ${Object.keys(programs).join(", ")}`);
  await program()(queues);
}

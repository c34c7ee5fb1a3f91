import { constants } from "node:os";

type Undo = () => void;
type Hold = (signal: NodeJS.Signals) => void;

const undos = new Set<Undo>();
const holds = new Set<Hold>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
let listening = false;
let ending: NodeJS.Signals | undefined;

/**
 * Has something undone when the process ends early: by a signal, by `process.exit`, by an exception. The undoing must be
 * synchronous: nothing else still runs then.
 *
 * @returns call it when the thing was undone in the ordinary way
 */
export function undoAtEnd(undo: Undo): () => void {
  undos.add(undo);
  listen();
  return () => {
    undos.delete(undo);
    listen();
  };
}

/**
 * Has a signal end the process only after the work that is passed on to has ended by itself, as an update that must still
 * write its state.
 *
 * @param passOn told of each signal
 * @returns call it when the work has ended
 */
export function holdSignals(passOn: Hold): () => void {
  holds.add(passOn);
  listen();
  return () => {
    holds.delete(passOn);
    if (ending && holds.size === 0) end(ending);
    listen();
  };
}

function onSignal(signal: NodeJS.Signals): void {
  if (holds.size === 0) end(signal);
  ending = signal;
  for (const passOn of holds) passOn(signal);
}

function end(signal: NodeJS.Signals): never {
  undoAll();
  process.exit(128 + constants.signals[signal]);
}

function undoAll(): void {
  for (const undo of [...undos].reverse()) {
    undos.delete(undo);
    try {
      undo();
    } catch (error) {
      process.stderr.write(`could not tidy up: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

function listen(): void {
  const needed = undos.size + holds.size > 0;
  if (needed === listening) return;
  listening = needed;
  if (needed) process.on("exit", undoAll);
  else process.off("exit", undoAll);
  for (const signal of signals) {
    if (needed) process.on(signal, onSignal);
    else process.off(signal, onSignal);
  }
}

import type { Run } from "../run.ts";
import type { Simulation } from "../simulation.ts";

export function* nothingLeft({ world, runs }: Simulation): Iterable<string> {
  for (const owner of world.timers.owners()) {
    yield `a timer of ${(owner as Run | undefined)?.step.operation ?? "nobody"} is left`;
  }
  for (const { step, outcome, abort, listeners } of runs) {
    const isOver = typeof outcome?.ok === "boolean" && !abort.signal.aborted;
    if (isOver && listeners() > 0) yield `${step.operation} left listeners at its signal`;
  }
}

import { faultsMet } from "../network/faults-met.ts";
import type { Simulation } from "../simulation.ts";

/** Calls of which a job makes one, or one more for each that was answered "nothing". */
const ONE = {
  article: ["addDraft", "addNews", "submitPublication"],
  // A job with an article saves its video again rather than ask.
  video: ["saveVideo"],
} as const;

export function* jobsOnce({ jobs, runs }: Simulation): Iterable<string> {
  for (const job of jobs) {
    for (const call of ONE[job.what.kind]) {
      const done = job.once.filter(
        (each) => each.what === call && each.done && !each.answeredNothing,
      );
      if (done.length < 2) continue;
      const met = runs.filter((run) => run.once.some((each) => done.includes(each)));
      yield `${call} was done ${done.length} times for one job, ${faultsMet(met)}`;
    }
  }
}

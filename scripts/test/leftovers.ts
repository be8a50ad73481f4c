import { readdirSync, readFileSync } from "node:fs";

/** A process that outlived the step that started it. */
export interface Leftover {
  pid: number;
  command: string;
}

/**
 * The processes, other than this one, whose environment holds `marker` (`NAME=value`). Linux
 * alone tells; elsewhere there is nothing to see.
 */
export function findLeftovers(marker: string): Leftover[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .filter((pid) => readProc(pid, "environ").split("\0").includes(marker))
    .map((pid) => ({ pid, command: readProc(pid, "cmdline").replaceAll("\0", " ").trim() }));
}

/** Ends them, now. */
export function killLeftovers(leftovers: readonly Leftover[]): void {
  for (const { pid } of leftovers) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it ended by itself meanwhile
    }
  }
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // ended meanwhile, or somebody else's
  }
}

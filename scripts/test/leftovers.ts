import { readdirSync, readFileSync } from "node:fs";

/** A process that outlived the step that started it. */
export interface Leftover {
  pid: number;
  command: string;
}

/**
 * Lists the other processes whose environment contains `marker` (`NAME=value`). Empty on systems other
 * than Linux, which do not show it.
 */
export function findLeftovers(marker: string): Leftover[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .filter((pid) => readProc(pid, "environ").split("\0").includes(marker))
    .map((pid) => ({ pid, command: readProc(pid, "cmdline").replaceAll("\0", " ").trim() }));
}

/** Kills processes with SIGKILL. */
export function killLeftovers(leftovers: readonly Leftover[]): void {
  for (const { pid } of leftovers) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has ended
    }
  }
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // it has ended, or belongs to another user
  }
}

import type { Simulation } from "../simulation.ts";

export function* acknowledgedOnce({ emulator, jobs, runs }: Simulation): Iterable<string> {
  const ofJobs = new Set(jobs.flatMap(({ texts }) => texts.flatMap(vidsIn)));
  for (const { vid, finished, sha1, receivedSha1, mediaIds } of emulator.control.videos.list()) {
    if (!ofJobs.has(vid) || mediaIds.length === 0) continue;
    if (!finished) yield "a video was saved that was not finished";
    if (receivedSha1 !== undefined && receivedSha1 !== sha1) {
      yield "a video was saved with another content";
    }
  }
  for (const { resent } of runs) if (resent > 0) yield "an acknowledged block was sent again";
}

function vidsIn(text: string): string[] {
  return Array.from(text.matchAll(/"vid":"([^"]+)"/g), ([, vid = ""]) => vid);
}

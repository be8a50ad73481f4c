import { denoFile } from "./deno-file.ts";
import { runTask } from "./run-task.ts";

declare const Deno: { open(path: string): Promise<Parameters<typeof denoFile>[0]> };

await runTask(async (path) => denoFile(await Deno.open(path), "film.mp4"));

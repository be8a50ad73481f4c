import { open } from "node:fs/promises";
import { nodeFile } from "./node-file.ts";
import { runTask } from "./run-task.ts";

await runTask(async (path) => nodeFile(await open(path), "film.mp4"));

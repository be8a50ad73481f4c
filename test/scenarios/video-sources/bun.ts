import { createSource } from "@wechat-edge/core";
import { runTask } from "./run-task.ts";

declare const Bun: { file(path: string): Blob };

await runTask((path) => createSource(Bun.file(path), { name: "film.mp4" }));

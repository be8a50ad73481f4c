// The test in Python of docs/testing.md, as it stands there.

import { spawnSync } from "node:child_process";
import { it } from "vitest";
import { documented } from "../docs/examples/elsewhere.ts";
import { command } from "../package/command.ts";
import { makeProject } from "./project.ts";

const isInstalled = spawnSync("python3", ["--version"]).status === 0;

it.skipIf(!isInstalled)("starts the emulator and takes a token", async () => {
  const project = await makeProject([], { "test_wechat.py": documented("python") });
  await command("python3", ["-m", "unittest"], { cwd: project.folder });
  project.remove();
});

#!/usr/bin/env node
import { runCommand } from "./command-line/command.ts";

const { out, err, exitCode, emulator } = await runCommand(process.argv.slice(2));
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = exitCode;
if (emulator !== undefined) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
}

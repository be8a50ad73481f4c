import { type ChildProcess, spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export interface CommandResult {
  /** The exit code; -1 where a signal ended the command or it could not start. */
  code: number;
  /** Standard output and standard error, mixed as they came, without colours. */
  output: string;
}

const running = new Set<ChildProcess>();

/** Runs a command to its end and collects what it prints. */
export function runCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    running.add(child);
    let output = "";
    const collect = (text: string) => {
      output += text;
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", (error) => collect(`${error.message}\n`));
    child.on("close", (code) => {
      running.delete(child);
      // Some tools colour although NO_COLOR is set.
      resolve({ code: code ?? -1, output: stripVTControlCharacters(output) });
    });
  });
}

/** Asks every command that still runs to end. */
export function stopCommands(): void {
  for (const child of running) child.kill();
}

import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Result, x } from "tinyexec";
import { keep } from "./kept.ts";

export interface CommandResult {
  /** The exit code; below zero if a signal ended the command or it did not start. */
  code: number;
  /** Standard output and standard error, mixed as they came, without colours. */
  output: string;
}

export interface CommandOptions {
  env?: Readonly<Record<string, string>>;
  /** Where it runs; here by default. */
  cwd?: string;
  /** Receives each line as it comes. A line for which it returns true is left out of the output. */
  takesLine?: (line: string) => boolean;
}

const running = new Set<Result>();

/** Runs a command to its end and collects what it prints. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env = {}, cwd, takesLine = () => false }: CommandOptions = {},
): Promise<CommandResult> {
  const child = x(command, args, {
    nodePath: false,
    nodeOptions: {
      stdio: ["ignore", "pipe", "pipe"],
      env: { NO_COLOR: "1", ...env },
      ...(cwd !== undefined && { cwd }),
    },
  });
  running.add(child);
  let output = "";
  let all = "";
  try {
    for await (const line of child) {
      // Some tools print colours although NO_COLOR is set.
      const plain = stripVTControlCharacters(line);
      all += `${plain}\n`;
      if (!takesLine(plain)) output += `${plain}\n`;
    }
  } catch (error) {
    output += `${error instanceof Error ? error.message : String(error)}\n`;
  }
  running.delete(child);
  keep(`the output of ${[command, ...args].map((part) => basename(part)).join(" ")}`, all);
  return { code: child.exitCode ?? -1, output };
}

/** Sends SIGTERM to every running command. */
export function stopCommands(): void {
  for (const child of running) child.kill();
}

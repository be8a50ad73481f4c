import { constants } from "node:os";

/** Resolves with the exit code of a child, 128 + N after signal N. Passes signals to this process on to the child. */
export function exitCodeOf(child) {
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the child as well.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(
        error.code === "ENOENT" && child.spawnfile === "npx"
          ? "npx is not on PATH. It comes with npm, which comes with Node: https://nodejs.org/"
          : `${child.spawnfile} did not start: ${error.message}`,
      );
      process.exit(1);
    });
    child.on("close", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

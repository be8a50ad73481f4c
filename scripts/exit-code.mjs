import { constants } from "node:os";

/** The exit code of a child, as a shell counts it; signals to this process go on to the child. */
export function exitCodeOf(child) {
  const forward = (signal) => {
    // A terminal has sent its Ctrl-C to the child as well.
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

import { expect, it } from "vitest";
import { runCommand, stopCommands } from "./run-command.ts";

const node = process.execPath;

it("collects both outputs without colours, and the code", async () => {
  const script = String.raw`console.log("\u001b[31mred\u001b[39m"); console.error("error"); process.exit(3);`;
  const { code, output } = await runCommand(node, ["--eval", script]);
  expect(code).toBe(3);
  expect(output.split("\n").toSorted()).toEqual(["", "error", "red"]);
});

it("hands over lines as they come, and leaves out those that are taken", async () => {
  const script = `console.log("first"); setTimeout(() => console.log("second"), 200);
    setTimeout(() => process.exit(), 300);`;
  const times: number[] = [];
  const { output } = await runCommand(node, ["--eval", script], {
    takesLine(line) {
      times.push(performance.now());
      return line === "first";
    },
  });
  expect(output).toBe("second\n");
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(100);
});

it("keeps the marker and more of this environment", async () => {
  const script = "console.log(process.env.PATH, process.env.EXTRA)";
  const { output } = await runCommand(node, ["--eval", script], { env: { EXTRA: "more" } });
  expect(output).toBe(`${process.env["PATH"]} more\n`);
});

it("says that a program is not there", async () => {
  const { code, output } = await runCommand("no-such-program", []);
  expect(code).toBeLessThan(0);
  expect(output).toContain("no-such-program");
});

it("ends a command that runs", async () => {
  let started: () => void = () => {};
  const start = new Promise<void>((resolve) => {
    started = resolve;
  });
  const script = `console.log("up"); setInterval(() => {}, 1000);`;
  const ended = runCommand(node, ["--eval", script], {
    takesLine() {
      started();
      return false;
    },
  });
  await start;
  stopCommands();
  expect(await ended).toEqual({ code: -1, output: "up\n" });
});

// The emulator as a process of its own, reached over HTTP from every runtime.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { standingFaults } from "./standing-faults.ts";
import { toolNode } from "./tool-node.ts";

/** The line `wechat-emulator --json` prints when it is ready. */
export interface EmulatorAddress {
  baseUrl: string;
  pay: {
    mchid: string;
    serialNo: string;
    privateKey: string;
    apiV3Key: string;
    platformKeys: { platformKeyId: string; key: string }[];
  };
  mp: { appid: string; secret: string };
}

export interface EmulatorProcess {
  address: EmulatorAddress;
  stop(): Promise<void>;
  /** What it printed after its address. */
  printed(): string;
}

const bin = fileURLToPath(new URL("../../packages/emulator/src/bin.ts", import.meta.url));

/** Starts the emulator on a free port, with CORS and the standing faults. */
export async function startEmulator(): Promise<EmulatorProcess> {
  const child = spawn(toolNode(), [bin, "--port", "0", "--json", "--cors"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const line = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.once("line", (first) => {
      resolve(first);
      lines.on("line", (next) => {
        printed += `${next}\n`;
      });
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The emulator ended (${code}): ${printed}`)));
  });
  const address = JSON.parse(line) as EmulatorAddress;
  await setFaults(address.baseUrl);
  return {
    address,
    printed: () => printed,
    stop() {
      process.off("exit", kill);
      child.kill();
      return exited;
    },
  };
}

async function setFaults(origin: string): Promise<void> {
  for (const fault of standingFaults) {
    const reply = await fetch(`${origin}/_emulator/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    if (!reply.ok) {
      throw new Error(
        `The emulator refused the fault ${JSON.stringify(fault)}: ${reply.status} ${await reply.text()}`,
      );
    }
  }
}

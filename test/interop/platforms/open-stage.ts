import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import type { WireExchange } from "../hosts/conversation.ts";
import { openDomain } from "../hosts/domain.ts";
import { lastLine, runInDomain } from "../hosts/run-stock.ts";
import type { PlatformReport } from "./platform-client.ts";

const PROGRAM = fileURLToPath(new URL("run.ts", import.meta.url));

/** An emulator under WeChat's host name, with a third-party platform. */
export interface PlatformStage {
  readonly emulator: RunningEmulator;
  /** Empties the emulator and runs a client of `clients.ts`. */
  run(name: string): Promise<PlatformRun>;
  close(): Promise<void>;
}

export interface PlatformRun {
  readonly name: string;
  readonly report: PlatformReport;
  readonly exchanges: readonly WireExchange[];
}

export async function openPlatformStage(): Promise<PlatformStage> {
  const emulator = await startEmulator({ port: 0, authorizerRefreshToken: "rotate" });
  const domain = await openDomain(emulator.baseUrl);
  return {
    emulator,
    async run(name) {
      emulator.control.reset();
      domain.take();
      const output = await runInDomain(domain, PROGRAM, name, emulator.baseUrl);
      return { name, report: lastLine(output) as PlatformReport, exchanges: domain.take() };
    },
    async close() {
      await domain.close();
      await emulator.close();
    },
  };
}

import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import type { WireExchange } from "../hosts/conversation.ts";
import { type Domain, openDomain } from "../hosts/domain.ts";
import { lastLine, runInDomain } from "../hosts/run-stock.ts";
import type { PublishingReport } from "./publishing-client.ts";

const PROGRAM = fileURLToPath(new URL("run.ts", import.meta.url));

/** An emulator under WeChat's host name, which publishes at once. */
export interface PublishingStage {
  readonly emulator: RunningEmulator;
  /** Empties the emulator and lets a client of `clients.ts` publish an article. */
  run(name: string): Promise<PublishingRun>;
  close(): Promise<void>;
}

export interface PublishingRun {
  readonly name: string;
  readonly report: PublishingReport;
  readonly exchanges: readonly WireExchange[];
}

export async function openPublishingStage(): Promise<PublishingStage> {
  const emulator = await startEmulator({ port: 0, review: { publication: 50 } });
  const domain: Domain = await openDomain(emulator.baseUrl);
  return {
    emulator,
    async run(name) {
      emulator.control.reset();
      domain.take();
      const report = lastLine(await runInDomain(domain, PROGRAM, name)) as PublishingReport;
      return { name, report, exchanges: domain.take() };
    },
    async close() {
      await domain.close();
      await emulator.close();
    },
  };
}

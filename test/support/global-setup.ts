import type { TestProject } from "vitest/node";
import { type EmulatorAddress, startEmulator } from "./emulator-process.ts";
import { startFixtureServer } from "./fixture-server.ts";

/**
 * Gives the tests `inject("emulator")` and `inject("fixtures")`: the servers scripts/test.ts
 * started, or servers of this run's own.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env["WECHAT_EDGE_TEST_SERVERS"];
  if (given !== undefined) {
    const { emulator, fixtures } = JSON.parse(given) as {
      emulator: EmulatorAddress;
      fixtures: string;
    };
    project.provide("emulator", emulator);
    project.provide("fixtures", fixtures);
    return undefined;
  }
  const emulator = await startEmulator();
  const fixtures = await startFixtureServer();
  project.provide("emulator", emulator.address);
  project.provide("fixtures", fixtures.origin);
  return async () => {
    await Promise.all([emulator.stop(), fixtures.stop()]);
  };
}

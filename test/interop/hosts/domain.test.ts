// That WeChat's host names lead to the test only where they are meant to.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Domain, openDomain, WECHAT_PAY } from "./domain.ts";
import { withoutProxies } from "./run-stock.ts";

const run = promisify(execFile);

describe("openDomain", () => {
  let emulator: RunningEmulator;
  let domain: Domain;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    domain = await openDomain(emulator.baseUrl);
  });
  afterAll(async () => {
    await domain.close();
    await emulator.close();
  });

  const fetched = async (url: string, env: NodeJS.ProcessEnv): Promise<string> => {
    const program = `fetch("${url}").then((reply) => reply.status, (error) => error.cause.message).then(console.log)`;
    const { stdout } = await run(process.execPath, ["-e", program], {
      env: { ...withoutProxies(), ...env },
    });
    return stdout.trim();
  };

  it("is reached by its name, by a process that was started for it", async () => {
    expect(await fetched(`${WECHAT_PAY}/v3/certificates`, domain.env)).toBe("401");
    expect(domain.take()).toMatchObject([{ target: "/v3/certificates", status: 401 }]);
  });

  it("is not trusted without its authority", async () => {
    const { NODE_EXTRA_CA_CERTS: _, ...env } = domain.env;
    expect(await fetched(WECHAT_PAY, env)).toMatch(/certificate/);
    expect(domain.take()).toEqual([]);
  });

  it("lets no other name through", async () => {
    expect(await fetched("https://example.org", domain.env)).toBe("No address for example.org");
  });
});

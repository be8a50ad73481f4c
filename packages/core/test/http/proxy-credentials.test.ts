// Node's fetch turns a 407 into an error without a message: only a real reply shows that.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createMpClient,
  createPayClient,
  createUrlSource,
  mpRequest,
  payRequest,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let server: Server;
let baseUrl = "";
let requests = 0;

beforeAll(async () => {
  server = createServer((request, reply) => {
    requests += 1;
    request.resume();
    reply.writeHead(407, { "proxy-authenticate": 'Basic realm="office"' }).end("who are you?");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const refused = { code: "ERR_REPLY", status: 407, retryable: false };

describe("a proxy that answers 407 over a socket", () => {
  it("is named to a call of WeChat Pay, and asked once", async () => {
    requests = 0;
    const pay = createPayClient({ ...credentials.pay, baseUrl });
    const read = payRequest(pay, { method: "GET", path: "/v3/certificates" });
    await expect(read).rejects.toMatchObject(refused);
    const write = payRequest(pay, { method: "POST", path: "/v3/a", body: { a: "b".repeat(1e5) } });
    // No reply but WeChat Pay's own proves that a write was not done.
    await expect(write).rejects.toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", cause: refused });
    expect(requests).toBe(2);
  });

  it("is named to an Official Account's call, and asked once", async () => {
    requests = 0;
    const mp = createMpClient({ ...credentials.mp, baseUrl });
    const call = mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
    await expect(call).rejects.toMatchObject(refused);
    expect(requests).toBe(1);
  });

  it("is named to a source of a URL, and asked once", async () => {
    requests = 0;
    await expect(createUrlSource(`${baseUrl}/a.jpg`)).rejects.toMatchObject(refused);
    expect(requests).toBe(1);
  });
});

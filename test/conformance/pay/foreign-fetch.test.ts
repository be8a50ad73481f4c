// A fetch whose Response is not the one of the Fetch standard: node-fetch, whatwg-fetch, React Native, mini programs.

import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { failure, payThrough } from "../../support/foreign-fetch.ts";
import { media } from "../../support/media.ts";
import { payInProcess } from "../../support/pay.ts";

const headersOf = ({ headers }: Response) => ({ get: (name: string) => headers.get(name) });
const bare = (response: Response) => ({ status: response.status, headers: headersOf(response) });

describe("what the network does to a body", () => {
  it("that arrayBuffer rejects is tried again, and is a NetworkError", async () => {
    const { pay, emulator } = payThrough((response) => ({
      ...bare(response),
      arrayBuffer: async () => {
        throw new TypeError("Premature close");
      },
    }));
    const error = await failure(uploadImage(pay, await media("licence.jpg")));
    expect(error).toMatchObject({ code: "ERR_NETWORK", retryable: true });
    expect(error.message).toContain("Premature close");
    expect(emulator.control.journal.entries().length).toBe(3);
  });

  it("is bounded at 1 MiB", async () => {
    const { pay, emulator } = payThrough((response) => ({
      ...bare(response),
      arrayBuffer: async () => new ArrayBuffer(1024 * 1024 + 1),
    }));
    const error = await failure(uploadImage(pay, await media("licence.jpg")));
    expect(error).toMatchObject({ code: "ERR_REPLY" });
    expect(error.message).toContain("1048576");
    expect(emulator.control.journal.entries().length).toBe(1);
  });

  it("frees the connection of a reply that is not wanted", async () => {
    let destroyed = 0;
    const { pay } = payInProcess({
      fetch: async () => ({
        status: 302,
        headers: NONE,
        body: { pipe: () => undefined, destroy: () => (destroyed += 1) },
        arrayBuffer: () => expect.fail(),
      }),
    });
    await expect(uploadImage(pay, await media("licence.jpg"))).rejects.toMatchObject({
      code: "ERR_REPLY",
      status: 302,
    });
    expect(destroyed).toBe(1);
  });
});

const NONE = { get: () => null };

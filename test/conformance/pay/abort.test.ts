import { checkImage, uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { payInProcess, payOverHttp } from "../../support/pay.ts";

const reason = new Error("no longer wanted");

describe("an upload that is aborted rejects with the signal's reason", () => {
  it("before it begins: nothing is read or sent", async () => {
    const { pay, emulator } = payInProcess();
    let reads = 0;
    const file = {
      name: "a.jpg",
      size: 10,
      read: () => {
        reads += 1;
        return new Uint8Array(10);
      },
    };
    const signal = AbortSignal.abort(reason);
    await expect(uploadImage(pay, file, { signal })).rejects.toBe(reason);
    await expect(checkImage(file, { signal })).rejects.toBe(reason);
    expect(reads).toBe(0);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("while the file is read: nothing is sent", async () => {
    const { pay, emulator } = payInProcess();
    const controller = new AbortController();
    const file = {
      name: "a.jpg",
      size: 10,
      read: () => {
        controller.abort(reason);
        return new Uint8Array(10);
      },
    };
    const { signal } = controller;
    await expect(uploadImage(pay, file, { signal })).rejects.toBe(reason);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("while it is sent, in this process", async () => {
    const controller = new AbortController();
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "delay", ms: 60_000 });
    const { signal } = controller;
    const upload = uploadImage(pay, await media("licence.jpg"), {
      signal,
      onProgress: ({ phase }) => {
        if (phase === "upload") setTimeout(() => controller.abort(reason), 10);
      },
    });
    await expect(upload).rejects.toBe(reason);
  });

  it("while it is sent, over HTTP", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const upload = uploadImage(payOverHttp(), renamed(await media("licence.jpg"), "slow.jpg"), {
      signal,
      onProgress: ({ phase }) => {
        if (phase === "upload") setTimeout(() => controller.abort(reason), 50);
      },
    });
    await expect(upload).rejects.toBe(reason);
  });

  it("even where the fetch it was given does not listen", async () => {
    const controller = new AbortController();
    const { pay } = payInProcess({
      retry: false,
      fetch: () => {
        controller.abort(reason);
        return new Promise(() => undefined);
      },
    });
    const { signal } = controller;
    await expect(uploadImage(pay, await media("licence.jpg"), { signal })).rejects.toBe(reason);
  });

  it("during the pause before the next try", async () => {
    const controller = new AbortController();
    const { pay, emulator } = payInProcess({
      sleep: undefined,
      retry: { minDelay: 60_000, maxDelay: 60_000 },
      onAttempt: () => {
        setTimeout(() => controller.abort(reason), 10);
      },
    });
    emulator.control.faults.add({ kind: "system-error" });
    const { signal } = controller;
    await expect(uploadImage(pay, await media("licence.jpg"), { signal })).rejects.toBe(reason);
    expect(emulator.control.journal.entries().length).toBe(1);
  });

  it("but not afterwards", async () => {
    const controller = new AbortController();
    const { pay } = payInProcess();
    const { signal } = controller;
    const result = await uploadImage(pay, await media("licence.jpg"), { signal });
    controller.abort(reason);
    expect(result.media_id).not.toBe("");
  });
});

describe("a timeout", () => {
  it("ends each try over HTTP and says how long it waited", async () => {
    const attempts: number[] = [];
    const pay = payOverHttp({
      timeout: 80,
      retry: { attempts: 2 },
      onAttempt: ({ attempt }) => attempts.push(attempt),
    });
    const upload = uploadImage(pay, renamed(await media("licence.jpg"), "slow.jpg"));
    await expect(upload).rejects.toMatchObject({
      name: "TimeoutError",
      code: "ERR_TIMEOUT",
      message: expect.stringContaining("80 ms"),
    });
    expect(attempts).toEqual([1, 2]);
  });

  it("covers a reply whose body never ends", async () => {
    const { pay } = payInProcess({
      timeout: 30,
      retry: false,
      fetch: async () =>
        new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })),
    });
    const upload = uploadImage(pay, await media("licence.jpg"));
    await expect(upload).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });

  it("leaves no trace on the caller's signal", async () => {
    const { signal } = new AbortController();
    const { pay } = payInProcess();
    await uploadImage(pay, await media("licence.jpg"), { signal });
    expect(signal.aborted).toBe(false);
  });
});

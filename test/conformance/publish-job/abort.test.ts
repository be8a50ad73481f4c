// A job that is aborted, and goes on. That it does so at every single request and state is tested in one
// runtime, in packages/mp-publish/test/job.

import { publishArticle } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { jobInProcess, jobOf, nameOf, ONCE, plainJob } from "../../support/publish-job.ts";

const reason = new Error("no longer wanted");
const job = jobOf("publish-library");

describe("a job that is aborted rejects with the signal's own reason", () => {
  it("before it begins: nothing is sent", async () => {
    const kit = jobInProcess();
    const signal = AbortSignal.abort(reason);
    await expect(publishArticle(kit.mp, job, { signal })).rejects.toBe(reason);
    expect(kit.calls()).toEqual([]);
  });

  it("while a request is under way, and goes on later", async () => {
    const stop = new AbortController();
    const kit: ReturnType<typeof jobInProcess> = jobInProcess({
      fetch(input, init) {
        const { aborted } = stop.signal;
        if (aborted || !input.includes("upload_finish")) return kit.emulator.fetch(input, init);
        stop.abort(reason);
        return new Promise<Response>(() => undefined);
      },
    });
    const run = publishArticle(kit.mp, job, { ...kit.keep, signal: stop.signal });
    await expect(run).rejects.toBe(reason);
    await publishArticle(kit.another(), job, { ...kit.keep, state: kit.last() });
    expect(kit.made("publish-library")).toEqual(ONCE);
  });

  it("while it waits: the pause ends at once, and a later run goes on waiting", async () => {
    const stop = new AbortController();
    const options = {
      sleep: () => new Promise<void>(() => queueMicrotask(() => stop.abort(reason))),
    };
    const kit = jobInProcess(options, { review: {} });
    const run = publishArticle(kit.mp, job, { ...kit.keep, signal: stop.signal });
    await expect(run).rejects.toBe(reason);
    expect(nameOf(job, kit.last())).toBe("video-review");
    kit.control.clock.advance(60_000);
    const later = jobOf("publish-library", "submitted");
    await publishArticle(kit.another(), later, { state: kit.last() });
    expect(kit.made("publish-library")).toEqual(ONCE);
  });

  it("while the content is made, however long that takes: nothing is in doubt", async () => {
    const kit = jobInProcess();
    const stop = new AbortController();
    const content = () => {
      queueMicrotask(() => stop.abort(reason));
      return new Promise<string>(() => undefined);
    };
    const plain = plainJob("draft", "published", { content });
    const options = { ...kit.keep, signal: stop.signal };
    await expect(publishArticle(kit.mp, plain, options)).rejects.toBe(reason);
    expect(kit.last().pending).toBe(undefined);
  });
});

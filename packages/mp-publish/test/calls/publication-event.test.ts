import { describe, expect, it } from "vitest";
import type { PublicationEvent } from "../../src/calls/publication-event.ts";
import { waitForPublication } from "../../src/calls/publications.ts";
import { recordedClient, recordedWith } from "./recorded.ts";

const publish_id = "100000001";
const article_url = "http://mp.weixin.qq.com/s?x#rd";
const article_detail = { count: 1, item: [{ idx: 1, article_url }] };
const UNDER_WAY = { publish_id, publish_status: 1 };

const eventOf = (told: object = {}): PublicationEvent => ({
  PublishEventInfo: { publish_id, publish_status: 0, article_id: "a", article_detail, ...told },
});

/** Waits, and says what came of it and how often it was asked. */
async function wait(event: unknown, ...replies: object[]) {
  const { mp, calls } = recordedClient(...replies);
  const options = { event: event as PublicationEvent };
  const end = await waitForPublication(mp, { publish_id }, options).catch((error: Error) => error);
  return { end, asked: calls.length };
}

describe("the event of a publication", () => {
  it("ends the wait before it begins: nothing is asked", async () => {
    for (const event of [eventOf(), Promise.resolve(eventOf())]) {
      const { end, asked } = await wait(event, UNDER_WAY);
      expect(end).toEqual({
        ...{ publish_id, publish_status: 0, article_id: "a" },
        ...{ article_detail, fail_idx: [] },
      });
      expect(asked).toBe(0);
    }
  });

  it("may have its numbers as text, as XML has them", async () => {
    const item = [{ idx: "1", article_url }];
    const told = {
      publish_id: 100_000_001,
      publish_status: "0",
      article_detail: { count: "1", item },
    };
    const { end, asked } = await wait(eventOf(told));
    expect(end).toMatchObject({ publish_id, publish_status: 0, article_detail });
    expect(asked).toBe(0);
  });

  it("tells onStatus, as an answer does", async () => {
    const { mp } = recordedClient();
    const seen: number[] = [];
    const onStatus = ({ publish_status }: { publish_status: number }) =>
      void seen.push(publish_status);
    await waitForPublication(mp, { publish_id }, { event: eventOf(), onStatus });
    expect(seen).toEqual([0]);
  });

  it("ends a pause, whose timer ends too", async () => {
    let come: (event: PublicationEvent) => void = () => undefined;
    const event = new Promise<PublicationEvent>((resolve) => {
      come = resolve;
    });
    const pauses: (AbortSignal | undefined)[] = [];
    const sleep = (_: number, signal?: AbortSignal) => {
      pauses.push(signal);
      if (pauses.length < 2) return Promise.resolve();
      come(eventOf());
      return new Promise<void>(() => undefined);
    };
    const { mp, calls } = recordedWith({ sleep }, UNDER_WAY);
    const waiting = waitForPublication(mp, { publish_id }, { event });
    expect(await waiting).toMatchObject({ publish_status: 0, article_id: "a" });
    expect([calls.length, pauses.length]).toEqual([2, 2]);
    expect(pauses.at(-1)?.aborted).toBe(true);
  });

  it("that comes after the answer is not waited for", async () => {
    const published = { publish_id, publish_status: 0, article_id: "by asking" };
    const { end, asked } = await wait(new Promise(() => undefined), published);
    expect([end, asked]).toEqual([{ ...published, fail_idx: [] }, 1]);
  });

  it("of a publication that is still under way tells nothing", async () => {
    const published = { publish_id, publish_status: 0 };
    const { end, asked } = await wait(eventOf({ publish_status: 1 }), published);
    expect([end, asked]).toEqual([{ ...published, fail_idx: [] }, 1]);
  });

  it.each([2, 3, 4, 5, 6])("with status %i is a ReviewError", async (publish_status) => {
    for (const fail_idx of [
      [1, 2],
      ["1", "2"],
    ]) {
      const { end, asked } = await wait(eventOf({ publish_status, fail_idx }));
      expect(end).toMatchObject({ code: "ERR_REVIEW", status: publish_status, fail_idx: [1, 2] });
      expect(asked).toBe(0);
    }
    const one = await wait(eventOf({ publish_status, fail_idx: 2 }));
    expect(one.end).toMatchObject({ fail_idx: [2] });
  });

  it("of another publication is a mistake, and a promised one is ignored", async () => {
    const other = eventOf({ publish_id: "2" });
    const { end, asked } = await wait(other, UNDER_WAY);
    expect(end).toMatchObject({
      name: "TypeError",
      message: expect.stringMatching(/must be of the publication 100000001, not of 2:/),
    });
    expect(asked).toBe(0);
    const published = { publish_id, publish_status: 0 };
    const promised = await wait(Promise.resolve(other), UNDER_WAY, published);
    expect([promised.end, promised.asked]).toEqual([{ ...published, fail_idx: [] }, 2]);
  });

  it("that is none is told so, before anything is asked", async () => {
    const none = [
      ...[{}, { PublishEventInfo: null }, { PublishEventInfo: "x" }, "x", 1, null, []],
      eventOf({ publish_id: "" }),
      eventOf({ publish_status: undefined }),
      eventOf({ publish_status: "published" }),
    ];
    for (const event of none) {
      const { end, asked } = await wait(event, UNDER_WAY);
      expect(end).toMatchObject({
        message: expect.stringMatching(/event must be the event PUBLISH/),
      });
      expect(asked).toBe(0);
      const promised = await wait(Promise.resolve(event), UNDER_WAY);
      expect(promised.end).toMatchObject({
        name: "TypeError",
        message: expect.stringMatching(/The promise of event must be of the event PUBLISH/),
      });
    }
  });

  it("whose promise fails ends the wait with that", async () => {
    const gone = new Error("The server is closing.");
    const { end } = await wait(Promise.reject(gone), UNDER_WAY);
    expect(end).toBe(gone);
  });

  it("does not outlive an abort", async () => {
    const abort = new AbortController();
    const sleep = () => {
      abort.abort(new Error("Enough."));
      return new Promise<void>(() => undefined);
    };
    const { mp } = recordedWith({ sleep }, UNDER_WAY);
    const event = new Promise<PublicationEvent>(() => undefined);
    const options = { event, signal: abort.signal };
    const waiting = waitForPublication(mp, { publish_id }, options);
    await expect(waiting).rejects.toThrow("Enough.");
  });
});

import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cutAfter,
  type JobKit,
  jobInProcess,
  plainJob,
} from "../../../../test/support/publish-job.ts";
import type { PublicationEvent } from "../../src/calls/publication-event.ts";
import { publishArticle } from "../../src/job/publish.ts";
import { runPublishStep, startPublishing } from "../../src/job/steps.ts";

const job = plainJob("draft");
const article_url = "http://mp.weixin.qq.com/s?x#rd";

const GET_ARTICLE = "/cgi-bin/freepublish/getarticle";

/** The event of the publication that a job has begun. */
function eventIn({ control }: JobKit, told: object = {}): PublicationEvent {
  const [publication] = control.publications.list();
  return {
    PublishEventInfo: {
      publish_id: publication?.publish_id ?? "",
      publish_status: 0,
      article_id: "a",
      article_detail: { count: 1, item: [{ idx: 1, article_url }] },
      ...told,
    },
  };
}

/** A job whose draft is submitted and not yet published. */
async function submitted() {
  const kit = jobInProcess({}, { review: { publication: 60_000 } });
  const { state } = await publishArticle(kit.mp, plainJob("draft", "submitted"), kit.keep);
  kit.control.journal.clear();
  return { kit, state };
}

describe("a job that waits for a publication", () => {
  it("ends with its event, and asks nothing", async () => {
    for (const promised of [false, true]) {
      const { kit, state } = await submitted();
      const event = promised ? Promise.resolve(eventIn(kit)) : eventIn(kit);
      const options = { ...kit.keep, state, event };
      const { state: end, ...result } = await publishArticle(kit.another(), job, options);
      const { media_id, publish_id, msg_data_id } = state;
      const ids = { media_id, publish_id, msg_data_id };
      expect(result).toEqual({ ...ids, article_id: "a", url: article_url });
      expect(kit.calls()).toEqual([]);
      expect(kit.last()).toEqual(end);
      await publishArticle(kit.another(), job, { state: end });
      expect(kit.calls()).toEqual([]);
    }
  });

  it("ends with it step by step", async () => {
    const { kit, state } = await submitted();
    const step = await runPublishStep(kit.another(), job, state, { event: eventIn(kit) });
    expect(step).toMatchObject({ done: true, waiting: false, state: { url: article_url } });
    expect(kit.calls()).toEqual([]);
    const coming = new Promise<PublicationEvent>(() => undefined);
    const waits = await runPublishStep(kit.another(), job, state, { event: coming });
    expect(waits).toEqual({ state, done: false, waiting: true });
  });

  it("ends where it comes in a pause, from the first step on", async () => {
    let come: (event: PublicationEvent) => void = () => undefined;
    const event = new Promise<PublicationEvent>((resolve) => {
      come = resolve;
    });
    const pauses: number[] = [];
    const kit: JobKit = jobInProcess(
      {
        sleep: async (ms) => {
          pauses.push(ms);
          if (pauses.length < 3) return;
          come(eventIn(kit));
          await new Promise<void>(() => undefined);
        },
      },
      { review: { publication: Number.POSITIVE_INFINITY } },
    );
    const { url } = await publishArticle(kit.mp, job, { event });
    expect(url).toBe(article_url);
    expect(pauses).toEqual([2000, 3000, 4500]);
    const asked = ["article?", "article?", "article?"];
    expect(kit.calls()).toEqual(["token", "cover", "article", "submit", ...asked]);
  });

  it("is told of a refusal by it, with the articles that failed", async () => {
    for (const publish_status of [2, 3, 4, 5, 6]) {
      const { kit, state } = await submitted();
      const event = eventIn(kit, { publish_status, fail_idx: [1] });
      const error = await failure(
        publishArticle(kit.another(), job, { ...kit.keep, state, event }),
      );
      expect(error).toMatchObject({ code: "ERR_REVIEW", status: publish_status, fail_idx: [1] });
      expect(kit.last()).toEqual(state);
    }
  });

  it("takes one article as an object, as a reading of XML gives it that knows no lists", async () => {
    const { kit, state } = await submitted();
    const item = { idx: "1", article_url };
    const event = eventIn(kit, { article_detail: { count: "1", item }, publish_status: "0" });
    const { url } = await publishArticle(kit.another(), job, { ...kit.keep, state, event });
    expect(url).toBe(article_url);
  });

  it("tells of a promise that fails where it is waited for, and nowhere else", async () => {
    const unseen: unknown[] = [];
    const see = (reason: unknown) => void unseen.push(reason);
    process.on("unhandledRejection", see);
    try {
      const kit = jobInProcess();
      const state = await startPublishing(kit.mp, job);
      const event = Promise.reject(new Error("the queue is gone"));
      const step = await runPublishStep(kit.mp, job, state, { event });
      expect(step.state.cover).toEqual(expect.any(String));
      const later = Promise.reject(new Error("the queue is gone"));
      const onState = () => new Promise<void>((resolve) => setTimeout(resolve));
      const run = publishArticle(kit.another(), job, { onState, event: later });
      await expect(run).rejects.toThrow("the queue is gone");
      expect(kit.calls()).toContain("submit");
      await new Promise<void>((resolve) => setTimeout(resolve));
      expect(unseen).toEqual([]);
    } finally {
      process.off("unhandledRejection", see);
    }
  });

  it("does not take the event of another draft", async () => {
    const { kit, state } = await submitted();
    const event = eventIn(kit, { publish_id: "7" });
    const options = { ...kit.keep, state };
    for (const run of [
      publishArticle(kit.another(), job, { ...options, event }),
      runPublishStep(kit.another(), job, state, { event }),
    ]) {
      expect(await failure(run)).toMatchObject({
        name: "TypeError",
        message: expect.stringMatching(/must be of the publication \d+, not of 7:/),
      });
    }
    expect(kit.calls()).toEqual([]);
    const { url } = await publishArticle(kit.another(), job, {
      ...options,
      event: Promise.resolve(event),
    });
    expect(url).not.toBe(article_url);
  });

  it("that has submitted nothing cannot be told of it", async () => {
    for (const states of [undefined, 1, 3, 5]) {
      const kit = jobInProcess();
      const state = states === undefined ? undefined : await cutAfter(kit, job, states);
      const event = eventIn(kit, { publish_id: "7" });
      const before = kit.calls().length;
      const error = await failure(
        publishArticle(kit.another(), job, { ...kit.keep, state, event }),
      );
      expect(error).toMatchObject({
        name: "TypeError",
        message: expect.stringMatching(/^event was passed, but the job knows of no submission\./),
      });
      expect([kit.calls().length, kit.states]).toEqual([before, []]);
    }
    const library = jobInProcess();
    const news = plainJob("publish-library");
    const state = await cutAfter(library, news, 6);
    const event = eventIn(library, { publish_id: "7" });
    const error = await failure(publishArticle(library.another(), news, { state, event }));
    expect(error.message).toMatch(/^event was passed, but/);
  });
});

describe("a submission whose reply was lost", () => {
  async function inDoubt() {
    const kit = jobInProcess({ retry: false }, { review: { publication: 0 } });
    const match = { path: "/cgi-bin/freepublish/submit" };
    kit.control.faults.add({ kind: "cut", at: "headers", match });
    const error = await failure(publishArticle(kit.mp, job, kit.keep));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "submitPublication" });
    expect(error).toMatchObject({ next: expect.stringContaining("that event itself") });
    kit.control.journal.clear();
    return kit;
  }

  it.each(["event", "resolution"])("is settled by the event, passed as %s", async (as) => {
    const kit = await inDoubt();
    const { article_id } = kit.control.publications.list()[0] ?? {};
    const event = eventIn(kit, { article_id });
    const options = { ...kit.keep, state: kit.last(), [as]: event };
    const { state, ...result } = await publishArticle(kit.another(), job, options);
    const { publish_id } = event.PublishEventInfo;
    expect(result).toMatchObject({ publish_id, article_id, url: article_url });
    // It might be of another article, whose title tells.
    expect(kit.calls()).toEqual(["token", GET_ARTICLE]);
    expect(kit.control.publications.list().length).toBe(1);
    expect(kit.last()).toEqual(state);
  });

  it("is settled by it step by step", async () => {
    const kit = await inDoubt();
    const { article_id } = kit.control.publications.list()[0] ?? {};
    const event = eventIn(kit, { article_id });
    const step = await runPublishStep(kit.another(), job, kit.last(), { ...kit.keep, event });
    expect(step).toMatchObject({ done: true, state: { published: true, article_id } });
    expect(kit.calls()).toEqual(["token", GET_ARTICLE]);
  });

  it("is settled by the event of a refusal too, which is told", async () => {
    const kit = await inDoubt();
    const event = eventIn(kit, { publish_status: 4, fail_idx: [1], article_id: undefined });
    const run = publishArticle(kit.another(), job, { ...kit.keep, state: kit.last(), event });
    expect(await failure(run)).toMatchObject({ code: "ERR_REVIEW", status: 4, fail_idx: [1] });
    expect(kit.last()).toMatchObject({ submitted: true });
    expect(kit.last().pending).toBe(undefined);
  });

  it("is not settled by a promise, whose event may be of another draft", async () => {
    const kit = await inDoubt();
    const event = Promise.resolve(eventIn(kit));
    const run = publishArticle(kit.another(), job, { ...kit.keep, state: kit.last(), event });
    expect(await failure(run)).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
  });
});

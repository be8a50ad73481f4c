// Names that every object has, where others wrote them: in the pictures of a job, in states, checkpoints and stores.

import { createMpClient, mpRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  listDrafts,
  type PublishState,
  publishArticle,
  uploadVideoMaterial,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cutAfter,
  jobInProcess,
  jobOf,
  ONCE,
  picture,
  plainJob,
  STATES,
} from "../../../../test/support/publish-job.ts";
import { details, videoBytes, videoInProcess } from "../../../../test/support/video.ts";

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty"];

/** An object of JSON with a field of this name, as others may write it. */
const withField = (json: string, name: string, value: unknown): string =>
  json.replace(/^\{/, `{${JSON.stringify(name)}:${JSON.stringify(value)},`);

describe("pictures with such names", () => {
  const images = Object.fromEntries(NAMES.map((name, at) => [name, picture("a.jpg", 201 + at)]));
  const content = NAMES.map((name) => `<img src="${name}">`).join("");
  const job = plainJob("draft", "uploaded", { content }, images);

  it("go up, each once, wherever the job was cut", async () => {
    for (let states = 1; states <= 2 * (NAMES.length + 1); states++) {
      const kit = jobInProcess();
      const state = await cutAfter(kit, job, states);
      const end = await publishArticle(kit.another(), job, { ...kit.keep, state });
      expect(Object.keys(end.state.images).sort()).toEqual([...NAMES].sort());
      const [draft] = kit.control.drafts.list();
      const shown = draft?.articles[0]?.content ?? "";
      expect(shown.match(/<img src="http/g)).toHaveLength(NAMES.length);
      expect(kit.control.drafts.list().length).toBe(1);
    }
  });

  it("that nobody passed are not those of every object", async () => {
    const kit = jobInProcess();
    const plain = plainJob("draft", "uploaded", { content }, {});
    const error = await failure(publishArticle(kit.mp, plain, kit.keep));
    expect(error).toMatchObject({ code: "ERR_ARTICLE" });
    for (const name of NAMES) expect(error.message).toContain(name);
  });
});

/** What somebody would like a job to believe. */
const done = { media_id: "M", submitted: true, published: true, publish_id: "1", attempt: "a" };

describe.each(NAMES)("a field %s", (name) => {
  it("of a state is not the state", async () => {
    const job = jobOf("draft");
    for (const [index] of STATES.entries()) {
      const kit = jobInProcess();
      const state = withField(await cutAfter(kit, job, index + 1), name, done);
      const run = publishArticle(kit.another(), job, { ...kit.keep, state });
      const end = await run.catch((error: Error) => error);
      if (end instanceof Error) expect(end).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
      else expect(kit.made("draft")).toMatchObject(ONCE);
    }
  });

  it("of the pictures of a state is a picture of the job, or the state is refused", async () => {
    const kit = jobInProcess();
    const state = JSON.parse(await cutAfter(kit, jobOf("draft"), 4)) as PublishState;
    const images = { ...state.images, [name]: "http://a/" };
    const given = { ...state, images } as PublishState;
    const error = await failure(publishArticle(kit.mp, jobOf("draft"), { state: given }));
    expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "malformed" });
  });

  it("of a checkpoint is not the checkpoint", async () => {
    const file = new File([videoBytes(999)], "film.mp4");
    const kit = videoInProcess();
    await uploadVideoMaterial(kit.mp, details, file, kit.keep);
    for (const checkpoint of kit.checkpoints) {
      const again = videoInProcess();
      const given = withField(JSON.stringify(checkpoint), name, { ...done, phase: "done" });
      const run = uploadVideoMaterial(again.mp, details, file, { checkpoint: given });
      // That other WeChat does not know the vid.
      const end = await run.catch((error: { code?: string }) => error.code);
      if (checkpoint.phase === "done") expect(end).toMatchObject({ done: true });
      else expect(["ERR_OUTCOME_UNKNOWN", "ERR_MP_API"]).toContain(end);
    }
  });

  it("of an entry of a token store is not the token", async () => {
    const until = Date.now() + 3_600_000;
    const entry = { v: 1, access_token: "EVIL", since: Date.now(), until, key: name };
    for (const value of [
      `{"${name}":${JSON.stringify(entry)}}`,
      JSON.stringify({ [name]: entry }),
    ]) {
      for (const given of [value, JSON.parse(value) as unknown]) {
        const used: (string | null)[] = [];
        const mp = createMpClient({
          ...credentials.mp,
          tokenStore: { get: () => given, set: () => undefined },
          fetch: async (input) => {
            const { pathname, searchParams } = new URL(input);
            if (pathname.endsWith("token")) {
              return Response.json({ access_token: "ISSUED", expires_in: 7200 });
            }
            used.push(searchParams.get("access_token"));
            return Response.json({ errcode: 0 });
          },
        });
        await mpRequest(mp, { method: "GET", path: "/cgi-bin/a" });
        expect(used).toEqual(["ISSUED"]);
      }
    }
  });
});

it("an entry of a list that WeChat sends has no fields but its own", async () => {
  const entry = `{"media_id":"m","content":{"update_time":1},"__proto__":{"forged":1}}`;
  const mp = createMpClient({
    ...credentials.mp,
    fetch: async (input) =>
      new URL(input).pathname.endsWith("token")
        ? Response.json({ access_token: "ISSUED", expires_in: 7200 })
        : new Response(`{"total_count":1,"item_count":1,"item":[${entry}]}`),
  });
  const { item } = await listDrafts(mp, { offset: 0, count: 1 });
  expect(item[0]).toMatchObject({ media_id: "m", update_time: 1 });
  expect(item[0]).not.toHaveProperty("forged");
});

it("nothing of all that is in the prototype of every object", () => {
  const seen: string[] = [];
  for (const key in {}) seen.push(key);
  expect(seen).toEqual([]);
});

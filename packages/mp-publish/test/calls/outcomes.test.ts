// What is known of a call that must not be done twice, after each way in which its reply can be lost.

import {
  createMpClient,
  MpApiError,
  type MpClient,
  mpRequest,
  OutcomeUnknownError,
} from "@wechat-edge/core";
import { clearQuota } from "@wechat-edge/core/mp-doctor";
import { createMpPlatform, keepTicket, platformRequest } from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { addMaterial, sendMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import {
  type Answer,
  fromGateway,
  lostReplies,
  never,
} from "../../../../test/support/lost-replies.ts";
import { picture } from "../../../../test/support/publish-job.ts";
import { details } from "../../../../test/support/video.ts";
import { addDraft, addNews, saveVideo, submitPublication } from "../../src/index.ts";

type Fetch = (input: string) => Promise<Response>;
type Consent = { readonly retryUnknown?: boolean };

const article = { thumb_media_id: "m", title: "灯笼街", content: "<p>街</p>" };
const { appid, secret } = credentials.mp;

function client(fetch: Fetch, timeout?: number): MpClient {
  return createMpClient({ appid, secret, sleep: async () => undefined, fetch, timeout });
}

interface Once {
  /** The field with the id of what it made, if it makes something. */
  readonly id?: string;
  /** A reply that shows that it was done. */
  readonly done: object;
  call(fetch: Fetch, options: Consent, timeout?: number): Promise<unknown>;
}

const of = (make: (mp: MpClient, options: Consent) => Promise<unknown>): Once["call"] => {
  return (fetch, options, timeout) => make(client(fetch, timeout), options);
};

/** Every operation that must not be done twice. */
const operations: Readonly<Record<string, Once>> = {
  addMaterial: {
    id: "media_id",
    done: { media_id: "m" },
    call: of((mp, options) => addMaterial(mp, { type: "image" }, picture("a.jpg", 100), options)),
  },
  "addMaterial of a thumb": {
    id: "thumb_media_id",
    done: { thumb_media_id: "m" },
    call: of((mp, options) => addMaterial(mp, { type: "thumb" }, picture("a.jpg", 100), options)),
  },
  addDraft: {
    id: "media_id",
    done: { media_id: "m" },
    call: of((mp, options) => addDraft(mp, { articles: [article] }, options)),
  },
  addNews: {
    id: "media_id",
    done: { media_id: "m", item: [] },
    call: of((mp, options) => addNews(mp, { articles: [{ ...article, digest: "街" }] }, options)),
  },
  submitPublication: {
    id: "publish_id",
    done: { publish_id: "m" },
    call: of((mp, options) => submitPublication(mp, { media_id: "m" }, options)),
  },
  saveVideo: {
    id: "media_id",
    done: { ret: 0, media_id: "m" },
    call: of((mp, options) => saveVideo(mp, { ...details, content: "wxv_1" }, options)),
  },
  sendMedia: {
    done: { errcode: 0, errmsg: "ok" },
    call: of((mp, options) =>
      sendMedia(mp, { touser: "o", msgtype: "text", text: { content: "街" } }, options),
    ),
  },
  clearQuota: {
    done: { errcode: 0, errmsg: "ok" },
    call: of((mp, options) => clearQuota(mp, options)),
  },
  "clearQuota of one call": {
    done: { errcode: 0, errmsg: "ok" },
    call: of((mp, options) => clearQuota(mp, { ...options, cgi_path: "/cgi-bin/media/upload" })),
  },
  "clearQuota bySecret": {
    done: { errcode: 0, errmsg: "ok" },
    call: of((mp, options) => clearQuota(mp, { ...options, bySecret: true })),
  },
  mpRequest: {
    done: { errcode: 0 },
    call: of((mp, options) =>
      mpRequest(mp, { method: "POST", path: "/cgi-bin/menu/create", body: {} }, options),
    ),
  },
  "mpRequest of a GET that deletes": {
    done: { errcode: 0 },
    call: of((mp, options) =>
      mpRequest(mp, { method: "GET", path: "/cgi-bin/menu/delete" }, options),
    ),
  },
  platformRequest: {
    done: { errcode: 0 },
    async call(fetch, options, timeout) {
      const platform = createMpPlatform({
        ...credentials.platform,
        fetch,
        timeout,
        sleep: async () => undefined,
      });
      await keepTicket(platform, "ticket@@@0123456789abcdef");
      return platformRequest(platform, { path: "/cgi-bin/component/set", body: {} }, options);
    },
  },
};

const json =
  (body: unknown, status = 200): Answer =>
  async () =>
    Response.json(body, { status });
const text =
  (body: string, status = 200): Answer =>
  async () =>
    new Response(status === 204 ? null : body, { status });

/** Ways to lose a reply: after each, WeChat may have carried out the call. */
const losses = {
  ...lostReplies,
  "no body": text(""),
  "204": text("", 204),
  "a captive portal": text("<html></html>"),
  "half a reply": text('{"media_id":"M'),
  "a list": json([{ errcode: 0, media_id: "M" }]),
  "-1": json({ errcode: -1, errmsg: "system error" }),
  "-1 in quotes": json({ errcode: "-1", errmsg: "system error" }),
  "-1 with a gateway's status": json({ errcode: -1, errmsg: "system error" }, 502),
  "an errcode that is no number": json({ errcode: "blocked" }),
  "an errcode of half a number": json({ errcode: 400.5 }),
  "an errcode in a list, as of a refused token": json({ errcode: [40001] }),
  "an errcode of true": json({ errcode: true }),
  ...fromGateway({
    "no body": (status) => new Response("", { status }),
    HTML: (status) => new Response("<html></html>", { status }),
    "a gateway's JSON": (status) =>
      Response.json({ code: status, message: "blocked", media_id: "M" }, { status }),
    "errcode 0": (status) => Response.json({ errcode: 0, media_id: "M" }, { status }),
  }),
} satisfies Readonly<Record<string, Answer>>;

async function outcome(
  operation: Once,
  answer: Answer,
  options: Consent = {},
): Promise<{ result: unknown; asked: number }> {
  let asked = 0;
  const timeout = answer === never ? 20 : undefined;
  const fetch: Fetch = async (input) => {
    const { pathname } = new URL(input);
    if (/stable_token|component_token/.test(pathname)) {
      const token = "T".repeat(64);
      return Response.json({
        access_token: token,
        component_access_token: token,
        expires_in: 7200,
      });
    }
    asked += 1;
    return answer();
  };
  const result: unknown = await operation
    .call(fetch, options, timeout)
    .catch((error: unknown) => error);
  return { result, asked };
}

function expectUnknown({ result, asked }: { result: unknown; asked: number }, what: string): void {
  expect([what, (result as Error).name]).toEqual([what, "OutcomeUnknownError"]);
  expect(result).toBeInstanceOf(OutcomeUnknownError);
  expect(result).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", retryable: false });
  expect((result as OutcomeUnknownError).lookAt).not.toBe("");
  expect([what, asked]).toEqual([what, 1]);
}

for (const [name, operation] of Object.entries(operations)) {
  const { id, done } = operation;
  describe(name, () => {
    it("has an unknown outcome after every loss, and is not made again", async () => {
      for (const [what, answer] of Object.entries(losses)) {
        expectUnknown(await outcome(operation, answer), what);
      }
    });

    it("is repeated after a cut connection with the caller's consent alone", async () => {
      const cut = losses["a cut connection"];
      const { result, asked } = await outcome(operation, cut, { retryUnknown: true });
      expect(result).toMatchObject({ code: "ERR_NETWORK" });
      expect(asked).toBe(3);
    });

    it("was not made if WeChat itself refuses it, whatever the status", async () => {
      for (const status of [200, 403, 413, 500]) {
        const answer = json({ errcode: 45009, errmsg: "reach max api daily quota limit" }, status);
        const { result, asked } = await outcome(operation, answer);
        expect(result).toBeInstanceOf(MpApiError);
        expect(result).toMatchObject({ errcode: 45009 });
        expect(asked).toBe(1);
      }
      const tooFast = await outcome(operation, json({ errcode: 45011, errmsg: "too fast" }));
      expect(tooFast.result).toMatchObject({ errcode: 45011 });
      expect(tooFast.asked).toBe(3);
    });

    it("was made if the reply says so", async () => {
      const { result, asked } = await outcome(operation, json(done));
      expect(result).not.toBeInstanceOf(Error);
      expect(asked).toBe(1);
    });

    if (id !== undefined) {
      it.each([
        ["12345", "12345"],
        ["9007199254740991", "9007199254740991"],
        ["9007199254740993", "9007199254740993"],
        ["12345678901234567890", "12345678901234567890"],
        ['"m"', "m"],
      ])("takes %s as its text", async (wire, wanted) => {
        const body = `{"errcode":0,"${id}": ${wire},"create_at":1}`;
        const { result } = await outcome(operation, text(body));
        // A thumb's media_id has another name on the wire.
        expect(result).toMatchObject({ [id.replace("thumb_", "")]: wanted });
      });

      it.each([
        ...["null", '""', '" "', "[]", '["m"]', "{}", '{"id":"m"}', "true", "false", "0", "-7"],
        ...["1.5", "1e400", "-12345678901234567.5"],
      ])("has an unknown outcome where the id is %s", async (wire) => {
        expectUnknown(await outcome(operation, text(`{"errcode":0,"${id}":${wire}}`)), wire);
      });

      it.each(["{}", '{"errcode":0}', '{"ret":0}', '{"MEDIA_ID":"m"}'])(
        "has an unknown outcome after a success without an id: %s",
        async (body) => expectUnknown(await outcome(operation, text(body)), body),
      );
    } else if (!/request/i.test(name)) {
      it.each([
        "{}",
        '{"errcode":null}',
        '{"errcode":""}',
        '{"errcode":[]}',
        '{"code":403,"message":"blocked"}',
      ])("has an unknown outcome where nothing says that it was done: %s", async (body) =>
        expectUnknown(await outcome(operation, text(body)), body),
      );
    }
  });
}

// A server that sends a byte now and then: what must be whole comes within `timeout`, or not at all. A download's start
// too; after it, `timeout` is the longest time without a byte.

import { createMpClient, createPayClient, createUrlSource, type Fetch } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { downloadMedia, getMaterial, uploadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { picture } from "../../../../test/support/publish-job.ts";

const TIMEOUT = 500;
const DRIP = 400;

beforeEach(() => {
  // Signing is real work, which no clock drives.
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

let cancelled = 0;
beforeEach(() => {
  cancelled = 0;
});

/** A body whose pieces come so many milliseconds apart; for ever the last one, if `endless`. */
function dripping(pieces: readonly (string | Uint8Array)[], ms = DRIP, endless = false) {
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await new Promise((resolve) => {
          timer = setTimeout(resolve, ms);
        });
        const piece = pieces[Math.min(next, pieces.length - 1)] ?? "";
        next += 1;
        if (next > pieces.length && !endless) return controller.close();
        controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      },
      cancel() {
        cancelled += 1;
        clearTimeout(timer);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Clients that are answered this, once a token was had. */
function clients(reply: () => Response) {
  let asked = 0;
  const fetch: Fetch = async (url) => {
    if (url.includes("/cgi-bin/stable_token")) {
      return Response.json({ access_token: "t", expires_in: 7200 });
    }
    asked += 1;
    return reply();
  };
  const options = { fetch, timeout: TIMEOUT, retry: false } as const;
  const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
  return {
    asked: () => asked,
    pay: createPayClient({ mchid, serialNo, privateKey, platformKeys, ...options }),
    mp: createMpClient({ ...credentials.mp, ...options }),
    options,
  };
}

/** Lets real work go on until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Drives the clock until the work has settled; resolves with its outcome and the time that it took. */
async function timed(work: Promise<unknown>, asked: () => number) {
  let outcome: { value?: unknown; error?: unknown } | undefined;
  const follow = async (): Promise<void> => {
    try {
      outcome = { value: await work };
    } catch (error) {
      outcome = { error };
    }
  };
  const settled = follow();
  await until(() => asked() > 0 || outcome !== undefined);
  let ms = 0;
  for (; outcome === undefined && ms < 60_000; ms += 50) await vi.advanceTimersByTimeAsync(50);
  if (outcome !== undefined) await settled;
  return { ...outcome, ms };
}

const letter = ["x"];
const json = (text: string) => Array.from(text);
const signature = {
  "wechatpay-timestamp": "1",
  "wechatpay-nonce": "n",
  "wechatpay-signature": "AAAA",
  "wechatpay-serial": "1",
};
const range = (end = 999, size = 1000) => ({
  status: 206,
  headers: { "content-range": `bytes 0-${end}/${size}`, etag: '"1"' },
});
const bill = { download_url: "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a" };
const id = { media_id: "m" };
const { jpeg, jpegHead } = {
  jpeg: picture("licence.jpg", 300),
  jpegHead: [0xff, 0xd8, 0xff, 0xe0],
};

type Clients = ReturnType<typeof clients>;
/** All that is whole when it comes, however it drips. */
const WHOLE: Readonly<
  Record<string, { reply: () => Response; call: (made: Clients) => Promise<unknown> }>
> = {
  "the reply to an upload of WeChat Pay": {
    reply: () => new Response(dripping(letter, DRIP, true)),
    call: ({ pay }) => uploadImage(pay, jpeg),
  },
  "the reply to an upload of an Official Account": {
    reply: () => new Response(dripping(letter, DRIP, true)),
    call: ({ mp }) => uploadMedia(mp, { type: "image" }, jpeg),
  },
  "an error in place of a bill": {
    reply: () => new Response(dripping(json('{"code":"NO_AUTH"}')), { status: 403 }),
    call: ({ pay }) => downloadPayFile(pay, bill),
  },
  "JSON in place of a bill": {
    reply: () => new Response(dripping(json('{"code":"NO_AUTH"}'))),
    call: ({ pay }) => downloadPayFile(pay, bill),
  },
  "the start of a bill": {
    reply: () => new Response(dripping(letter, DRIP, true)),
    call: ({ pay }) => downloadPayFile(pay, bill),
  },
  "a picture that is signed": {
    reply: () => new Response(dripping(letter, DRIP, true), { headers: signature }),
    call: ({ pay }) => downloadPayFile(pay, { path: "/v3/merchant-service/images/a" }),
  },
  "the start of temporary media": {
    reply: () => new Response(dripping([Uint8Array.from(jpegHead)], DRIP, true)),
    call: ({ mp }) => downloadMedia(mp, id),
  },
  "an error in place of temporary media": {
    reply: () => new Response(dripping(json('{"errcode":40007,"errmsg":"invalid media_id"}'))),
    call: ({ mp }) => downloadMedia(mp, id),
  },
  "the articles of a material": {
    reply: () => new Response(dripping(json('{"news_item":[]}'))),
    call: ({ mp }) => getMaterial(mp, id),
  },
};

describe("what must be whole comes within the timeout, however it drips", () => {
  for (const [what, { reply, call }] of Object.entries(WHOLE)) {
    it(what, async () => {
      const made = clients(reply);
      const { error, ms } = await timed(call(made), made.asked);
      expect(ms).toBeLessThanOrEqual(TIMEOUT);
      expect(error).toMatchObject({ code: "ERR_TIMEOUT" });
      expect((error as Error).message).toMatch(/No complete reply came within 500 ms/);
      expect(vi.getTimerCount()).toBe(0);
    });
  }

  it("a range of a URL's file", async () => {
    let open = true;
    const made = clients(() => {
      if (open) return new Response("x", range(0));
      return new Response(dripping(letter, DRIP, true), range());
    });
    const source = await createUrlSource("https://cdn.example/a", made.options);
    open = false;
    const { error, ms } = await timed(source.read(0, 1000), made.asked);
    expect([error, ms]).toMatchObject([{ code: "ERR_TIMEOUT" }, TIMEOUT]);
  });
});

const start = new Uint8Array(5000).fill(0x20);
start.set(jpegHead);
const rest = Array.from({ length: 30 }, () => Uint8Array.of(1));
/** Downloads, from whose body `timeout` is the longest time without a byte. */
const DOWNLOADS: Readonly<Record<string, (made: Clients) => Promise<unknown>>> = {
  downloadPayFile: ({ pay }) => downloadPayFile(pay, bill),
  "downloadPayFile by path": ({ pay }) => downloadPayFile(pay, { path: "/v3/a" }),
  downloadMedia: ({ mp }) => downloadMedia(mp, id),
  getMaterial: ({ mp }) => getMaterial(mp, id),
};

describe("a download", () => {
  for (const [what, call] of Object.entries(DOWNLOADS)) {
    const opened = async (pieces: readonly Uint8Array[], ms: number, endless = false) => {
      let body = dripping([start], 0);
      const made = clients(() => {
        const [head, drip] = [
          dripping([start], 0).getReader(),
          dripping(pieces, ms, endless).getReader(),
        ];
        body = new ReadableStream<Uint8Array>(
          {
            async pull(controller) {
              const first = await head.read();
              const { done, value } = first.done ? await drip.read() : first;
              if (done) controller.close();
              else controller.enqueue(value);
            },
            cancel: (reason) => drip.cancel(reason),
          },
          { highWaterMark: 0 },
        );
        return new Response(body);
      });
      const { value } = await timed(call(made), made.asked);
      const reader = (value as { body: ReadableStream<Uint8Array> }).body.getReader();
      let received = 0;
      const all = async (): Promise<void> => {
        for (;;) {
          const { done, value: part } = await reader.read();
          if (done) return;
          received += part.byteLength;
        }
      };
      return { ...(await timed(all(), () => 1)), received: () => received };
    };

    it(`${what}: may take any time as long as bytes come`, async () => {
      const { error, ms, received } = await opened(rest, DRIP);
      expect(error).toBeUndefined();
      expect(received()).toBe(5030);
      expect(ms).toBeGreaterThan(20 * TIMEOUT);
      expect(vi.getTimerCount()).toBe(0);
    });

    it(`${what}: ends when no byte comes for that long`, async () => {
      const { error, ms, received } = await opened(rest, TIMEOUT + 1);
      expect(error).toMatchObject({
        code: "ERR_TIMEOUT",
        message: "No further byte came within 500 ms, the limit that the option timeout sets.",
      });
      expect(ms).toBeLessThanOrEqual(TIMEOUT + 50);
      expect(received()).toBe(5000);
      expect(cancelled).toBe(1);
    });

    it(`${what}: takes empty pieces for no bytes`, async () => {
      for (const every of [100, 0]) {
        const { error, ms } = await opened([new Uint8Array(0)], every, true);
        expect(error).toMatchObject({ code: "ERR_TIMEOUT" });
        expect(ms).toBeLessThanOrEqual(TIMEOUT + 50);
      }
    });
  }
});

import { describe, expect, it, onTestFinished, vi } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { payExchange } from "../../src/pay/exchange.ts";
import { payWith, signedReply } from "./signed-replies.ts";

const OWN = "PUB_KEY_ID_0000000000000000000000000000001";
const CALL = {
  operation: "payRequest",
  method: "GET",
  path: "/v3/x",
  signedBody: new Uint8Array(0),
};

/** A client, and the header Wechatpay-Serial of each request. */
async function counted(answer: () => Promise<Response> = () => signedReply(200, "{}")) {
  const serials: unknown[] = [];
  const pay = await payWith({
    fetch: async (_, init) => {
      serials.push(new Headers(init?.headers).get("wechatpay-serial"));
      return answer();
    },
  });
  return { pay, serials };
}

describe("the key that WeChat Pay is asked to sign with", () => {
  it("is that of the call, or the client's first public key", async () => {
    const { pay, serials } = await counted();
    await payExchange(pay, CALL, { repeatable: true });
    await payExchange(pay, { ...CALL, platformKeyId: "AB12_cd" }, { repeatable: true });
    expect(serials).toEqual([OWN, "AB12_cd"]);
  });

  it.each(["", "AB 12", " AB", "AB ", "AB\r\nX-Evil: 1", "AB\n", "\nAB", "A-B", "ＡＢ", "\u0000"])(
    "is not %j: nothing is sent",
    async (platformKeyId) => {
      const { pay, serials } = await counted();
      const error = await failure(
        payExchange(pay, { ...CALL, platformKeyId }, { repeatable: true }),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^platformKeyId must be one that encryptSensitive returned/);
      expect(serials).toEqual([]);
    },
  );
});

describe("a call", () => {
  it("that is stopped before it begins sends nothing, and asks for no key", async () => {
    const { pay, serials } = await counted();
    const reason = new Error("no longer wanted");
    const rule = { repeatable: true, signal: AbortSignal.abort(reason) };
    expect(await failure(payExchange(pay, CALL, rule))).toBe(reason);
    expect(serials).toEqual([]);
  });

  it("waits for its pace before each try", async () => {
    const order: string[] = [];
    const { pay } = await counted(async () => {
      order.push("sent");
      return order.length < 4 ? Promise.reject(new TypeError("cut")) : signedReply(200, "{}");
    });
    const pace = async (): Promise<void> => {
      await Promise.resolve();
      order.push("paced");
    };
    await payExchange(pay, CALL, { repeatable: true, pace });
    expect(order).toEqual(["paced", "sent", "paced", "sent"]);
  });

  const explained = new Error("explained");
  /** How a call that must not be done twice ends, and how often it was sent. */
  const once = async (answer: () => Promise<Response>, isUnknown = false, repeatable = true) => {
    const { pay, serials } = await counted(answer);
    const causes: unknown[] = [];
    const error = await failure(
      payExchange(pay, CALL, {
        repeatable,
        once: {
          isUnknown: () => isUnknown,
          explained: (step, cause) => {
            causes.push(step, cause);
            return explained;
          },
        },
      }),
    );
    return { error, causes, sent: serials.length };
  };
  const unsigned = async () => Response.json({});
  const busy = async () => Response.json({ code: "SYSTEM_ERROR", message: "" }, { status: 500 });
  const limited = async () => Response.json({ code: "LIMIT", message: "" }, { status: 429 });
  const parameters = async () => Response.json({ code: "PARAM", message: "" }, { status: 400 });

  it("that must not be done twice is unclear after any reply that is no refusal", async () => {
    const { error, causes, sent } = await once(unsigned);
    expect(error).toBe(explained);
    expect(causes).toEqual(["payRequest", expect.any(Error)]);
    expect(sent).toBe(1);
  });

  it("is as unclear as its rule says after a refusal", async () => {
    expect(await once(busy, true)).toMatchObject({ error: explained, sent: 1 });
    expect(await once(limited)).toMatchObject({ error: { status: 429 }, causes: [], sent: 3 });
    expect(await once(parameters)).toMatchObject({ error: { status: 400 }, causes: [], sent: 1 });
    expect(await once(limited, false, false)).toMatchObject({ error: { status: 429 }, sent: 1 });
  });

  it("without such a rule ends with the error itself", async () => {
    const { pay, serials } = await counted(unsigned);
    const error = await failure(payExchange(pay, CALL, { repeatable: true }));
    expect(error).toMatchObject({ code: "ERR_SIGNATURE", reason: "missing" });
    expect(serials.length).toBe(1);
  });

  it("that fails before a reply is as unclear as its rule says", async () => {
    const cut = () => Promise.reject(new TypeError("fetch failed"));
    expect(await once(cut, true)).toMatchObject({ error: explained, sent: 1 });
    const { error, causes } = await once(cut);
    expect(error).toMatchObject({ code: "ERR_NETWORK" });
    expect(causes).toEqual([]);
  });

  it.each([true, false])(
    "whose length a proxy misses is sent again unless it must not be done twice: %s",
    async (isOnce) => {
      vi.resetModules(); // what was found out about fetch
      const sent: unknown[] = [];
      vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
        sent.push(body);
        return sent.length === 1 ? new Response(null, { status: 411 }) : signedReply(200, "{}");
      });
      onTestFinished(() => {
        vi.unstubAllGlobals();
        vi.resetModules(); // files of tests share their modules
      });
      const { payExchange: exchange } = await import("../../src/pay/exchange.ts");
      const { bytesBody } = await import("../../src/http/request-body.ts");
      const body = bytesBody([new Uint8Array(100_000)]);
      const pay = await payWith({});
      const rule = {
        repeatable: false,
        ...(isOnce && { once: { isUnknown: () => false, explained: () => explained } }),
      };
      const end = await exchange(pay, { ...CALL, method: "POST", body }, rule).catch(
        (error: unknown) => error,
      );
      expect(sent.length).toBe(isOnce ? 1 : 2);
      expect(end).toMatchObject({ status: isOnce ? 411 : 200 });
    },
  );
});

import { describe, expect, it } from "vitest";
import { countMaterial, failure, mpScripted } from "../../support/mp.ts";
import { appid, tokenServer } from "../../support/token-server.ts";

describe("getAccessToken", () => {
  it("is asked before each call, and told the appid", async () => {
    const { mp, emulator, requests } = tokenServer();
    await countMaterial(mp);
    await countMaterial(mp);
    expect(requests.map(({ appid, rejected }) => [appid, rejected])).toEqual([
      [appid, undefined],
      [appid, undefined],
    ]);
    expect(requests.every((request) => !("rejected" in request))).toBe(true);
    expect(requests.every(({ signal }) => signal instanceof AbortSignal)).toBe(true);
    expect(emulator.control.tokens.calls(appid)).toMatchObject({ stable: 0, plain: 1 });
  });

  it("that throws fails the call with its own error, and is asked anew by the next", async () => {
    const reason = new Error("token server down");
    const answers = [
      () => {
        throw reason;
      },
      () => Promise.reject(reason),
      () => "TOKEN",
    ];
    const { mp, calls } = mpScripted([{ errcode: 0 }], {
      getAccessToken: () => answers.shift()?.() ?? "",
    });
    expect(await failure(countMaterial(mp))).toBe(reason);
    expect(await failure(countMaterial(mp))).toBe(reason);
    expect(calls).toEqual([]);
    await countMaterial(mp);
  });

  it("that hangs ends with the timeout, which says who did not answer, and its signal aborts", async () => {
    const signals: AbortSignal[] = [];
    const { mp, calls } = mpScripted([{}], {
      timeout: 20,
      getAccessToken: ({ signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    const error = await failure(countMaterial(mp));
    expect(error).toMatchObject({ code: "ERR_TIMEOUT" });
    expect(error.message).toMatch(
      /getAccessToken returned no token within 20 ms, .*option timeout/,
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(calls).toEqual([]);
  });

  it("is not stopped by one caller's signal: the other still gets the token", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const signals: AbortSignal[] = [];
    let give: (token: string) => void = () => undefined;
    const { mp, calls } = mpScripted([{ errcode: 0 }], {
      getAccessToken: ({ signal }) => {
        signals.push(signal);
        return new Promise((resolve) => {
          give = resolve;
        });
      },
    });
    const first = failure(countMaterial(mp, { signal: controller.signal }));
    const second = countMaterial(mp);
    controller.abort(reason);
    expect(await first).toBe(reason);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    give("TOKEN");
    expect(await second).toEqual({ errcode: 0 });
    expect(calls.length).toBe(1);
  });
});

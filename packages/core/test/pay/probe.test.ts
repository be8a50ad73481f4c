import { expect, it } from "vitest";
import { NetworkError, type WechatError } from "../../src/errors.ts";
import { SignatureError } from "../../src/pay/errors.ts";
import { repeatableAfterOneProbe } from "../../src/pay/probe.ts";

const probe = (): WechatError => new SignatureError("…", { reason: "mismatch", probe: true });
const forged = (): WechatError => new SignatureError("…", { reason: "mismatch", probe: false });
const cut = (): WechatError => new NetworkError("…");

it("repeats after one probe in a call, whatever came between", () => {
  const rule = repeatableAfterOneProbe(() => true);
  expect([cut(), probe(), cut(), forged()].map(rule)).toEqual([true, true, true, true]);
  expect([probe(), cut()].map(rule)).toEqual([false, false]);
  expect(repeatableAfterOneProbe(() => true)(probe())).toBe(true);
});

it("asks the rule of the call, too", () => {
  const asked: WechatError[] = [];
  const rule = repeatableAfterOneProbe((error) => {
    asked.push(error);
    return false;
  });
  const errors = [cut(), probe()];
  expect(errors.map(rule)).toEqual([false, false]);
  expect(asked).toEqual(errors);
});

// Half of a surrogate pair is no character: a URL cannot hold it, UTF-8 neither, and JSON would
// escape it. Each way in which a text goes out; every call is looked at in the tests of core.

import { createSource, encryptSensitive, mpRequest } from "@wechat-edge/core";
import { mediaReplyXml, uploadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { expectHalvesRefused, type HalfCase, of } from "../../support/half-surrogates.ts";
import { mpInProcess } from "../../support/mp.ts";
import { payInProcess } from "../../support/pay.ts";

const { pay, emulator: ofPay } = payInProcess();
const { mp, emulator: ofMp } = mpInProcess();

const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const reply = {
  ToUserName: "o",
  FromUserName: "g",
  CreateTime: 1,
  MsgType: "video",
  Video: { MediaId: "m", Title: "t", Description: "d" },
} as const;
// A File would have put U+FFFD in its place.
const named = (name: string) => createSource(bytes, { name });

const calls: Readonly<Record<string, HalfCase>> = {
  "mpRequest's query": of({ a: "b", c: "d" }, (query) =>
    mpRequest(mp, { method: "GET", path: "/cgi-bin/a", query }),
  ),
  "mpRequest's body": of({ a: ["b", { c: "d" }] }, (body) =>
    mpRequest(mp, { method: "POST", path: "/cgi-bin/a", body }),
  ),
  uploadMedia: of({ name: "a.jpg" }, ({ name }) => uploadMedia(mp, { type: "image" }, named(name))),
  mediaReplyXml: of(reply, (input) => mediaReplyXml(input)),
  encryptSensitive: of({ text: "张三" }, ({ text }) => encryptSensitive(pay, text)),
  uploadImage: of({ name: "a.jpg" }, ({ name }) => uploadImage(pay, named(name))),
};

describe("half of a surrogate pair is refused before anything is sent, by the name of its field, in", () => {
  for (const [what, [input, call]] of Object.entries(calls)) {
    it(what, async () => {
      const sent = () => [ofMp, ofPay].map(({ control }) => control.journal.entries().length);
      const before = sent();
      await expectHalvesRefused(input, call);
      expect(sent()).toEqual(before);
    });
  }
});

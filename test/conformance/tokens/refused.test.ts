import { credentials } from "@wechat-edge/emulator";
import { uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { callsOf, countMaterial, failure } from "../../support/mp.ts";
import { warm } from "../../support/warm-client.ts";

const { appid } = credentials.mp;
const picture = () => media("licence.jpg");
const image = { type: "image" } as const;

describe("an upload succeeds, in two requests, although its token", () => {
  it("[publish.93] was killed before", async () => {
    const { mp, tokens, emulator, errcodes } = await warm();
    tokens.kill(appid, { replace: true });
    const { media_id } = await uploadMedia(mp, image, await picture());
    expect(media_id.length).toBe(64);
    expect(errcodes).toEqual([40001, undefined]);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, forced: 0, api: 3 });
    expect(emulator.control.mpMedia.length).toBe(1);
  });

  it("dies in the middle of it, when the headers have gone out", async () => {
    const { mp, faults, emulator, errcodes } = await warm();
    faults.add({ kind: "token-killed", at: "headers", replace: true });
    await uploadMedia(mp, image, await picture());
    expect(errcodes).toEqual([40001, undefined]);
    const sizes = emulator.control.journal
      .entries()
      .filter(({ path }) => path === "/cgi-bin/media/upload")
      .map(({ fileBytes }) => fileBytes);
    const { size } = await picture();
    expect(sizes).toEqual([size, size]);
  });
});

describe("ten callers with a killed token", () => {
  it("take one new token", async () => {
    const { mp, tokens, emulator, errcodes, used } = await warm();
    tokens.kill(appid, { replace: true });
    await Promise.all(Array.from({ length: 10 }, () => countMaterial(mp)));
    expect(callsOf(emulator)).toMatchObject({ stable: 2, forced: 0, api: 21 });
    expect(errcodes.filter((errcode) => errcode === 40001).length).toBe(10);
    expect(new Set(used).size).toBe(2);
  });
});

describe("a stream, which can be sent once", () => {
  const streamed = async () => {
    const file = await picture();
    return { name: "licence.jpg", size: file.size, stream: file.stream() };
  };

  it("is lost with a dead token; the error says so, and the next call works", async () => {
    const { mp, tokens, emulator, errcodes } = await warm();
    tokens.kill(appid, { replace: true });
    expect(await failure(uploadMedia(mp, image, await streamed()))).toMatchObject({
      errcode: 40001,
      message: expect.stringMatching(/token was replaced, but a stream can be sent only once/),
    });
    const { stable } = callsOf(emulator);
    await uploadMedia(mp, image, await streamed());
    expect(errcodes).toEqual([40001, undefined]);
    expect(callsOf(emulator).stable).toBe(stable);
  });

  it("does not claim that the token was replaced where WeChat gave no other", async () => {
    const { mp, tokens } = await warm();
    tokens.kill(appid);
    await countMaterial(mp);
    tokens.kill(appid);
    const { message } = await failure(uploadMedia(mp, image, await streamed()));
    expect(message).toContain("returned the same token that it had refused");
    expect(message).not.toContain("was replaced");
  });

  it("goes through with a token that lives", async () => {
    const { mp, emulator } = await warm();
    await uploadMedia(mp, image, await streamed());
    expect(emulator.control.mpMedia.length).toBe(1);
  });
});

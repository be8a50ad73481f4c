// Advice on errcodes that only some calls get: it comes with those calls, and takes the place of no better advice.

import { createMpClient, MpApiError, mpRequest } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { ARTICLE_ADVICE } from "../../../core/src/mp/article-errcodes.ts";
import { adviceFor } from "../../../core/src/mp/errcodes.ts";
import { PLATFORM_ADVICE } from "../../../core/src/mp/platform-errcodes.ts";
import { addDraft, deleteDraft } from "../../src/index.ts";

const draft = { title: "灯", content: "<p>a</p>", thumb_media_id: "M" };

/** The message of a call that WeChat refuses with this number. */
async function refused(
  errcode: number,
  path: string,
  call: (mp: ReturnType<typeof createMpClient>) => Promise<unknown>,
): Promise<string> {
  const emulator = createEmulator();
  emulator.control.faults.add({ kind: "mp-error", errcode, match: { path } });
  const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch, retry: false });
  const error: unknown = await call(mp).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "MpApiError", errcode, endpoint: path });
  return (error as MpApiError).message;
}

const numbers = [...ARTICLE_ADVICE, ...PLATFORM_ADVICE].flatMap(([advice, ...errcodes]) =>
  errcodes.map((errcode) => [errcode, advice] as const),
);

describe("advice that only some calls get", () => {
  it.each(numbers)(
    "on %i comes with mpRequest, and is in no other table",
    async (errcode, advice) => {
      const path = "/cgi-bin/material/get_materialcount";
      const call = (mp: Parameters<typeof mpRequest>[0]) => mpRequest(mp, { method: "GET", path });
      expect((await refused(errcode, path, call)).endsWith(`. ${advice}`)).toBe(true);
      expect(adviceFor(errcode, path, undefined)).toBe("");
    },
  );

  it.each(ARTICLE_ADVICE.flatMap(([advice, ...errcodes]) => errcodes.map((one) => [one, advice])))(
    "on %i comes with the calls about articles",
    async (errcode, advice) => {
      const calls = {
        "/cgi-bin/draft/add": (mp: Parameters<typeof addDraft>[0]) =>
          addDraft(mp, { articles: [draft] }),
        "/cgi-bin/draft/delete": (mp: Parameters<typeof addDraft>[0]) =>
          deleteDraft(mp, { media_id: "M" }),
      };
      for (const [path, call] of Object.entries(calls)) {
        expect(await refused(Number(errcode), path, call)).toContain(String(advice));
      }
    },
  );

  it("of both kinds is general to uploads, whose calls never get these", async () => {
    const file = new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], "a.jpg");
    const call = (mp: Parameters<typeof uploadMedia>[0]) =>
      uploadMedia(mp, { type: "image" }, file);
    const message = await refused(61007, "/cgi-bin/media/upload", call);
    expect(message).toContain("the account has not given the platform this right (权限集).");
  });

  it.each([45002, 61009, 61023])(
    "on %i leaves that of a token's call as it is",
    async (errcode) => {
      const error = new MpApiError({
        errcode,
        errmsg: "no",
        endpoint: "/cgi-bin/component/api_authorizer_token",
        advice: "Ask for it again.",
      });
      const { appid } = credentials.mp;
      const mp = createMpClient({ appid, getAccessToken: () => Promise.reject(error) });
      const call = mpRequest(mp, { method: "GET", path: "/cgi-bin/user/info" });
      await expect(call).rejects.toThrow(/\. Ask for it again\.$/);
    },
  );
});

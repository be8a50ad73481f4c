// curl as WeChat's documents write it: `curl -F media=@test.jpg "…"`.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { credentials } from "@wechat-edge/emulator";
import { closeNothing, type MpPeer, mpPaths, textOf, tokenPaths } from "./peer.ts";

const run = promisify(execFile);

const curl = async (...args: readonly string[]): Promise<Buffer> =>
  (await run("curl", ["-sS", ...args], { encoding: "buffer" })).stdout;

const json = async (...args: readonly string[]): Promise<unknown> =>
  JSON.parse((await curl(...args)).toString());

export const mpCurl: MpPeer = {
  name: "curl -F",
  token: "plain",
  keepsToken: false,
  async open(origin) {
    const { appid, secret } = credentials.mp;
    const account = `grant_type=client_credential&appid=${appid}&secret=${secret}`;
    const { access_token } = (await json(`${origin}${tokenPaths.plain}?${account}`)) as {
      access_token: string;
    };
    const url = (path: string, query = ""): string =>
      `${origin}${path}?access_token=${access_token}${query}`;
    const upload = (file: string, address: string): Promise<unknown> =>
      json("-F", `media=@${file}`, address);
    return {
      uploadImage: async (file) =>
        textOf(await upload(file, url(mpPaths.media, "&type=image")), "media_id"),
      addMaterial: async (file) =>
        textOf(await upload(file, url(mpPaths.material, "&type=image")), "media_id"),
      uploadArticleImage: async (file) =>
        textOf(await upload(file, url(mpPaths.articleImage)), "url"),
      download: (mediaId) => curl("-G", url(mpPaths.download, `&media_id=${mediaId}`)),
      close: closeNothing,
    };
  },
};

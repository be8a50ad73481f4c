import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createMpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { addMaterial, downloadMedia, uploadArticleImage, uploadMedia } from "@wechat-edge/mp-media";
import { closeNothing, type MpPeer, type tokenPaths } from "./peer.ts";

const fileOf = async (path: string): Promise<File> =>
  new File([await readFile(path)], basename(path));

function withToken(name: string, token: keyof typeof tokenPaths): MpPeer {
  return {
    name,
    token,
    keepsToken: true,
    async open(origin) {
      const mp = createMpClient({ ...credentials.mp, token, baseUrl: origin });
      const type = "image";
      return {
        uploadImage: async (file) => (await uploadMedia(mp, { type }, await fileOf(file))).media_id,
        addMaterial: async (file) => (await addMaterial(mp, { type }, await fileOf(file))).media_id,
        uploadArticleImage: async (file) => (await uploadArticleImage(mp, await fileOf(file))).url,
        async download(media_id) {
          const download = await downloadMedia(mp, { media_id });
          if (download.kind !== "file") throw new Error(`A ${download.kind} came, no file.`);
          return Buffer.from(await new Response(download.body).arrayBuffer());
        },
        close: closeNothing,
      };
    },
  };
}

/** The default. */
export const mpWechatEdge: MpPeer = withToken("wechat-edge", "stable");
/** On the endpoint that most of the others use. */
export const mpWechatEdgePlain: MpPeer = withToken('wechat-edge, token: "plain"', "plain");

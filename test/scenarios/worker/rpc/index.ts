// A Worker that holds the keys and is called by RPC, and a caller that receives its errors.

import { WorkerEntrypoint } from "cloudflare:workers";
import { createMpClient, createPayClient, isWechatError, WechatError } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadMedia } from "@wechat-edge/mp-media";
import { publishArticle } from "@wechat-edge/mp-publish";
import { uploadImage } from "@wechat-edge/pay-media";

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);

export class Gateway extends WorkerEntrypoint {
  async fail(how: string): Promise<void> {
    const { fetch, control } = createEmulator();
    const pay = createPayClient({ ...credentials.pay, fetch });
    const mp = createMpClient({ ...credentials.mp, fetch });
    const picture = new File([jpeg], "licence.jpg");
    if (how === "media") await uploadImage(pay, new File(["text"], "licence.jpg"));
    if (how === "pay") {
      control.faults.add({ kind: "no-auth" });
      await uploadImage(pay, picture);
    }
    if (how === "signature") {
      control.faults.add({ kind: "missing-signature" });
      await uploadImage(pay, picture);
    }
    if (how === "mp") {
      control.faults.add({ kind: "mp-error", errcode: 48001, match: { path: "/cgi-bin/media/*" } });
      await uploadMedia(mp, { type: "image" }, picture);
    }
    if (how === "article") {
      const article = { title: "字".repeat(65), content: "<p>…</p>" };
      await publishArticle(mp, { target: "draft", until: "uploaded", article, cover: picture });
    }
    throw new TypeError("Nothing of ours.");
  }
}

interface Bindings {
  readonly GATEWAY: { fail(how: string): Promise<void> };
}

export default {
  async fetch(request: Request, { GATEWAY }: Bindings): Promise<Response> {
    const how = new URL(request.url).pathname.slice(1);
    try {
      await GATEWAY.fail(how);
      return new Response("It succeeded.", { status: 500 });
    } catch (error) {
      const { name, code, message } = error as Error & { code?: string };
      const isOurs = isWechatError(error);
      return Response.json({
        isOurs,
        isInstance: error instanceof WechatError,
        name,
        code,
        message,
      });
    }
  },
};

// A Worker with one client for all requests, as most are written.

import { createPayClient, type PayClient } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";

interface Bindings {
  readonly MCHID: string;
  readonly SERIAL_NO: string;
  readonly PRIVATE_KEY: string;
  readonly API_V3_KEY: string;
  readonly ORIGIN: string;
}

let pay: PayClient | undefined;

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    pay ??= createPayClient({
      mchid: bindings.MCHID,
      serialNo: bindings.SERIAL_NO,
      privateKey: bindings.PRIVATE_KEY,
      apiV3Key: bindings.API_V3_KEY,
      baseUrl: bindings.ORIGIN,
    });
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);
    const upload = uploadImage(pay, new File([jpeg], "licence.jpg"));
    if (new URL(request.url).pathname === "/leave") {
      // The request ends with its download of certificates under way; workerd then drops the work.
      upload.catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return new Response("left");
    }
    return Response.json(await upload);
  },
};

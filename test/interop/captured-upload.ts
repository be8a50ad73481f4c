import { readFile } from "node:fs/promises";
import { createPayClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";

/** One real upload as it left the library, accepted by the emulator. */
export interface CapturedUpload {
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The bytes that were uploaded. */
  readonly file: Uint8Array;
}

/** Uploads a picture of examples/media under the given name and keeps the request. */
export async function captureUpload(name: string): Promise<CapturedUpload> {
  const file = await readFile(new URL("../../examples/media/licence.jpg", import.meta.url));
  const emulator = createEmulator();
  let captured: Pick<CapturedUpload, "headers" | "body"> | undefined;
  const pay = createPayClient({
    ...credentials.pay,
    fetch: async (input, init) => {
      const body = new Uint8Array(await new Response(init?.body ?? null).arrayBuffer());
      captured = { headers: new Headers(init?.headers), body };
      return emulator.fetch(input, init);
    },
  });
  await uploadImage(pay, new File([file], name));
  if (captured === undefined) throw new Error("No request was sent.");
  return { ...captured, file: new Uint8Array(file) };
}

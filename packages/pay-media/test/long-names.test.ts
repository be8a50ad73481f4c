import { createPayClient, MediaError } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { expect, it } from "vitest";
import { uploadPayFile } from "../src/index.ts";

it("a name of 400,000 characters is refused, also where the type goes by it", async () => {
  const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
  const file = new File(["%PDF-1.7\n"], `${"a".repeat(400_000)}.`);
  const endpoint = { path: "/v3/some/files", contentType: { pdf: "application/pdf" } };
  await expect(uploadPayFile(pay, endpoint, file)).rejects.toThrow(MediaError);
});

// The signature of a real upload, checked by the openssl command line.

import { spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { captureUpload } from "./captured-upload.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.skipIf(!hasOpenssl)("the signature of an upload", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "wechat-edge-openssl-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const verified = async (message: Uint8Array, signature: string): Promise<string> => {
    const key = createPublicKey(credentials.pay.privateKey);
    const files = {
      "key.pem": key.export({ type: "spki", format: "pem" }),
      "signature.bin": Buffer.from(signature, "base64"),
      "message.bin": message,
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(directory, name), content);
    }
    const { stdout, stderr } = spawnSync(
      "openssl",
      ["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature.bin", "message.bin"],
      { cwd: directory, encoding: "utf8" },
    );
    return stdout.trim() || stderr.trim();
  };

  it("verifies over the meta as it was sent, and over nothing else", async () => {
    const { headers, body } = await captureUpload("营业执照.jpg");
    const field = (name: string) =>
      new RegExp(`${name}="([^"]+)"`).exec(headers.get("authorization") ?? "")?.[1] ?? "";
    const text = Buffer.from(body).toString("latin1");
    const start = text.indexOf("\r\n\r\n") + 4;
    const meta = Buffer.from(body).subarray(start, text.indexOf("\r\n--", start));
    const head = `POST\n/v3/merchant/media/upload\n${field("timestamp")}\n${field("nonce_str")}\n`;
    const message = Buffer.concat([Buffer.from(head), meta, Buffer.from("\n")]);
    expect(await verified(message, field("signature"))).toBe("Verified OK");
    message[message.length - 10] = (message[message.length - 10] ?? 0) ^ 1;
    expect(await verified(message, field("signature"))).toMatch(/Verification failure/i);
  });
});

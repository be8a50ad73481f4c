// How curl-upload.sh ends, for a script that calls it.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exampleFiles } from "./interop-files.ts";
import { missingForCurl } from "./peers/curl.ts";

const script = fileURLToPath(new URL("./curl-upload.sh", import.meta.url));
const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
const [publicKey, certificate] = platformKeys;

describe.skipIf(missingForCurl.length > 0)("curl-upload.sh", () => {
  let emulator: RunningEmulator;
  let directory: string;
  beforeAll(async () => {
    vi.stubEnv("no_proxy", "127.0.0.1");
    emulator = await startEmulator({ port: 0, replyKeyId: certificate?.platformKeyId ?? "" });
    directory = await mkdtemp(join(tmpdir(), "wechat-edge-curl-"));
    await writeFile(join(directory, "key.pem"), privateKey);
    await writeFile(join(directory, "public.pem"), publicKey?.key ?? "");
    await writeFile(join(directory, "certificate.pem"), certificate?.key ?? "");
  });
  afterAll(async () => {
    await emulator.close();
    await rm(directory, { recursive: true });
    vi.unstubAllEnvs();
  });

  const run = async (args: readonly string[]) => {
    const child = spawn(script, args, { cwd: directory });
    const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { status: await exit, out, error };
  };
  const upload = (platformKey: string, serial = serialNo) =>
    run([emulator.baseUrl, mchid, serial, "key.pem", platformKey, exampleFiles.image]);

  it("ends with 0 and the reply", async () => {
    const { status, out } = await upload("certificate.pem");
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({ media_id: emulator.control.payMedia[0]?.media_id });
  });

  it("ends with 1 and WeChat Pay's answer when it is refused", async () => {
    const { status, out, error } = await upload("certificate.pem", "00");
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(error).toContain("WeChat Pay answered 401");
  });

  it("ends with 3 and no result when another key signed", async () => {
    const { status, out, error } = await upload("public.pem");
    expect({ status, out }).toEqual({ status: 3, out: "" });
    expect(error).toContain("its signature does not fit the key in public.pem");
  });

  it.each([
    ["missing-signature", "it is not signed"],
    ["stale", "it was signed"],
  ] as const)("ends with 3 when the signature is wrong: %s", async (kind, why) => {
    emulator.control.faults.add({ kind });
    const { status, out, error } = await upload("certificate.pem");
    expect({ status, out }).toEqual({ status: 3, out: "" });
    expect(error).toContain(why);
  });

  it("ends with 2 and its usage when arguments are missing", async () => {
    const { status, error } = await run([emulator.baseUrl]);
    expect(status).toBe(2);
    expect(error).toMatch(/^usage: curl-upload\.sh ORIGIN/);
  });
});

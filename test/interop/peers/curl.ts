// curl-upload.sh: curl for the request, openssl for both signatures.

import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { credentials } from "@wechat-edge/emulator";
import { mediaOf, type Peer, type Upload, uploadPaths } from "./peer.ts";

const script = fileURLToPath(new URL("../curl-upload.sh", import.meta.url));
const run = promisify(execFile);

/** The programs it needs that are not on this machine. */
export const missingForCurl: readonly string[] = ["bash", "curl", "openssl"].filter(
  (program) => spawnSync(program, [program === "openssl" ? "version" : "--version"]).error,
);

export const curl: Peer = {
  name: "curl and openssl",
  verifies: true,
  async upload({ origin, platformKey, kind, file }: Upload) {
    const directory = await mkdtemp(join(tmpdir(), "wechat-edge-curl-"));
    try {
      const { mchid, serialNo, privateKey } = credentials.pay;
      const key = join(directory, "apiclient_key.pem");
      const platform = join(directory, "platform.pem");
      await writeFile(key, privateKey);
      await writeFile(platform, platformKey.key);
      const path = uploadPaths[kind];
      const asked = platformKey.platformKeyId.startsWith("PUB_KEY_ID_")
        ? platformKey.platformKeyId
        : "";
      const { stdout } = await run(script, [origin, mchid, serialNo, key, platform, file, path], {
        env: { ...process.env, PLATFORM_KEY_ID: asked },
      });
      return mediaOf(JSON.parse(stdout));
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

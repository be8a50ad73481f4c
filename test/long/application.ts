// The application that every tool builds: it uploads a picture and hashes a file in a worker.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export const picture = readFileSync(new URL("../../examples/media/licence.jpg", import.meta.url));
export const pictureSha256 = createHash("sha256").update(picture).digest("hex");

const size = 2_500_000;
const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 9)) & 255);
export const fileSha1 = createHash("sha1").update(bytes).digest("hex");

/** Uploads a picture of base64 to the emulator, and returns its media_id. */
const upload = `
import { createPayClient } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";

export async function upload({ baseUrl, pay, picture }) {
  const { mchid, serialNo, privateKey, platformKeys } = pay;
  const client = createPayClient({ mchid, serialNo, privateKey, platformKeys, baseUrl });
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const { media_id } = await uploadImage(client, new File([bytes], "licence.jpg"));
  return media_id;
}
`;

/** Returns the digest, and how many workers that took. */
const hash = `
import { digestInWorker } from "@wechat-edge/core/hash-worker";

let workers = 0;
export async function hash(createWorker) {
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      workers += 1;
    }
  };
  const bytes = Uint8Array.from({ length: ${size} }, (_, i) => (i * 7 + (i >> 9)) & 255);
  const digest = await digestInWorker(new Blob([bytes]), "SHA-1", { createWorker });
  return [digest, workers];
}
`;

/** The page and its scripts; each function of the page is one of globalThis. */
export const pageFiles: Readonly<Record<string, string>> = {
  "upload.js": upload,
  "hash.js": hash,
  "page.js": `
import { hash } from "./hash.js";
import { upload } from "./upload.js";

globalThis.upload = upload;
globalThis.hash = () => hash();
`,
  "index.html": `<!doctype html>
<link rel="icon" href="data:,">
<script type="module" src="./page.js"></script>
`,
};

/** The same page with a worker's file of its own. */
export const ownWorkerFiles: Readonly<Record<string, string>> = {
  ...pageFiles,
  "own-worker.js": `import "@wechat-edge/core/hash-worker-script";\n`,
  "page.js": `
import { hash } from "./hash.js";

globalThis.hash = () =>
  hash(() => new Worker(new URL("./own-worker.js", import.meta.url), { type: "module" }));
`,
};

/** A program that reads its task from a file and prints the media_id. */
export const programFiles: Readonly<Record<string, string>> = {
  "upload.js": upload,
  "program.js": `
import { readFileSync } from "node:fs";
import { upload } from "./upload.js";

console.log(await upload(JSON.parse(readFileSync("task.json", "utf8"))));
`,
};

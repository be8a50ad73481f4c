// Uploads one file to WeChat Pay and prints the reply. Runs in Node 22.18 or later, Deno and Bun:
//
//   node upload.ts licence.jpg          deno run -A upload.ts clip.mp4 --video          bun upload.ts licence.jpg
//
// WECHAT_PAY_MCHID             merchant number
// WECHAT_PAY_SERIAL_NO         serial number of the merchant API certificate
// WECHAT_PAY_PRIVATE_KEY       apiclient_key.pem: its path or its text
// WECHAT_PAY_PLATFORM_KEY_ID   PUB_KEY_ID_…, or the serial number of a platform certificate
// WECHAT_PAY_PLATFORM_KEY      pub_key.pem or the platform certificate: its path or its text
// WECHAT_PAY_BASE_URL          optional: another origin than https://api.mch.weixin.qq.com, such as an emulator's
//
// Without an account: node with-emulator.ts node upload.ts licence.jpg

import { type FileHandle, open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { createPayClient, type RandomAccessFile, WechatError } from "@wechat-edge/core";
import { uploadImage, uploadVideo } from "@wechat-edge/pay-media";

/** A mistake in how the script is called. */
class UsageError extends Error {
  override readonly name: string = "UsageError";
}

const { path, isVideo } = readArguments();

try {
  console.log(JSON.stringify(await upload(path)));
} catch (error) {
  // The library's errors say what to do; for any other error the stack helps.
  const isOurs = error instanceof WechatError || error instanceof UsageError;
  console.error(isOurs ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
}

function readArguments(): { path: string; isVideo: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { video: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [file, ...others] = positionals;
    if (file !== undefined && others.length === 0) return { path: file, isVideo: values.video };
    console.error(`The script uploads one file, and ${positionals.length} were named.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  console.error("Usage: upload.ts <file> [--video]");
  process.exit(2);
}

async function upload(file: string): Promise<{ media_id: string }> {
  const pay = createPayClient({
    mchid: environment("MCHID"),
    serialNo: environment("SERIAL_NO"),
    privateKey: await pem("PRIVATE_KEY"),
    platformKeys: [
      { platformKeyId: environment("PLATFORM_KEY_ID"), key: await pem("PLATFORM_KEY") },
    ],
    baseUrl: process.env["WECHAT_PAY_BASE_URL"],
    onAttempt: ({ attempt, status, ms, bytes, requestId }) =>
      console.error(`try ${attempt}: ${bytes} bytes, ${status} in ${ms} ms, request ${requestId}`),
  });
  const handle = await openFile(file);
  try {
    const source = await fileSource(handle, basename(file));
    return await (isVideo ? uploadVideo(pay, source) : uploadImage(pay, source));
  } finally {
    await handle.close();
  }
}

/** Wraps an open file: anything that reads bytes at a position is a source. */
async function fileSource(handle: FileHandle, name: string): Promise<RandomAccessFile> {
  const { size } = await handle.stat();
  return {
    name,
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      let length = 0;
      while (length < bytes.length) {
        // One call may read less than asked for; 0 bytes means that the file has become shorter.
        const rest = bytes.length - length;
        const { bytesRead } = await handle.read(bytes, length, rest, start + length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    },
  };
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be opened: ${String(cause)}`);
  }
}

function environment(name: string): string {
  const value = process.env[`WECHAT_PAY_${name}`];
  if (value) return value;
  throw new UsageError(
    `WECHAT_PAY_${name} is not set. The comment at the top of upload.ts says what it is.`,
  );
}

async function pem(name: string): Promise<string> {
  const value = environment(name);
  if (value.includes("-----BEGIN")) return value;
  try {
    return await readFile(value, "utf8");
  } catch {
    // The value may be a key without its first line, so it is not shown.
    throw new UsageError(`WECHAT_PAY_${name} is neither a PEM nor the path of a file.`);
  }
}

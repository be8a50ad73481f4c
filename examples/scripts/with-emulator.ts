// Starts an emulator of WeChat Pay and runs a command whose environment points to it:
//
//   node with-emulator.ts node upload.ts licence.jpg

import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { startEmulator } from "@wechat-edge/emulator/node";

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error("Usage: with-emulator.ts <program> [arguments]");
  process.exit(2);
}

const emulator = await startEmulator({ port: 0 });
const { mchid, serialNo, privateKey, platformKeys } = emulator.control.credentials.pay;
const [platform] = platformKeys;
try {
  const child = spawn(program, args, {
    stdio: "inherit",
    env: {
      ...process.env,
      WECHAT_PAY_MCHID: mchid,
      WECHAT_PAY_SERIAL_NO: serialNo,
      WECHAT_PAY_PRIVATE_KEY: privateKey,
      WECHAT_PAY_PLATFORM_KEY_ID: platform?.platformKeyId,
      WECHAT_PAY_PLATFORM_KEY: platform?.key,
      WECHAT_PAY_BASE_URL: emulator.baseUrl,
    },
  });
  const [code] = await once(child, "close");
  process.exitCode = typeof code === "number" ? code : 1;
} catch (error) {
  console.error(`${program} did not start: ${String(error)}`);
  process.exitCode = 127;
} finally {
  await emulator.close();
}

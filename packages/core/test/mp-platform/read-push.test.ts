import { createCipheriv, createHash } from "node:crypto";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import {
  createMpPlatform,
  createPreAuthCode,
  readPlatformPush,
} from "../../src/mp-platform/index.ts";

const { component_appid, messageToken, encodingAESKey } = credentials.platform;
const START = Date.UTC(2026, 10, 22, 8, 0, 0);

/** A push as WeChat seals it, whatever it says. */
function sealed(push: object): { url: string; body: string } {
  const key = Buffer.from(`${encodingAESKey}=`, "base64");
  const text = Buffer.from(JSON.stringify(push));
  const head = Buffer.alloc(20);
  head.writeUInt32BE(text.length, 16);
  const content = Buffer.concat([head, text, Buffer.from(component_appid)]);
  const padding = 32 - (content.length % 32);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const blocks = Buffer.concat([content, Buffer.alloc(padding, padding)]);
  const encrypted = Buffer.concat([cipher.update(blocks), cipher.final()]).toString("base64");
  const [timestamp, nonce] = [String(START / 1000), "1372623149"];
  const joined = [messageToken, timestamp, nonce, encrypted]
    .sort((a, b) => (a < b ? -1 : 1))
    .join("");
  const msg_signature = createHash("sha1").update(joined).digest("hex");
  const query = new URLSearchParams({ msg_signature, timestamp, nonce });
  return { url: `/events?${query}`, body: `<xml><Encrypt>${encrypted}</Encrypt></xml>` };
}

describe("a ticket whose push has a CreateTime", () => {
  it.each<[string, unknown]>([
    ["that is a word", "soon"],
    ["that is a list", [1, 2]],
    ["that is an object", {}],
    ["that is null", null],
    ["that is missing", undefined],
    ["of the year 30828", 910_692_730_085],
    ["of 1970", 0],
  ])("%s keeps no later ticket out", async (_, CreateTime) => {
    const { fetch, control } = createEmulator({ now: () => START });
    const platform = createMpPlatform({ ...credentials.platform, fetch, now: () => START });
    const InfoType = "component_verify_ticket";
    const odd = { AppId: component_appid, InfoType, ComponentVerifyTicket: "odd", CreateTime };
    expect(await readPlatformPush(platform, sealed(odd))).toMatchObject({ InfoType });
    await readPlatformPush(platform, sealed(control.mpPlatforms.ticket()));
    expect(await createPreAuthCode(platform)).toMatchObject({ expires_in: 600 });
  });
});

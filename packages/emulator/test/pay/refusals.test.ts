import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createEmulator, credentials, type Merchant } from "../../src/index.ts";
import {
  authorization,
  IMAGE_PATH,
  MP4,
  PNG,
  sha256,
  type UploadOptions,
  upload,
  VIDEO_PATH,
} from "./upload-request.ts";

const image = (options: UploadOptions) => upload(createEmulator().fetch, options);
const video = (options: UploadOptions) =>
  upload(createEmulator().fetch, { path: VIDEO_PATH, filename: "a.mp4", file: MP4, ...options });

const padded = (head: Buffer, size: number): Buffer =>
  Buffer.concat([head, Buffer.alloc(size - head.length)]);

describe("the documented rows of the error table", () => {
  it.each([
    [image, { filename: "a.gif" }, "图片文件名称不正确,请检查后重新提交"],
    [video, { filename: "a.webm" }, "视频文件名称不正确,请检查后重新提交"],
    [image, { file: Buffer.from("text") }, "文件二进制内容不是图片,请检查后重新提交"],
    [video, { file: Buffer.from("text") }, "文件二进制内容不是视频,请检查后重新提交"],
    [image, { file: padded(PNG, 5 * 1048576 + 1) }, "文件大小不能超过5M,请检查后重新提交"],
    [video, { file: padded(MP4, 5 * 1048576 + 1) }, "文件大小不能超过5M,请检查后重新提交"],
    [image, { file: Buffer.alloc(0) }, "文件为空,请检查后重新提交"],
    [
      image,
      { meta: `{"filename":"a.png","sha256":"${"0".repeat(64)}"}` },
      "图片sha256值有误,请检查后重新提交",
    ],
    [
      video,
      { meta: '{"filename":"a.mp4","sha256":"hjkahkjsjkfsjk78687dhjahdajhk"}' },
      "视频sha256值有误,请检查后重新提交",
    ],
  ])("%# 400 PARAM_ERROR %o %s", async (send, options, message) => {
    const { status, json } = await send(options);
    expect(status).toBe(400);
    expect(json).toEqual({ code: "PARAM_ERROR", message });
  });

  it("403 for a merchant without the permission", async () => {
    const { fetch, control } = createEmulator();
    control.seed({ merchants: [{ mchid: credentials.pay.mchid, permissions: ["image"] }] });
    expect((await upload(fetch)).status).toBe(200);
    const refused = await upload(fetch, { path: VIDEO_PATH, filename: "a.mp4", file: MP4 });
    expect(refused.status).toBe(403);
    expect(refused.json).toEqual({ code: "NO_AUTH", message: "商户权限异常" });
  });

  it("429 when the day's uploads are used up, until midnight in Shanghai", async () => {
    const { fetch, control } = createEmulator({
      now: () => Date.parse("2026-01-01T15:59:50Z"),
      merchants: [{ mchid: credentials.pay.mchid, dailyLimit: 2 }],
    });
    const send = (options: UploadOptions = {}) =>
      upload(fetch, { ...options, timestamp: Math.floor(control.clock.now() / 1000) });
    expect((await send({ filename: "a.txt" })).status).toBe(400);
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({
      code: "FREQUENCY_LIMIT_EXCEED",
      message: "当天上传文件数已达上限",
    });
    control.clock.advance(10_000);
    expect((await send()).status).toBe(200);
  });

  it("429 when a second's requests are used up, until the next second", async () => {
    const { fetch, control } = createEmulator({
      now: () => 1_800_000_000_000,
      merchants: [{ mchid: credentials.pay.mchid, perSecondLimit: 1 }],
    });
    const send = () => upload(fetch, { timestamp: Math.floor(control.clock.now() / 1000) });
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({
      code: "FREQUENCY_LIMIT_EXCEED",
      message: "操作过快,请稍后重试",
    });
    control.clock.advance(1000);
    expect((await send()).status).toBe(200);
  });
});

describe("a signature that does not match", () => {
  const timestamp = 1_800_000_000;
  const nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
  const emulator = (form?: "reported" | "documented") =>
    createEmulator({ now: () => timestamp * 1000, ...(form && { signErrorForm: form }) });

  it("is answered in the wire's form, with the body cut to 8 bytes", async () => {
    const meta = `{ "filename": "a.png", "sha256": "${sha256(PNG)}"}`;
    const message = `POST\n${IMAGE_PATH}\n${timestamp}\n${nonce}\n${meta}\n`;
    const sent = { meta, signedBody: "{}", timestamp, nonce };
    const { status, json } = await upload(emulator().fetch, sent);
    expect(status).toBe(401);
    expect(json).toEqual({
      code: "SIGN_ERROR",
      message: "错误的签名,验签失败",
      detail: {
        detail: { issue: "sign not match" },
        field: "signature",
        location: "authorization",
        sign_information: {
          method: "POST",
          url: IMAGE_PATH,
          truncated_sign_message: `POST\n${IMAGE_PATH}\n${timestamp}\n${nonce}\n{ "filen\n`,
          sign_message_length: Buffer.byteLength(message),
        },
      },
    });
  });

  it("is answered in the documented form on request", async () => {
    const { json } = await upload(emulator("documented").fetch, { timestamp, signedBody: "{}" });
    expect(json.detail.issue).toBe("sign not match");
    expect(json.detail.detail).toBeUndefined();
  });

  it("does not cut a character in half", async () => {
    const meta = '{"a":"商户"}';
    const { json } = await upload(emulator().fetch, { meta, signedBody: "x", timestamp, nonce });
    const information = json.detail.sign_information;
    expect(information.truncated_sign_message.endsWith(`${nonce}\n{"a":"\n`)).toBe(true);
    expect(information.sign_message_length).toBe(
      Buffer.byteLength(`POST\n${IMAGE_PATH}\n${timestamp}\n${nonce}\n${meta}\n`),
    );
  });

  it.each([
    ["another key", { privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey }],
    ["another nonce", { authorization: authorization({ timestamp }, IMAGE_PATH, "x") }],
    [
      "no base64",
      {
        authorization: authorization({ timestamp }, IMAGE_PATH, "").replace(
          /signature=".../,
          'signature="***',
        ),
      },
    ],
  ])("%s", async (_, options) => {
    const sent = { timestamp, ...options } as UploadOptions;
    const { status, json } = await upload(emulator().fetch, sent);
    expect([status, json.code]).toEqual([401, "SIGN_ERROR"]);
  });

  it("is what a meta part with a filename leads to, over an empty body", async () => {
    const meta = JSON.stringify({ filename: "a.png", sha256: sha256(PNG) });
    const body = Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="meta"; filename="blob"\r\nContent-Type: application/json\r\n\r\n${meta}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`,
      ),
      PNG,
      Buffer.from("\r\n--b--\r\n"),
    ]);
    const sent = { meta, body, boundary: "b", timestamp, nonce };
    const { status, json } = await upload(emulator().fetch, sent);
    expect(status).toBe(401);
    const { sign_information } = json.detail;
    const message = `POST\n${IMAGE_PATH}\n${timestamp}\n${nonce}\n\n`;
    expect(sign_information.truncated_sign_message).toBe(message);
    expect(sign_information.sign_message_length).toBe(message.length);
    expect(json.detail.detail.issue).toBe("sign not match");
  });
});

describe("Authorization", () => {
  const good = () =>
    authorization({}, IMAGE_PATH, JSON.stringify({ filename: "商户.png", sha256: sha256(PNG) }));
  const FORMAT = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》";

  it("takes its keys in any order, with blanks after the commas", async () => {
    const [scheme, values = ""] = good().split(/ (.*)/);
    const shuffled = `${scheme} ${values.split(",").reverse().join(", ")}`;
    expect((await image({ authorization: shuffled })).status).toBe(200);
  });

  it.each([
    ["none", { headers: { authorization: null } }, FORMAT],
    ["another scheme", { authorization: "Bearer token" }, "Http头Authorization认证类型不正确"],
    ["a key missing", { authorization: good().replace(/nonce_str="[^"]*",/, "") }, FORMAT],
    ["a key twice", { authorization: `${good()},mchid="1"` }, FORMAT],
    ["no quotes", { authorization: good().replaceAll('"', "") }, FORMAT],
    ["a nonce of 33", { nonce: "a".repeat(33) }, FORMAT],
    [
      "301 seconds late",
      { timestamp: 1_800_000_000 - 301 },
      "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟",
    ],
    [
      "6 minutes early",
      { timestamp: 1_800_000_000 + 360 },
      "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟",
    ],
    ["an unknown serial", { serialNo: "0".repeat(40) }, "商户证书序列号有误。"],
    ["an unknown mchid", { mchid: "1900000000" }, "商户未申请过证书。"],
  ])("%s is a 401", async (_, options, message) => {
    const clocked = "timestamp" in options ? { now: () => 1_800_000_000_000 } : {};
    const { status, json } = await upload(createEmulator(clocked).fetch, options);
    expect(status).toBe(401);
    expect(json).toEqual({ code: "SIGN_ERROR", message });
  });

  it("may be 300 seconds old", async () => {
    const { fetch } = createEmulator({ now: () => 1_800_000_000_000 });
    expect((await upload(fetch, { timestamp: 1_800_000_000 - 300 })).status).toBe(200);
  });

  it("of an unknown mchid is a 500 on request", async () => {
    const { fetch } = createEmulator({ strict: { unknownMchidIsServerError: true } });
    const { status, json } = await upload(fetch, { mchid: "1900000000" });
    expect(status).toBe(500);
    expect(json).toEqual({ code: "SYSTEM_ERROR", message: "系统繁忙,请稍后重试" });
  });

  it.each([
    ["none", "商户未申请过证书。"],
    ["expired", "商户证书已过期。"],
    ["revoked", "商户证书已作废。"],
    ["replaced", "已更换证书，请使用新证书"],
    ["no-api-v3-key", "商户未设置APIv3密钥。"],
  ])("of a merchant whose certificate is %s", async (certificateState, message) => {
    const merchant = { mchid: credentials.pay.mchid, certificateState } as Merchant;
    const { status, json } = await upload(createEmulator({ merchants: [merchant] }).fetch);
    expect([status, json.message]).toEqual([401, message]);
  });

  it("of a merchant of one region is unknown in the other, by host and by path", async () => {
    const { mchid } = credentials.pay;
    const statusIn = async (region: Merchant["region"], host: string, path: string) => {
      const { fetch } = createEmulator({ merchants: [{ mchid, ...(region && { region }) }] });
      return (await upload(fetch, { path }, `https://${host}`)).status;
    };
    const mainland = "api.mch.weixin.qq.com";
    const hongKong = "apihk.mch.weixin.qq.com";
    const global = "/v3/global/merchant-service/images/upload";
    expect(await statusIn("mainland", mainland, IMAGE_PATH)).toBe(200);
    expect(await statusIn("mainland", hongKong, IMAGE_PATH)).toBe(401);
    expect(await statusIn("mainland", mainland, global)).toBe(401);
    expect(await statusIn("global", mainland, IMAGE_PATH)).toBe(401);
    expect(await statusIn("global", hongKong, global)).toBe(200);
    expect(await statusIn(undefined, hongKong, global)).toBe(200);
  });

  it("is verified with the merchant's own key", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const merchant = { mchid: "1900000109", serialNo: "A".repeat(40), publicKey };
    const { fetch } = createEmulator({ merchants: [merchant] });
    const as = { mchid: merchant.mchid, serialNo: merchant.serialNo };
    expect((await upload(fetch, { ...as, privateKey })).status).toBe(200);
    expect((await upload(fetch, as)).status).toBe(401);
    expect((await upload(fetch)).status).toBe(200);
  });

  it("may be replayed, unless that is looked for", async () => {
    const lax = createEmulator();
    const strict = createEmulator({ strict: { nonceReplay: true } });
    const nonce = "once";
    expect((await upload(lax.fetch, { nonce })).status).toBe(200);
    expect((await upload(lax.fetch, { nonce })).status).toBe(200);
    expect((await upload(strict.fetch, { nonce })).status).toBe(200);
    expect((await upload(strict.fetch, { nonce })).status).toBe(401);
    strict.control.clock.advance(301_000);
    const timestamp = Math.floor(strict.control.clock.now() / 1000);
    expect((await upload(strict.fetch, { nonce, timestamp })).status).toBe(200);
  });
});

describe("the client's headers", () => {
  const refusal = { code: "INVALID_REQUEST", message: "Http头缺少Accept或User-Agent" };

  it.each([
    { "user-agent": null },
    { "user-agent": " " },
    { accept: "text/html" },
    { accept: "image/*" },
  ])("%o is refused before the signature is looked at", async (headers) => {
    const { status, json } = await image({ headers, signedBody: "wrong" });
    expect([status, json]).toEqual([400, refusal]);
  });

  it.each(["application/json", "*/*", " */*", "text/plain, application/json;q=0.9"])(
    "Accept %o is fine",
    async (accept) => {
      expect((await image({ headers: { accept } })).status).toBe(200);
    },
  );
});

describe("routes", () => {
  it("answers 404 and 405 with an empty body", async () => {
    const { fetch } = createEmulator();
    const missing = await upload(fetch, { path: "/v3/merchant/media/nothing" });
    expect([missing.status, missing.text]).toEqual([404, ""]);
    const wrongMethod = await fetch(`https://api.mch.weixin.qq.com${IMAGE_PATH}`);
    expect([wrongMethod.status, await wrongMethod.text()]).toEqual([405, ""]);
    expect(wrongMethod.headers.get("request-id")).toBeTruthy();
  });

  it("answers 413 to a body above maxBodyBytes", async () => {
    const { fetch } = createEmulator({ maxBodyBytes: 500 });
    expect((await upload(fetch, { file: Buffer.alloc(500) })).status).toBe(413);
  });
});

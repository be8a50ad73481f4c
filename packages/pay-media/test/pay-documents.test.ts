// What the two documents of WeChat Pay say of their uploads, one like the other.

import type { FileInput, PayClientOptions, PayRegion } from "@wechat-edge/core";
import type { Fault } from "@wechat-edge/emulator";
import { checkImage, checkVideo, uploadImage, uploadVideo } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media, padded, renamed } from "../../../test/support/media.ts";
import { payInProcess } from "../../../test/support/pay.ts";

interface PayDocument {
  readonly id: string;
  readonly region: PayRegion;
  readonly url: string;
  readonly noun: string;
  readonly file: string;
  readonly mime: string;
  readonly mebibytes: number;
  readonly upload: typeof uploadImage & typeof uploadVideo;
  readonly check: (file: FileInput) => Promise<unknown>;
}

const DOCUMENTS: Readonly<Record<string, PayDocument>> = {
  视频上传API: {
    id: "payvideo",
    region: "mainland",
    url: "https://api.mch.weixin.qq.com/v3/merchant/media/video_upload",
    noun: "视频",
    file: "clip.mp4",
    mime: "video/mp4",
    mebibytes: 5,
    upload: uploadVideo,
    check: checkVideo,
  },
  图片上传: {
    id: "payimage",
    region: "global",
    url: "https://apihk.mch.weixin.qq.com/v3/merchant/media/upload",
    noun: "图片",
    file: "licence.jpg",
    mime: "image/jpeg",
    mebibytes: 2,
    upload: uploadImage,
    check: (picture) => checkImage(picture, { limits: "global" }),
  },
};

const MIB = 1024 * 1024;

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** A client of an emulator, and what it sent; `change` makes something else of a body on its way. */
function spied(
  options: Partial<PayClientOptions>,
  change: (body: Uint8Array<ArrayBuffer>) => BodyInit = (body) => body,
) {
  const sent: Sent[] = [];
  const { emulator } = payInProcess({}, { merchantFiles: "2024" });
  const { pay } = payInProcess({
    ...options,
    async fetch(input, init) {
      const body = new Uint8Array(await new Response(init?.body ?? null).arrayBuffer());
      const headers = new Headers(init?.headers);
      sent.push({ url: input, method: init?.method, headers, body });
      return emulator.fetch(input, { ...init, body: change(body) });
    },
  });
  return { pay, emulator, sent };
}

/** Where the bytes of a part begin. */
function partAt(body: Uint8Array, name: string): number {
  const text = new TextDecoder("latin1").decode(body);
  return text.indexOf("\r\n\r\n", text.indexOf(`name="${name}"`)) + 4;
}

const flipped = (name: string, offset: number) => (body: Uint8Array<ArrayBuffer>) => {
  const changed = body.slice();
  const at = partAt(body, name) + offset;
  changed[at] = (body[at] ?? 0) ^ 1;
  return changed;
};

const withoutFile = (body: Uint8Array<ArrayBuffer>) => {
  const end = new TextDecoder("latin1").decode(body).lastIndexOf("\r\n--");
  return new Blob([body.subarray(0, partAt(body, "file")), body.subarray(end)]);
};

for (const [title, document] of Object.entries(DOCUMENTS)) {
  const { id, region, url, noun, file, mime, mebibytes, upload, check } = document;
  const rules = (...numbers: number[]) => numbers.map((number) => `[${id}.${number}]`).join(" ");

  describe(title, () => {
    it(`${rules(1, 2, 3, 4, 5, 7, 12)} is the form that it shows, and answers a media_id`, async () => {
      const { pay, sent } = spied({ region });
      const content = await (await media(file)).arrayBuffer();
      const given = new File([content], `营业 ${file}`);
      expect(await upload(pay, given)).toEqual({ media_id: expect.stringMatching(/^.{1,512}$/) });
      expect(sent.length).toBe(1);
      const [request] = sent;
      expect([request?.method, request?.url]).toEqual(["POST", url]);
      const contentType = request?.headers.get("content-type") ?? "";
      const [, boundary] = /^multipart\/form-data; boundary=([\w-]+)$/.exec(contentType) ?? [];
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      const form = new Blob([
        `--${boundary}\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n`,
        `{"filename":"营业 ${file}","sha256":"${sha256}"}\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="营业 ${file}"\r\nContent-Type: ${mime}\r\n\r\n`,
        content,
        `\r\n--${boundary}--\r\n`,
      ]);
      expect(request?.body).toEqual(new Uint8Array(await form.arrayBuffer()));
    });

    it(`${rules(8, 9)} is signed by its meta, and not by its file`, async () => {
      const nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
      const now = Date.now();
      const { pay, sent } = spied({ region, nonce: () => nonce, now: () => now });
      await upload(pay, await media(file));
      expect(sent[0]?.headers.get("authorization")).toMatch(
        new RegExp(
          `^WECHATPAY2-SHA256-RSA2048 mchid="\\d+",nonce_str="${nonce}",timestamp="${Math.floor(now / 1000)}",serial_no="[0-9A-F]{40}",signature="[A-Za-z0-9+/]{342}=="$`,
        ),
      );
      const meta = spied({ region }, flipped("meta", 20));
      await expect(upload(meta.pay, await media(file))).rejects.toMatchObject({
        status: 401,
        apiCode: "SIGN_ERROR",
      });
      const content = spied({ region }, flipped("file", 100));
      await expect(upload(content.pay, await media(file))).rejects.toMatchObject({ status: 400 });
    });

    const again = "请检查后重新提交";
    const lifted = { maxBytes: Number.POSITIVE_INFINITY, extensions: {} };
    const refused: readonly [
      string,
      string,
      () => Promise<File>,
      ((body: Uint8Array<ArrayBuffer>) => BodyInit)?,
    ][] = [
      [
        rules(6, 15),
        `${noun}文件名称不正确,${again}`,
        async () => renamed(await media(file), `${file}.gif`),
      ],
      [
        rules(10, 16),
        `文件二进制内容不是${noun},${again}`,
        async () => new File(["%PDF-1.7"], file),
      ],
      [
        rules(11, 18),
        `文件大小不能超过${mebibytes}M,${again}`,
        async () => padded(await media(file), mebibytes * MIB + 1),
      ],
      [rules(19), `文件为空,${again}`, async () => new File([], file), withoutFile],
    ];
    for (const [held, message, bad, change] of refused) {
      it(`${held} ${message}: refused here, with what WeChat answers where it is sent`, async () => {
        const answer = { status: 400, code: "PARAM_ERROR", message };
        await expect(check(await bad())).rejects.toMatchObject({ code: "ERR_MEDIA", answer });
        const { pay, sent } = spied({ region }, change);
        await expect(upload(pay, await bad())).rejects.toMatchObject({ code: "ERR_MEDIA", answer });
        expect(sent).toEqual([]);
        // An empty file cannot be sent, but a file can be lost on its way.
        const file = change === undefined ? await bad() : await media(document.file);
        await expect(upload(pay, file, { limits: lifted })).rejects.toMatchObject({
          code: "ERR_PAY_API",
          status: 400,
          apiCode: "PARAM_ERROR",
          apiMessage: message,
        });
        expect(sent.length).toBe(1);
      });
    }

    it(`${rules(17)} ${noun}sha256值有误: is what a file answers that was changed on its way`, async () => {
      const { pay, sent } = spied({ region }, flipped("file", 100));
      await expect(upload(pay, await media(file))).rejects.toMatchObject({
        status: 400,
        apiCode: "PARAM_ERROR",
        apiMessage: `${noun}sha256值有误,${again}`,
      });
      expect(sent.length).toBe(1);
    });

    const repeated: readonly [string, string, Fault, number][] = [
      [rules(13), "系统错误", { kind: "system-error" }, 500],
      [rules(14), "文件系统错误,请稍后重试", { kind: "system-error", text: "file-system" }, 500],
      [rules(20), "操作过快,请稍后重试", { kind: "too-fast" }, 429],
    ];
    for (const [held, apiMessage, fault, status] of repeated) {
      it(`${held} ${status} ${apiMessage}: the same is sent again, after a pause, and then told`, async () => {
        const pauses: number[] = [];
        const { pay, emulator, sent } = spied({
          region,
          sleep: async (ms) => void pauses.push(ms),
        });
        emulator.control.faults.add(fault);
        await upload(pay, await media(file));
        expect(sent.length).toBe(2);
        expect(pauses.length).toBe(1);
        emulator.control.faults.add({ ...fault, times: 0 });
        await expect(upload(pay, await media(file))).rejects.toMatchObject({
          status,
          apiCode: status === 500 ? "SYSTEMERROR" : "FREQUENCY_LIMIT_EXCEED",
          apiMessage,
        });
      });
    }

    const final: readonly [string, string, Fault, number, string][] = [
      [rules(21), "当天上传文件数已达上限", { kind: "quota" }, 429, "FREQUENCY_LIMIT_EXCEED"],
      [rules(22), "商户权限异常", { kind: "no-auth" }, 403, "NO_AUTH"],
    ];
    for (const [held, apiMessage, fault, status, apiCode] of final) {
      it(`${held} ${status} ${apiMessage}: told at once, as it would be the same again`, async () => {
        const { pay, emulator, sent } = spied({ region });
        emulator.control.faults.add(fault);
        const refused = { status, apiCode, apiMessage };
        await expect(upload(pay, await media(file))).rejects.toMatchObject(refused);
        expect(sent.length).toBe(1);
      });
    }
  });
}

import { type PayApiError, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage, uploadPayFile } from "@wechat-edge/pay-media";
import { complaintImage } from "@wechat-edge/pay-media/endpoints";
import { describe, expect, it } from "vitest";
import { media } from "../../../../test/support/media.ts";
import { payInProcess } from "../../../../test/support/pay.ts";
import { replyFaults } from "../../../../test/support/reply-faults.ts";
import vectors from "../../../../test/vectors/keys.json" with { type: "json" };

describe("each fault has one outcome", () => {
  for (const [what, { fault, timeout, error, requests }] of Object.entries(replyFaults)) {
    it(what, async () => {
      const attempts: (string | undefined)[] = [];
      const { pay, emulator } = payInProcess({
        timeout,
        onAttempt: ({ apiCode }) => attempts.push(apiCode),
      });
      emulator.control.faults.add(fault);
      const upload = uploadImage(pay, await media("licence.jpg"));
      if (error === undefined) expect((await upload).media_id).not.toBe("");
      else {
        const { says = "", ...fields } = error;
        const message = expect.stringContaining(says);
        await expect(upload).rejects.toMatchObject({ ...fields, message });
      }
      expect(emulator.control.journal.entries().length).toBe(requests);
      expect(attempts.length).toBe(requests);
    });
  }
});

describe("what answered is named", () => {
  const calling = (path: string, method = "GET") =>
    payRequest(payInProcess().pay, { method, path }, { retryUnknown: true });

  for (const [path, method] of [
    ["/v3/no-such-path", "GET"],
    ["/v3/certificates", "POST"],
  ] as const) {
    it(`${method} ${path}, which WeChat Pay does not have`, async () => {
      const message = expect.stringMatching(
        /^The reply has status 40[45] and no body: WeChat Pay \(or the emulator\) has no such path or method/,
      );
      await expect(calling(path, method)).rejects.toMatchObject({ code: "ERR_REPLY", message });
    });
  }

  it("a file, which WeChat Pay does not sign", async () => {
    const { pay } = payInProcess();
    const picture = await uploadPayFile(pay, complaintImage, await media("licence.jpg"));
    const path = `/v3/merchant-service/images/${picture.media_id}`;
    await expect(payRequest(pay, { method: "GET", path })).rejects.toMatchObject({
      reason: "missing",
      message: expect.stringContaining("it is a file (see downloadPayFile)"),
    });
  });
});

describe("an answer whose cause is known", () => {
  for (const [status, code, message, advice] of [
    [
      400,
      "PARAM_ERROR",
      "输入源“/body/file”映射到字段“图片文件”必填性规则校验失败，此字段为必填项",
      /its boundary in quotes/,
    ],
    [
      400,
      "PARAM_ERROR",
      "输入源“/file”映射到字段“图片文件”必填性规则校验失败，此字段为必填项",
      /without this part/,
    ],
    [
      400,
      "PARAM_ERROR",
      "输入源“/body/meta”映射到字段“媒体文件元信息”必填性规则校验失败，此字段为必填项",
      /without this part/,
    ],
    [400, "PARAM_ERROR", "平台证书序列号Wechatpay-Serial错误", /更换 is pressed/],
    [
      400,
      "PARAM_ERROR",
      "HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)",
      /encryptSensitive/,
    ],
    [400, "PARAM_ERROR", "平台私钥解密失败", /encryptSensitive/],
    [400, "PARAM_ERROR", "请确认待处理的消息是否为加密后的密文", /encryptSensitive/],
    [400, "INVALID_REQUEST", "Http头缺少Accept或User-Agent", /removed these headers/],
    [400, "PARAM_ERROR", "图片sha256值有误,请检查后重新提交", /file was changed/],
    [400, "PARAM_ERROR", "商户没有权限", /产品中心/],
    [403, "NO_AUTH", "商户权限异常", /产品中心/],
    [403, "NOAUTH", "商户号该产品权限未开通，请前往商户平台>产品中心检查后重试", /sub-merchant/],
  ] as const) {
    it(`is explained: ${message}`, async () => {
      const { pay, emulator } = payInProcess();
      emulator.control.faults.add({ kind: "status", status, code, message });
      const error: unknown = await uploadImage(pay, await media("licence.jpg")).catch((e) => e);
      expect(error).toMatchObject({ apiMessage: message, advice: expect.stringMatching(advice) });
      const { message: text, advice: end } = error as PayApiError;
      expect(text.endsWith(`. ${end}`)).toBe(true);
    });
  }

  it.each([
    ["PARAM_ERROR", "输入源“/body/meta/file_digest”映射到字段“摘要”必填性规则校验失败"],
    ["PARAM_ERROR", "图片文件名称不正确,请检查后重新提交"],
    ["NO_AUTHORITY", "无"],
  ])("no other: %s %s", async (code, message) => {
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "status", status: 400, code, message });
    const error: unknown = await uploadImage(pay, await media("licence.jpg")).catch((e) => e);
    expect(error).toMatchObject({ apiMessage: message, advice: undefined });
    expect((error as Error).message).toMatch(
      new RegExp(`${code}: ${message}( \\(request \\S+\\))?$`),
    );
  });
});

describe("of the statuses 5xx", () => {
  const codes = { code: "SYSTEM_ERROR", message: "系统异常" };
  for (const [tries, statuses] of [
    [3, [500, 502, 503, 504, 507, 520, 529]],
    [1, [501, 505, 506, 508, 510, 511]],
  ] as const) {
    for (const status of statuses) {
      it(`${status} is asked ${tries === 1 ? "once" : "three times"}`, async () => {
        const { pay, emulator } = payInProcess();
        for (const fault of [{ kind: "html" } as const, { kind: "status", ...codes } as const]) {
          emulator.control.faults.add({ ...fault, status, times: tries });
          const upload = uploadImage(pay, await media("licence.jpg"));
          await expect(upload).rejects.toMatchObject({ status, retryable: tries > 1 });
        }
        expect(emulator.control.journal.entries().length).toBe(2 * tries);
      });
    }
  }

  it("none says that nothing was done, neither a gateway's nor WeChat Pay's own", async () => {
    const refund = (status: number, body: string) => {
      const { pay } = payInProcess({ fetch: async () => new Response(body, { status }) });
      return payRequest(pay, { method: "POST", path: "/v3/refund/a", body: {} });
    };
    const error = { code: "ERR_OUTCOME_UNKNOWN", retryable: false };
    for (const status of [500, 501, 502, 503, 504, 505, 506, 508, 510, 511]) {
      await expect(refund(status, "<html>")).rejects.toMatchObject(error);
      await expect(refund(status, JSON.stringify(codes))).rejects.toMatchObject(error);
    }
  });
});

describe("retries", () => {
  const picture = () => media("licence.jpg");

  it("back off longer each time, by chance", async () => {
    const retry = { attempts: 4, minDelay: 100, maxDelay: 250 };
    const { pay, emulator, pauses } = payInProcess({ retry });
    emulator.control.faults.add({ kind: "system-error", times: 3 });
    await uploadImage(pay, await picture());
    const bounds = [100, 200, 250];
    expect(pauses.length).toBe(3);
    for (const [i, most] of bounds.entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(most / 2);
      expect(pauses[i]).toBeLessThanOrEqual(most);
    }
  });

  it("give up where Retry-After asks for more than maxDelay", async () => {
    const { pay, emulator, pauses } = payInProcess();
    emulator.control.faults.add({ kind: "too-fast", retryAfter: 21 });
    const upload = uploadImage(pay, await picture());
    await expect(upload).rejects.toMatchObject({ status: 429, retryAfter: 21_000 });
    expect(pauses).toEqual([]);
  });

  it("and results are not lost to an onAttempt that throws or rejects", async () => {
    for (const onAttempt of [
      () => {
        throw new Error("log full");
      },
      () => Promise.reject(new Error("log full")) as never,
    ]) {
      const { pay, emulator } = payInProcess({ onAttempt });
      emulator.control.faults.add({ kind: "system-error" });
      expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
    }
  });

  it("do not happen when they are switched off, nor for a probe", async () => {
    for (const kind of ["system-error", "probe"] as const) {
      const { pay, emulator } = payInProcess({ retry: false });
      emulator.control.faults.add({ kind });
      await expect(uploadImage(pay, await picture())).rejects.toThrow();
      expect(emulator.control.journal.entries().length).toBe(1);
    }
  });

  it("repeat a probe once only", async () => {
    const { emulator } = payInProcess();
    let probes = 0;
    const { pay } = payInProcess({
      fetch: async (input, init) => {
        const { status, headers, body } = await emulator.fetch(input, init);
        const forged = new Headers(headers);
        forged.set("Wechatpay-Signature", `WECHATPAY/SIGNTEST/${"a".repeat(336)}`);
        probes += 1;
        return new Response(body, { status, headers: forged });
      },
    });
    const upload = uploadImage(pay, await picture());
    await expect(upload).rejects.toMatchObject({
      code: "ERR_SIGNATURE",
      reason: "malformed",
      probe: true,
    });
    expect(probes).toBe(2);
  });
});

describe("a platform key", () => {
  it("that cannot be used is noticed before the file is sent", async () => {
    const { pay, emulator } = payInProcess({
      platformKeys: [{ platformKeyId: "PUB_KEY_ID_1", key: vectors.keys["small.spki"] }],
    });
    await expect(uploadImage(pay, await media("licence.jpg"))).rejects.toThrow(
      /RSA key of 1024 bits/,
    );
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("is looked up by its serial number in upper or lower case", async () => {
    const keys = credentials.pay.platformKeys.filter(
      ({ platformKeyId }) => !platformKeyId.startsWith("PUB_KEY_ID_"),
    );
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      platformKeys: keys.map(({ platformKeyId, key }) => ({
        platformKeyId: platformKeyId.toLowerCase(),
        key,
      })),
      async fetch(input, init) {
        const { status, headers, body } = await emulator.fetch(input, init);
        const lower = new Headers(headers);
        lower.set("Wechatpay-Serial", (headers.get("Wechatpay-Serial") ?? "").toLowerCase());
        return new Response(body, { status, headers: lower });
      },
    });
    expect((await uploadImage(pay, await media("licence.jpg"))).media_id).not.toBe("");
  });
});

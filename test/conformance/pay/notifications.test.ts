// Notifications of WeChat Pay: what is read, and each way in which one is refused.

import type { SignatureError } from "@wechat-edge/core";
import {
  answerNotification,
  NotificationError,
  notificationAnswer,
  readNotification,
} from "@wechat-edge/core/pay-notifications";
import { createEmulator } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { failure } from "../../support/mp.ts";
import {
  clientOf,
  merchantKeys,
  plain,
  type Received,
  received,
  refusalOf,
} from "../../support/received-notification.ts";

describe("a notification that is read", () => {
  it("has the fields of the wire and the decrypted resource", async () => {
    const emulator = createEmulator({ now: () => Date.parse("2026-03-01T00:00:00Z") });
    const given = await received(emulator, { id: "EV-1", event_type: "REFUND.SUCCESS" });
    const read = await readNotification<{ refund_status: string }>(clientOf(emulator), given);
    const { resource, ...rest } = read;
    expect(resource.refund_status).toBe("SUCCESS");
    expect(rest).toEqual({
      id: "EV-1",
      create_time: "2026-03-01T08:00:00+08:00",
      event_type: "REFUND.SUCCESS",
      resource_type: "encrypt-resource",
      summary: "退款成功",
      original_type: "refund",
      associated_data: "refund",
    });
  });

  it.each<[string, (given: Received) => unknown]>([
    [
      "a Request",
      ({ headers, body }) => new Request("https://a.example/", { method: "POST", headers, body }),
    ],
    [
      "bytes and Headers",
      ({ headers, body }) => ({ headers, body: new TextEncoder().encode(body) }),
    ],
    [
      "an ArrayBuffer",
      ({ headers, body }) => ({ headers, body: new TextEncoder().encode(body).buffer }),
    ],
    ["text and a Map", ({ headers, body }) => ({ headers: new Map(headers), body })],
    [
      "an object in lower case, as Node has it",
      ({ headers, body }) => ({ headers: plain(headers), body }),
    ],
    [
      "an object in upper case",
      ({ headers, body }) => ({
        headers: Object.fromEntries(
          [...headers].map(([name, value]) => [name.toUpperCase(), value]),
        ),
        body,
      }),
    ],
    [
      "an object of lists, as functions of clouds have it",
      ({ headers, body }) => ({
        headers: Object.fromEntries([...headers].map(([name, value]) => [name, [value]])),
        body,
      }),
    ],
    ["base64", ({ headers, body }) => ({ headers, body: base64(body), isBase64Encoded: true })],
    [
      "values with blanks around",
      ({ headers, body }) => ({
        headers: Object.fromEntries([...headers].map(([name, value]) => [name, ` ${value} `])),
        body,
      }),
    ],
    [
      "a Request that is no global one",
      ({ headers, body }) => ({
        headers,
        arrayBuffer: async () => new TextEncoder().encode(body).buffer,
      }),
    ],
  ])("may come as %s", async (_, form) => {
    const emulator = createEmulator();
    const given = await received(emulator);
    const { resource } = await readNotification(clientOf(emulator), form(given) as Received);
    expect(resource["trade_state"]).toBe("SUCCESS");
  });

  it("is decrypted as the official vector of AEAD_AES_256_GCM", async () => {
    // wechatpay-java, AeadAesCipherTest: its plaintext is no JSON, and the message says its 7 bytes.
    const apiV3Key = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";
    const body = JSON.stringify({
      id: "EV-1",
      event_type: "A",
      resource: {
        algorithm: "AEAD_AES_256_GCM",
        ciphertext: "ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=",
        nonce: "uluk4a9R25RW",
        associated_data: "associatedData",
      },
    });
    const error = await refusalOf({ body }, undefined, { apiV3Key });
    expect(error).toMatchObject({ code: "ERR_NOTIFICATION", reason: "resource" });
    expect(error.message).toContain("7 bytes are not a JSON object");
  });
});

describe("a notification without a valid signature", () => {
  it("comes from the future, as a slow clock sees it", async () => {
    const emulator = createEmulator();
    const now = () => emulator.control.clock.now() - 400_000;
    const error = await failure(
      readNotification(clientOf(emulator, { now }), await received(emulator)),
    );
    expect(error).toMatchObject({ reason: "stale" });
    expect(error.message).toMatch(/(?:39|40)\d seconds after .* clock of this machine is slow/);
  });

  it("is signed with the merchant's own key", async () => {
    const emulator = createEmulator();
    const pay = clientOf(emulator);
    const { headers, body } = await received(emulator);
    const [timestamp, nonce] = ["timestamp", "nonce"].map((name) =>
      headers.get(`wechatpay-${name}`),
    );
    const signature = await signedByMerchant(`${timestamp}\n${nonce}\n${body}\n`);
    const forged = { headers: { ...plain(headers), "wechatpay-signature": signature }, body };
    const error = await failure(readNotification(pay, forged));
    expect(error).toMatchObject({ reason: "wrong-key" });
    expect(error.message).toContain("the merchant's own private key");
  });
});

describe("a body that is not what WeChat Pay sent", () => {
  it("was read already", async () => {
    const emulator = createEmulator();
    const { headers, body } = await received(emulator);
    const request = new Request("https://a.example/", { method: "POST", headers, body });
    await request.json();
    const error = await failure(readNotification(clientOf(emulator), request));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain("was read already");
  });
});

describe("a body over 1 MiB", () => {
  const chunk = new Uint8Array(64 * 1024);

  it.each<[string, object]>([
    ["announced by its length", { "content-length": String(1024 * 1024 + 1) }],
    ["without a length", {}],
  ])("is refused before it is read whole, %s", async (_, headers) => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(chunk);
      },
    });
    const request = {
      headers: new Headers(headers as never),
      body,
      arrayBuffer: async () => chunk.buffer,
    };
    const error = await failure(readNotification(clientOf(createEmulator()), request));
    expect(error).toBeInstanceOf(NotificationError);
    expect(error).toMatchObject({ reason: "too-large" });
    expect(pulled).toBeLessThan(20);
    expect(answerNotification(error).status).toBe(400);
  });

  it("is refused as text and as bytes too, and 1 MiB is not", async () => {
    const pay = clientOf(createEmulator());
    for (const body of ["x".repeat(1024 * 1024 + 1), new Uint8Array(1024 * 1024 + 1)]) {
      expect(await failure(readNotification(pay, { headers: {}, body }))).toMatchObject({
        reason: "too-large",
      });
    }
    const body = "x".repeat(1024 * 1024);
    expect(await failure(readNotification(pay, { headers: {}, body }))).toMatchObject({
      reason: "missing",
    });
  });
});

describe("the answer", () => {
  it("is 204 without a body for a success", async () => {
    const response = answerNotification();
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(notificationAnswer()).toEqual({ status: 204, headers: {}, body: "" });
  });
});

describe("the emulator sends it again", () => {
  it("after a probe, until it is answered with success", async () => {
    const emulator = createEmulator();
    const pay = clientOf(emulator);
    const seen: string[] = [];
    const to = async (request: Request): Promise<Response> => {
      try {
        seen.push((await readNotification(pay, request)).id);
        return answerNotification();
      } catch (error) {
        seen.push((error as SignatureError).probe ? "probe" : String(error));
        return answerNotification(error);
      }
    };
    const sent = await emulator.control.notify({ to, id: "EV-1", fault: "probe" });
    expect(sent).toMatchObject({ state: "waiting", attempts: [{ status: 401, fault: "probe" }] });
    emulator.control.clock.advance(15_000);
    await emulator.control.deliverNotifications();
    expect(seen).toEqual(["probe", "EV-1"]);
    expect(emulator.control.notifications).toMatchObject([
      { state: "delivered", nextTime: undefined },
    ]);
  });
});

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

async function signedByMerchant(message: string): Promise<string> {
  const { privateKey } = await merchantKeys();
  const bytes = new TextEncoder().encode(message);
  const signed = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, bytes);
  return btoa(String.fromCharCode(...new Uint8Array(signed)));
}

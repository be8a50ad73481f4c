import type { Fault } from "../../faults/fault.ts";
import { own } from "../../validation/own.ts";
import { aesGcmEncrypt } from "../aes-gcm.ts";
import { newRequestId, newSealNonce } from "../ids.ts";
import type { PlatformKey } from "../platform/keys.ts";
import { rfc3339 } from "../rfc3339.ts";
import { signatureHeaders, tampered } from "../signature-headers.ts";
import type { Notification, NotificationFault } from "./notification.ts";
import { samples } from "./samples.ts";

const encoder = new TextEncoder();

/** An APIv3 key that no client has. */
const OTHER_API_V3_KEY = "wechat-edge-another-apiv3-key-00";

/** The event and what it says, complete. */
export interface Content {
  id: string;
  event_type: string;
  body: (apiV3Key: string) => Promise<string>;
}

/** Completes a notification. The order of the fields is that of notifications as they came (reported). */
export function contentOf(notification: Notification, mchid: string, now: number): Content {
  const { event_type = "TRANSACTION.SUCCESS", body } = notification;
  const time = rfc3339(now);
  const sample = own(samples, event_type);
  const id = notification.id ?? crypto.randomUUID();
  const original_type =
    notification.original_type ??
    sample?.originalType ??
    event_type.replace(/\..*/, "").toLowerCase();
  const { associated_data = original_type } = notification;
  const resource = JSON.stringify(notification.resource ?? sample?.resource(mchid, time));
  return {
    id,
    event_type,
    async body(apiV3Key) {
      if (body !== undefined) return body;
      const nonce = newSealNonce();
      const ciphertext = await aesGcmEncrypt(apiV3Key, nonce, associated_data ?? "", resource);
      return JSON.stringify({
        id,
        create_time: time,
        resource_type: "encrypt-resource",
        event_type,
        summary: notification.summary ?? sample?.summary ?? event_type,
        resource: {
          original_type,
          algorithm: "AEAD_AES_256_GCM",
          ciphertext,
          ...(associated_data !== null && { associated_data }),
          nonce,
        },
      });
    },
  };
}

/** A request that sends a notification. */
export interface Message {
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

const OF_THE_SIGNATURE: readonly string[] = [
  "probe",
  "wrong-signature",
  "missing-signature",
  "unknown-serial",
  "stale",
];

/** Encrypts and signs a notification anew, as each attempt does, with the fault applied. */
export async function messageOf(
  content: Content,
  key: PlatformKey,
  apiV3Key: string,
  now: number,
  fault: NotificationFault | undefined,
): Promise<Message> {
  const sealKey = fault === "wrong-api-v3-key" ? OTHER_API_V3_KEY : apiV3Key;
  const body = encoder.encode(await content.body(sealKey));
  const ofSignature = OF_THE_SIGNATURE.includes(fault ?? "");
  const signature = await signatureHeaders(
    key,
    { clock: { now: () => now }, scheme: "WECHATPAY2-SHA256-RSA2048" },
    body,
    ofSignature ? ({ kind: fault } as Fault) : undefined,
  );
  return {
    headers: {
      "content-type": "application/json",
      accept: "*/*",
      "user-agent": "Mozilla/4.0",
      "request-id": newRequestId(),
      ...signature,
    },
    body: changed(body, fault) as Uint8Array<ArrayBuffer>,
  };
}

function changed(body: Uint8Array, fault: NotificationFault | undefined): Uint8Array {
  if (fault === "tampered") return tampered(body);
  if (fault !== "rewritten") return body;
  // With a blank after each colon and comma, as Python writes JSON.
  return encoder.encode(new TextDecoder().decode(body).replace(/"([:,])"/g, '"$1 "'));
}

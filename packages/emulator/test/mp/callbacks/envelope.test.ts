import { describe, expect, it } from "vitest";
import vectors from "../../../../../test/vectors/message-envelopes.json" with { type: "json" };
import {
  callbackSignature,
  decryptMessage,
  encryptMessage,
} from "../../../src/mp/callbacks/envelope.ts";

describe("the emulator's envelope", () => {
  it.each([...vectors.received, ...vectors.sealed])("is WeChat's: $name", async (vector) => {
    const { token, timestamp, nonce, encrypt, encodingAESKey, appid, message } = vector;
    expect(await callbackSignature(token, timestamp, nonce, encrypt)).toBe(vector.msg_signature);
    expect(await decryptMessage(encodingAESKey, encrypt, appid)).toBe(message);
    const again = await encryptMessage(encodingAESKey, message, appid);
    expect(again).toHaveLength(encrypt.length);
    expect(await decryptMessage(encodingAESKey, again, appid)).toBe(message);
  });

  it.each([
    ["of another appid", "A".repeat(43), "wx0000000000000000"],
    ["with another key", "B".repeat(43), "wx134c8103faa5a59e"],
  ])("is not opened %s", async (_, key, appid) => {
    const sealed = await encryptMessage("A".repeat(43), "<xml></xml>", "wx134c8103faa5a59e");
    expect(await decryptMessage(key, sealed, appid)).toBeUndefined();
  });
});

// Other people's clients that receive messages, unmodified: they understand what the emulator sends, the emulator
// understands their replies, and each opens what the other sealed.

import { createRequire } from "node:module";
import { createMpClient } from "@wechat-edge/core";
import { messageAnswer, readMessage } from "@wechat-edge/core/mp-messages";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { accounts, modes } from "../interop/callbacks/accounts.ts";
import { clients } from "../interop/callbacks/clients.ts";
import { taken } from "../interop/callbacks/expectations.ts";
import { FAULTS } from "../interop/callbacks/faults.ts";
import { sendAll, TEXT } from "../interop/callbacks/send-all.ts";
import { loadEasywechat } from "../interop/easywechat-official-account.ts";

describe("the messages of the emulator", () => {
  it.each(clients)(
    "are understood and answered by $name",
    { timeout: 20_000 },
    async ({ name }) => {
      const run = await sendAll(name);
      for (const mode of modes) {
        const { verified, text, picture, event } = run.modes[mode];
        expect(verified, mode).toBe(true);
        const follower = "oIx26e3b4a1c0d9f857abcdefghi";
        expect(text, mode).toMatchObject({
          sent: { state: "delivered", reply: expect.stringContaining(follower) },
          understood: { MsgType: "text", Content: TEXT, FromUserName: follower },
        });
        const [MediaId] = /(?<=<MediaId><!\[CDATA\[)[^\]]+/.exec(picture.sent.xml) ?? [];
        expect(picture.understood, mode).toMatchObject({ MsgType: "image", MediaId });
        const [article_id] = /(?<=<article_id><!\[CDATA\[)[^\]]+/.exec(event.sent.xml) ?? [];
        expect(event, mode).toMatchObject({
          sent: { state: "delivered" },
          understood: { Event: "PUBLISHJOBFINISH", PublishEventInfo: { article_id } },
        });
      }
      expect(run.ticket.understood).toMatchObject({
        InfoType: "component_verify_ticket",
        ComponentVerifyTicket: expect.stringMatching(/^ticket@@@/),
      });
      const took = FAULTS.filter((fault) => run.faults[fault]?.understood !== undefined);
      expect(took).toEqual(taken[name]);
    },
  );
});

/** Seals and opens what is in the envelope of a message. */
interface Crypt {
  seal(message: string): { encrypt: string; signature: string };
  open(encrypt: string, about: { signature: string; timestamp: string; nonce: string }): string;
}

const { appid } = credentials.mp;
const { token, encodingAESKey } = accounts.encrypted;
const timestamp = String(Math.floor(Date.now() / 1000));
const nonce = "1372623149";

function wechatCrypto(): Crypt {
  const interop = createRequire(new URL("../interop/package.json", import.meta.url));
  const load = createRequire(interop.resolve("co-wechat"));
  const Crypto = load("wechat-crypto") as new (
    ...secrets: string[]
  ) => {
    encrypt(text: string): string;
    decrypt(text: string): { message: string; id: string };
    getSignature(...texts: string[]): string;
  };
  const crypto = new Crypto(token, encodingAESKey, appid);
  return {
    seal(message) {
      const encrypt = crypto.encrypt(message);
      return { encrypt, signature: crypto.getSignature(timestamp, nonce, encrypt) };
    },
    open(encrypt, about) {
      expect(crypto.getSignature(about.timestamp, about.nonce, encrypt)).toBe(about.signature);
      const { message, id } = crypto.decrypt(encrypt);
      expect(id).toBe(appid);
      return message;
    },
  };
}

function easywechat(): Crypt {
  const Encryptor = loadEasywechat("Core/Encryptor") as new (
    ...secrets: string[]
  ) => {
    encrypt(text: string, nonce: string, timestamp: string): string;
    decrypt(text: string, signature: string, nonce: string, timestamp: string): string;
  };
  const encryptor = new Encryptor(appid, token, encodingAESKey, appid);
  return {
    seal(message) {
      const xml = encryptor.encrypt(message, nonce, timestamp);
      return { encrypt: field(xml, "Encrypt"), signature: field(xml, "MsgSignature") };
    },
    open: (encrypt, { signature, timestamp, nonce }) =>
      encryptor.decrypt(encrypt, signature, nonce, timestamp),
  };
}

const field = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)`).exec(xml)?.[1] ?? "";

describe.each([
  ["wechat-crypto", wechatCrypto],
  ["the Encryptor of node-easywechat", easywechat],
])("%s", (_, make) => {
  const mp = createMpClient({ appid, secret: "s", messageToken: token, encodingAESKey });
  // Every length of padding.
  const texts = Array.from({ length: 32 }, (_, length) => "灯".padEnd(length + 1, "笼"));

  it("seals messages that readMessage reads", () => {
    const crypt = make();
    return Promise.all(
      texts.map(async (Content) => {
        const message = `<xml><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>${Content}</Content></xml>`;
        const { encrypt, signature } = crypt.seal(message);
        const query = { msg_signature: signature, timestamp, nonce, encrypt_type: "aes" };
        const url = `/wechat?${new URLSearchParams(query)}`;
        const body = `<xml><Encrypt>${encrypt}</Encrypt></xml>`;
        expect(await readMessage(mp, { url, body })).toMatchObject({ Content });
      }),
    );
  });

  it("opens the replies of messageAnswer", () => {
    const crypt = make();
    return Promise.all(
      texts.map(async (text) => {
        const reply = `<xml><Content>${text}</Content></xml>`;
        const { body } = await messageAnswer(mp, { reply });
        const opened = crypt.open(field(body, "Encrypt"), {
          signature: field(body, "MsgSignature"),
          timestamp: field(body, "TimeStamp"),
          nonce: field(body, "Nonce"),
        });
        expect(opened).toBe(reply);
      }),
    );
  });
});

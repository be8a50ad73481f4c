import { taken } from "./callbacks/expectations.ts";
import { FAULTS } from "./callbacks/faults.ts";
import { table } from "./markdown-table.ts";

const MESSAGES = `## Messages to an Official Account

The emulator verifies the address of each client and sends it a text, a picture and the event at the end of a publication, in each mode (明文模式, 兼容模式, 安全模式), and the ticket of a third-party platform. Each understands all of them, and the emulator understands what each replies. What wechat-crypto and the Encryptor of node-easywechat seal, \`readMessage\` reads, and they open what \`messageAnswer\` seals, with every length of padding.

co-wechat replies with CreateTime and TimeStamp in milliseconds, and signs them so. node-easywechat needs an application of its own for each request, because it keeps the decrypting handlers of earlier ones.

### What each takes in 安全模式 that WeChat did not send
`;

const PLATFORMS = `## Third-party platforms, under WeChat's host name

wechat-component (with co-wechat for its pushes) and node-easywechat go the whole way: they read the ticket, take the token of the platform and a pre-authorization code, read the code of an authorization from its push and exchange it, refresh the token of the account where each refresh replaces the refresh token, upload a picture for the account, and read that it has withdrawn. Neither looks for a refresh token that was lost in the list of WeChat.
`;

/** The sections of clients that receive messages and act for accounts. The tests of both see that they are true. */
export function callbackSections(): string[] {
  const rows = Object.entries(taken).map(([name, faults]) => [
    name,
    ...FAULTS.map((fault) => (faults.includes(fault) ? "**taken**" : "refused")),
  ]);
  return [MESSAGES, table(["client", ...Object.values(FAULT_TEXTS)], rows), PLATFORMS];
}

const FAULT_TEXTS: Readonly<Record<(typeof FAULTS)[number], string>> = {
  "wrong-signature": "another signature",
  tampered: "a changed ciphertext",
  "wrong-key": "another key",
  "other-appid": "for another AppID",
  clear: "in clear text",
  stale: "an hour old",
};

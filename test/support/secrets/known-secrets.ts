// The secrets that are written down here: those of every emulator, and those of the tests.

import { credentials } from "../../../packages/emulator/src/demo/credentials.ts";
import vectors from "../../vectors/keys.json" with { type: "json" };
import type { SecretFinder } from "./finder.ts";
import { secretPartOf } from "./private-key.ts";

const { pay, mp, platform } = credentials;

const secrets: readonly (readonly [kind: string, secret: string])[] = [
  ["an APIv3 key", pay.apiV3Key],
  ["an AppSecret", mp.secret],
  ["an AppSecret", platform.component_appsecret],
  ["a Token of messages", platform.messageToken],
  ["a Token of messages", "aRandomToken1"],
  ["a Token of messages", "simulatedToken"],
  ["an EncodingAESKey", platform.encodingAESKey],
  ["an EncodingAESKey", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"],
  ["an EncodingAESKey", "simulatedKeyOfTheMessagesOfTheAccount000000"],
];

/** Lets a finder know all of them. */
export function knowWrittenSecrets({ know }: Pick<SecretFinder, "know">): void {
  for (const [kind, secret] of secrets) know(kind, secret);
  for (const pem of [pay.privateKey, ...Object.values(vectors.keys)]) {
    if (!pem.includes("PRIVATE KEY")) continue;
    const base64 = pem.replace(/-----[^-]+-----|^.*:.*$|\s/gm, "");
    know("a private key", secretPartOf(base64));
  }
}

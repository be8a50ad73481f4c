import { generateKeyPairSync } from "node:crypto";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { randomText } from "../../../packages/emulator/src/bytes/random.ts";
import { createSecretFinder, findByLooks } from "./finder.ts";
import { knowWrittenSecrets } from "./known-secrets.ts";

const odd = `S3cret?>"/+\\~ÿ??>of~~the_test`;
const forms: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => `{${secret}}`,
  "in JSON": (secret) => JSON.stringify({ a: [secret] }),
  "in JSON of PHP": (secret) => JSON.stringify(secret).replaceAll("/", "\\/"),
  "in a URL": (secret) => `https://a.example/?a=${encodeURIComponent(secret)}&b=1`,
  "in a form": (secret) => new URLSearchParams({ a: secret }).toString(),
  "in a URL, with small letters": (secret) =>
    encodeURIComponent(secret).replace(/%../g, (escaped) => escaped.toLowerCase()),
  ...Object.fromEntries(
    ["", "{", "{a"].flatMap((before) =>
      (["base64", "base64url", "hex"] as const).map((encoding) => [
        `in ${encoding} after “${before}”`,
        (secret: string) => Buffer.from(`${before}${secret}}`).toString(encoding),
      ]),
    ),
  ),
  "in hex, with capital letters": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
  "in base64 in a URL": (secret) => encodeURIComponent(Buffer.from(secret).toString("base64")),
};

describe("createSecretFinder finds a secret", () => {
  it.each(Object.entries(forms))("%s", (_, shown) => {
    const { know, find } = createSecretFinder();
    know("a thing", odd);
    expect(find(`before ${shown(odd)} after`)).toEqual([
      expect.stringMatching(/^a thing, in|^a thing, as/),
    ]);
    expect(find(`before ${shown(`${odd.slice(0, 9)}-${odd.slice(9)}`)} after`)).toEqual([]);
  });

  it("that is cut off, if it is long", () => {
    const { know, find } = createSecretFinder();
    const token = `10_${"abcdefgh-ijklmnop".repeat(8)}`;
    know("a token", token);
    expect(find(`${token.slice(0, 60)}…`)).toEqual(["a token, as it is"]);
    expect(find(`…${token.slice(-60)}`)).toEqual(["a token, as it is"]);
  });

  it("of every kind that is written down", () => {
    const { know, find } = createSecretFinder();
    knowWrittenSecrets({ know });
    const { pay, mp, platform } = credentials;
    for (const secret of [pay.apiV3Key, mp.secret, platform.component_appsecret]) {
      expect(find(secret)).toHaveLength(1);
    }
    const base64 = pay.privateKey.replace(/-----[^-]+-----|\n/g, "");
    for (const [from, to] of [
      [440, 490],
      [700, 1300],
      [-70, 9999],
    ]) {
      expect(find(base64.slice(from, to))).toEqual(["a private key, as it is"]);
    }
    const isPublic = [
      pay.mchid,
      pay.serialNo,
      pay.certificate,
      ...pay.platformKeys.map(({ key }) => key),
    ];
    expect(find(isPublic.join("\n"))).toEqual([]);
  });
});

describe("findByLooks finds", () => {
  it("a private key, whoever made it", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = (type: "pkcs1" | "pkcs8") => String(privateKey.export({ format: "pem", type }));
    for (const text of [
      pem("pkcs1"),
      JSON.stringify(pem("pkcs8")),
      encodeURIComponent(pem("pkcs8")),
    ]) {
      expect(findByLooks(text)).toContain("a private key, by its looks");
    }
    const der = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
    expect(findByLooks(der)).toEqual(["a private key, by its looks"]);
    expect(findByLooks(String(publicKey.export({ format: "pem", type: "spki" })))).toEqual([]);
    expect(findByLooks("It must begin with -----BEGIN PRIVATE KEY-----\nand end so.")).toEqual([]);
  });

  it("what an emulator gives: tokens, tickets and codes", async () => {
    const { fetch } = createEmulator();
    const { appid, secret } = credentials.mp;
    const query = new URLSearchParams({ grant_type: "client_credential", appid, secret });
    const reply = await fetch(`https://api.weixin.qq.com/cgi-bin/token?${query}`);
    expect(findByLooks(await reply.text())).toEqual(["an access token, by its looks"]);
    for (const name of ["ticket", "refreshtoken", "preauthcode", "queryauthcode"]) {
      const leak = "a ticket, code or token of a platform, by its looks";
      expect(findByLooks(`no ${name}@@@${randomText(43)}`)).toEqual([leak]);
    }
    const ids = Array.from({ length: 10_000 }, (_, index) => randomText(index % 2 ? 64 : 107));
    expect(findByLooks(ids.join(" "))).toEqual([]);
  });
});

it("what can occur by chance is no secret", () => {
  const { know, find } = createSecretFinder();
  for (const secret of ["secret", "f".repeat(32)]) know("a thing", secret);
  expect(find(`secret ${"f".repeat(64)}`)).toEqual([]);
});

import { base64Decode } from "../bytes/base64.ts";
import { check } from "../validation/check.ts";
import { exactlyOne, fields, flag, optional, text, that, together } from "../validation/rules.ts";
import type { Control } from "./control.ts";
import type { MaterialNews } from "./library-news.ts";
import type { ControlRoute } from "./route.ts";
import { seedsRule } from "./seeds-rule.ts";
import type { UserMedia } from "./user-sends.ts";

/** Accepts merchants, accounts or both. */
export const seedRoute: ControlRoute = {
  POST(control, body) {
    control.seed(check(seedsRule, body, "body"));
    return { ok: true };
  },
};

/** By appid: the tokens and how often the token endpoints were called. */
const tokensJson = ({ tokens, accounts }: Control): object =>
  Object.fromEntries(
    accounts.map(({ appid }) => [
      appid,
      { tokens: tokens.list(appid), calls: tokens.calls(appid) },
    ]),
  );

interface TokenSteps {
  kill?: string;
  expire?: string;
  replace?: boolean;
}

const TOKENS = together(
  fields<TokenSteps>({ kill: optional(text), expire: optional(text), replace: optional(flag) }),
  ({ kill, expire, replace }) =>
    kill === undefined ? expire !== undefined && replace === undefined : expire === undefined,
  '{"kill": appid, "replace": true or false} or {"expire": appid}',
);

export const tokenRoute: ControlRoute = {
  GET: tokensJson,
  POST(control, body) {
    const { kill, expire, replace = false } = check(TOKENS, body, "body");
    if (kill !== undefined) control.tokens.kill(kill, { replace });
    if (expire !== undefined) control.tokens.expire(expire);
    return tokensJson(control);
  },
};

const BASE64 = that(
  (value) => typeof value === "string" && base64Decode(value) !== undefined,
  "the file in base64",
);

/** A follower's file as JSON has it: `bytes` is base64. */
export function readUserMedia(
  what: string,
  { bytes, ...media }: Record<string, unknown>,
): UserMedia {
  check(optional(BASE64), bytes, `${what}.bytes`);
  const file = bytes === undefined ? {} : { bytes: base64Decode(bytes as string) };
  return { ...media, ...file } as UserMedia;
}

export const userRoute: ControlRoute = {
  POST: (control, body) => ({ media_id: control.userSends(readUserMedia("body", body)) }),
};

export const materialNewsRoute: ControlRoute = {
  POST: (control, body) => ({ media_id: control.addMaterialNews(body as unknown as MaterialNews) }),
};

const CLIENT_IP = exactlyOne<{ clientIp: string | null }>(
  {
    clientIp: that((value) => value === null || typeof value === "string", "an IP address or null"),
  },
  '{"clientIp": IP address, or null for the address of the socket}',
);

const clientIpJson = ({ clientIp }: Control): object => ({ clientIp: clientIp ?? null });

export const clientIpRoute: ControlRoute = {
  GET: clientIpJson,
  POST(control, body) {
    const { clientIp } = check(CLIENT_IP, body, "body");
    control.clientIp = clientIp ?? undefined;
    return clientIpJson(control);
  },
};

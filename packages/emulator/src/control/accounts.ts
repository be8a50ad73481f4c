import { base64Decode } from "../bytes/base64.ts";
import type { Control } from "./control.ts";
import type { UserMedia } from "./user-sends.ts";

type Body = Record<string, unknown>;

/** Takes merchants and accounts, either or both. */
export function seed(control: Control, { merchants, accounts, ...rest }: Body): void {
  const isList = (value: unknown): boolean => value === undefined || Array.isArray(value);
  const nothing = merchants === undefined && accounts === undefined;
  if (nothing || !isList(merchants) || !isList(accounts) || Object.keys(rest).length > 0) {
    throw new TypeError(
      'The body must be {"merchants": [{"mchid": …}], "accounts": [{"appid": …}]}, or one of the two.',
    );
  }
  control.seed({
    ...(merchants !== undefined && { merchants: merchants as [] }),
    ...(accounts !== undefined && { accounts: accounts as [] }),
  });
}

/** By appid: the tokens and how often they were asked for. */
export const tokensJson = ({ tokens, accounts }: Control): object =>
  Object.fromEntries(
    accounts.map(({ appid }) => [
      appid,
      { tokens: tokens.list(appid), calls: tokens.calls(appid) },
    ]),
  );

/** `{"kill": appid, "replace"?}` or `{"expire": appid}`. */
export function steerTokens(control: Control, body: Body): object {
  const { kill, expire, replace = false, ...rest } = body;
  const one = (kill === undefined) !== (expire === undefined);
  const appid = kill ?? expire;
  const fits = typeof replace === "boolean" && (kill !== undefined || !("replace" in body));
  if (!one || typeof appid !== "string" || !fits || Object.keys(rest).length > 0) {
    throw new TypeError(
      'The body must be {"kill": appid, "replace": true or false} or {"expire": appid}.',
    );
  }
  if (kill !== undefined) control.tokens.kill(appid, { replace });
  else control.tokens.expire(appid);
  return tokensJson(control);
}

const USER_FIELDS = ["appid", "type", "bytes", "size", "filename"];

/** The file as base64 in `bytes`, as JSON has no bytes. */
export function steerUser(control: Control, body: Body): object {
  const unknown = Object.keys(body).find((name) => !USER_FIELDS.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`The body has ${unknown}; it must have ${USER_FIELDS.join(", ")}.`);
  }
  const { bytes: base64, ...rest } = body;
  const media = rest as unknown as UserMedia;
  if (base64 === undefined) return { media_id: control.userSends(media) };
  const bytes = typeof base64 === "string" ? base64Decode(base64) : undefined;
  if (bytes === undefined) throw new TypeError("bytes must be the file in base64.");
  return { media_id: control.userSends({ ...media, bytes }) };
}

/** `{"clientIp": "1.2.3.4"}`, or null for that of the socket. */
export function steerClientIp(control: Control, { clientIp, ...rest }: Body): object {
  const fits = clientIp === null || typeof clientIp === "string";
  if (!fits || Object.keys(rest).length > 0) {
    throw new TypeError('The body must be {"clientIp": address or null}.');
  }
  control.clientIp = clientIp ?? undefined;
  return { clientIp };
}

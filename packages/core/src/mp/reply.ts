import { ReplyError } from "../errors.ts";
import { type JsonObject, kindOf, type Reply, retryAfterOf } from "../http/reply.ts";
import { MpApiError } from "./errors.ts";
import { isLikeObject, parseMpObject } from "./json.ts";
import { redact, type Secrets } from "./redact.ts";

/**
 * WeChat ends its messages with ` hint: [TBkgwa0494d106] rid: 6584fd9e-56fbbc7e-310e0214`, or one of the two. The
 * bounds keep the search fast in long strings.
 */
const TAIL =
  /(?:[\s,]{0,8}hints?:\s{0,8}\[\s{0,8}([^\]]{0,256}?)\s{0,8}\])?(?:[\s,]{0,8}rid:\s{0,8}([\w-]{1,64}))?$/;

/**
 * Returns the JSON object of a successful reply, whatever its Content-Type is. WeChat's successes have errcode 0, ret 0
 * or neither; any other errcode or ret is a failure. Throws MpApiError, which shows none of the `secrets`, or ReplyError.
 */
export function mpReplyObject(
  reply: Reply,
  endpoint: string,
  now: number,
  secrets: Secrets,
): JsonObject {
  const object = parseMpObject(reply.body);
  if (object === undefined) throw noObject(reply, endpoint, now);
  const error = mpErrorOf(object, endpoint, secrets);
  if (error !== undefined) throw error;
  if (reply.status < 200 || reply.status > 299) throw noObject(reply, endpoint, now);
  return object;
}

/** Returns the error in a JSON reply of an Official Account's API without the secrets, or undefined. */
export function mpErrorOf(
  object: JsonObject,
  endpoint: string,
  secrets: Secrets,
): MpApiError | undefined {
  for (const field of ["errcode", "ret"] as const) {
    const value = object[field];
    if (value === undefined || value === null || Number(value) === 0) continue;
    // Number([40001]) would be one, too.
    const errcode = typeof value === "string" ? Number(value) : value;
    if (!isWhole(errcode)) {
      // A string is not shown: it may repeat the token.
      const shown = typeof value === "number" ? String(value) : `of type ${typeof value}`;
      throw new ReplyError(
        `The reply to ${endpoint} has ${field} ${shown}, which must be a whole number.`,
        { status: 200 },
      );
    }
    const errmsg = object["errmsg"] ?? object["msg"];
    const text = typeof errmsg === "string" ? errmsg.trimEnd() : "";
    // WeChat's text may repeat what was sent.
    return new MpApiError({ errcode, endpoint, ...readErrmsg(redact(text, secrets)) });
  }
  return undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

function readErrmsg(text: string): { errmsg: string; hint?: string; rid?: string } {
  const [tail = "", hint, rid] = TAIL.exec(text) ?? [];
  const errmsg = text.slice(0, text.length - tail.length);
  return { errmsg, ...(hint !== undefined && { hint }), ...(rid !== undefined && { rid }) };
}

function noObject(reply: Reply, endpoint: string, now: number): ReplyError {
  const { status } = reply;
  const isBroken = isLikeObject(new TextDecoder().decode(reply.body));
  const why = isBroken
    ? "That is broken JSON, cut or changed on its way: if it comes again, look for a proxy in between."
    : status === 412
      ? "WeChat answers 412 to a body without Content-Length: a proxy between here and WeChat sends it chunked."
      : "Something other than WeChat's API answered, such as a proxy or a captive portal: check baseUrl and the network.";
  return new ReplyError(
    `The reply to ${endpoint} has status ${status} and ${kindOf(reply)} instead of a JSON object. ${why}`,
    { status, retryAfter: retryAfterOf(reply, now) },
  );
}

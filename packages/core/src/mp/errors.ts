import { WechatError } from "../errors.ts";
import { adviceFor, isBusyErrcode } from "./errcodes.ts";

/** An Official Account's API answered with an `errcode` (in video calls, a `ret`) other than 0. */
export class MpApiError extends WechatError {
  override readonly name: string = "MpApiError";
  static readonly code: "ERR_MP_API" = "ERR_MP_API";
  override readonly code: "ERR_MP_API" = "ERR_MP_API";
  /** WeChat's error number; decide by it, not by `errmsg`. */
  readonly errcode!: number;
  /** WeChat's message without its end (`hint: […] rid: …`). Its wording changes. */
  readonly errmsg!: string;
  /** WeChat's id of the request, which its support asks for. */
  readonly rid: string | undefined;
  /** The `hint` at the end of WeChat's message, for its support. */
  readonly hint: string | undefined;
  /** Path of the call, such as `/cgi-bin/media/upload`, without the query that contains the access_token. */
  readonly endpoint!: string;
  /** For 40164: the IP address to add to the IP whitelist (IP 白名单). */
  readonly ip: string | undefined;
  /** True for -1 (busy) and 45011 (too fast). */
  declare readonly retryable: boolean;

  constructor(reply: {
    errcode: number;
    errmsg: string;
    endpoint: string;
    rid?: string | undefined;
    hint?: string | undefined;
    /** Advice in place of the usual one for this errcode. */
    advice?: string | undefined;
    cause?: unknown;
  }) {
    const { errcode, errmsg, endpoint, rid, hint } = reply;
    const ip = errcode === 40164 ? /\bip ([0-9a-f.:]+)/i.exec(errmsg)?.[1] : undefined;
    const id = rid === undefined ? "" : ` (rid ${rid})`;
    const advice = reply.advice ?? adviceFor(errcode, endpoint, ip);
    super(
      `WeChat answered ${errcode} to ${endpoint}: ${errmsg}${id}.${advice === "" ? "" : ` ${advice}`}`,
      reply,
    );
    const retryable = isBusyErrcode(errcode);
    Object.assign(this, { errcode, errmsg, rid, hint, endpoint, ip, retryable });
  }
}

/** Returns the same error with other advice, and with a cause if there is one. */
export function withAdvice(error: MpApiError, advice: string, cause?: unknown): MpApiError {
  const { errcode, errmsg, endpoint, rid, hint } = error;
  return new MpApiError({ errcode, errmsg, endpoint, rid, hint, advice, cause });
}

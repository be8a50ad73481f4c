import { WechatError } from "../errors.ts";
import { adviceFor, isBusyErrcode } from "./errcodes.ts";

/** An Official Account's API answered with an `errcode` other than 0 (or a `ret`, as the video calls have it). */
export class MpApiError extends WechatError {
  override readonly name: string = "MpApiError";
  static readonly code: "ERR_MP_API" = "ERR_MP_API";
  override readonly code: "ERR_MP_API" = "ERR_MP_API";
  /** WeChat's number: classify by it. */
  readonly errcode: number;
  /** WeChat's text without its tail (`hint: […] rid: …`); its wording changes. */
  readonly errmsg: string;
  /** The request's id at WeChat, which its support asks for. */
  readonly rid: string | undefined;
  /** The `hint` of the text's tail, for WeChat's support. */
  readonly hint: string | undefined;
  /** Path of the call, such as `/cgi-bin/media/upload`; never its query, which holds the token. */
  readonly endpoint: string;
  /** Of 40164: the address that is not in the white list. */
  readonly ip: string | undefined;
  /** True of -1 (busy) and 45011 (too fast). */
  override readonly retryable: boolean;

  constructor(reply: {
    errcode: number;
    errmsg: string;
    endpoint: string;
    rid?: string | undefined;
    hint?: string | undefined;
    /** What to do, in place of the advice for this number. */
    advice?: string | undefined;
    cause?: unknown;
  }) {
    const { errcode, errmsg, endpoint, rid, hint } = reply;
    const ip = errcode === 40164 ? /\bip ([0-9a-f.:]+)/i.exec(errmsg)?.[1] : undefined;
    const id = rid === undefined ? "" : ` (rid ${rid})`;
    const advice = reply.advice ?? adviceFor(errcode, endpoint, ip);
    super(
      `WeChat answered ${errcode} to ${endpoint}: ${errmsg}${id}.${advice === "" ? "" : ` ${advice}`}`,
      reply.cause === undefined ? undefined : { cause: reply.cause },
    );
    this.errcode = errcode;
    this.errmsg = errmsg;
    this.rid = rid;
    this.hint = hint;
    this.endpoint = endpoint;
    this.ip = ip;
    this.retryable = isBusyErrcode(errcode);
  }
}

/** The same error with other advice, and with a cause where there is one. */
export function withAdvice(error: MpApiError, advice: string, cause?: unknown): MpApiError {
  const { errcode, errmsg, endpoint, rid, hint } = error;
  return new MpApiError({ errcode, errmsg, endpoint, rid, hint, advice, cause });
}

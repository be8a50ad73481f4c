import type { AbortSignal } from "../../async/abort-signal.ts";
import { abortable } from "../../async/abortable.ts";
import { WechatError } from "../../errors.ts";
import type { JsonObject, Reply } from "../../http/reply.ts";
import type { Transport } from "../../http/transport.ts";
import { type MpCall, sendMp } from "../call.ts";
import type { MpClient, MpParts } from "../client.ts";
import { isTokenErrcode } from "../errcodes.ts";
import { MpApiError } from "../errors.ts";
import { jsonBody } from "../json-body.ts";
import { tokenSecret } from "../redact.ts";
import { type IssuedToken, issueToken } from "../tokens/issue.ts";

/** What one request showed. */
export interface MpAnswer {
  /** Absent if no reply came. */
  readonly reply: Reply | undefined;
  /** The JSON object of a success. */
  readonly object: JsonObject | undefined;
  readonly error: WechatError | undefined;
}

/** The calls whose right and quota are asked for, by line. */
export const ASKED_CALLS = {
  material: "/cgi-bin/material/add_material",
  drafts: "/cgi-bin/draft/add",
  publishing: "/cgi-bin/freepublish/submit",
  "media-api": "/cgi-bin/publish/uploadnews",
} as const;

/** Everything that a checkup knows. */
export interface MpEvidence {
  readonly mp: MpClient;
  readonly kind: MpParts["tokens"]["kind"];
  /** The answer to a call without a token. */
  readonly knock: MpAnswer;
  /** How many seconds this machine is fast; negative if it is slow. */
  readonly fast: number | undefined;
  /** The token that was taken, or why there is none; absent if none was asked for. */
  readonly token: { readonly requested: boolean; readonly error: unknown } | undefined;
  /** The answer to a call that reads, with the token. */
  readonly count: MpAnswer | undefined;
  /** Whose token it is, for one that the caller provides. */
  readonly owner: MpAnswer | undefined;
  /** The quotas of `ASKED_CALLS`, by path. */
  readonly quotas: ReadonlyMap<string, MpAnswer>;
  /** How many requests were sent. */
  readonly requests: number;
}

const COUNT: MpCall = {
  operation: "checkMpClient",
  method: "GET",
  path: "/cgi-bin/material/get_materialcount",
};
const NO_SECRETS = { query: {}, hidden: [] };

/** Asks until an answer makes the others pointless. */
export async function examine(
  mp: MpClient,
  parts: MpParts,
  signal: AbortSignal | undefined,
): Promise<MpEvidence> {
  const { tokens } = parts;
  const { kind } = tokens;
  let requests = 0;
  const transport: Transport = {
    ...parts.transport,
    retry: { ...parts.transport.retry, attempts: 1 },
    fetch: (url, init) => {
      requests += 1;
      return parts.transport.fetch(url, init);
    },
  };
  const gateway = { baseUrl: mp.baseUrl, transport };
  const ask = async (call: MpCall, token?: string): Promise<MpAnswer> => {
    let reply: Reply | undefined;
    const secrets = token === undefined ? NO_SECRETS : tokenSecret(token);
    const onReply = (received: Reply): void => {
      reply = received;
    };
    try {
      const object = await sendMp(gateway, call, secrets, signal, 1, onReply);
      return { reply, object, error: undefined };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof WechatError)) throw error;
      return { reply, object: undefined, error };
    }
  };

  const knock = await ask(COUNT);
  const fast = fastBy(knock, transport.now());
  const evidence = { mp, kind, knock, fast, count: undefined, owner: undefined };
  const quotas = new Map<string, MpAnswer>();
  if (!isWechat(knock)) return { ...evidence, token: undefined, quotas, requests };

  const before = requests;
  const secret = parts.secret();
  const issue = (): Promise<IssuedToken> =>
    issueToken(gateway, { appid: mp.appid, secret: secret ?? "", kind: kind as "plain" }, false);
  // A stable token is the same for every caller; another plain one would end the one before.
  const taking =
    kind === "stable"
      ? abortable(issue(), signal).then(({ value }) => value)
      : tokens.get(signal, issue);
  const taken = await outcomeOf(taking, signal);
  const token = { requested: requests > before, error: taken.error };
  const value = taken.object;
  if (value === undefined) return { ...evidence, token, quotas, requests };

  const count = await ask(COUNT, value);
  if (isRefusedAll(count)) return { ...evidence, token, count, quotas, requests };
  const post = (path: string, body: object): MpCall => ({
    ...{ operation: "checkMpClient", method: "POST", path },
    ...jsonBody(body),
  });
  const owner =
    kind === "provided"
      ? await ask(post("/cgi-bin/account/getaccountbasicinfo", {}), value)
      : undefined;
  for (const cgi_path of Object.values(ASKED_CALLS)) {
    quotas.set(cgi_path, await ask(post("/cgi-bin/openapi/quota/get", { cgi_path }), value));
  }
  return { ...evidence, token, count, owner, quotas, requests };
}

async function outcomeOf<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<{ object: T; error: undefined } | { object: undefined; error: unknown }> {
  try {
    return { object: await work, error: undefined };
  } catch (error) {
    signal?.throwIfAborted();
    return { object: undefined, error };
  }
}

/** Whether WeChat's API answered, if only to say that there is no token. */
export function isWechat({ object, error }: MpAnswer): boolean {
  return object !== undefined || error instanceof MpApiError;
}

/** Whether the other calls would be answered in the same way. */
function isRefusedAll({ object, error }: MpAnswer): boolean {
  if (object !== undefined) return false;
  return !(error instanceof MpApiError) || isTokenErrcode(error.errcode) || error.ip !== undefined;
}

/** The clock of a proxy proves nothing, and a browser hides the header. */
function fastBy(answer: MpAnswer, now: number): number | undefined {
  const date = Date.parse(answer.reply?.headers.get("date") ?? "");
  if (Number.isNaN(date) || !isWechat(answer)) return undefined;
  return Math.floor(now / 1000) - Math.floor(date / 1000);
}

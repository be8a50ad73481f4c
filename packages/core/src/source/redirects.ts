import type { AbortSignal } from "../async/abort-signal.ts";
import { ReplyError } from "../errors.ts";
import { type HttpAddress, httpAddress } from "../http/address.ts";
import type { FetchResponse } from "../http/fetch-type.ts";
import { discardBody } from "../http/response-body.ts";
import type { Transport } from "../http/transport.ts";

/** What becomes of a redirect: an error, or another request. */
export type RedirectRule = "error" | "follow";

/** One GET. */
export interface UrlRequest {
  /** The value of the Range header. */
  readonly range: string;
  /** Headers of the caller, for the origin of the address alone. */
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: RedirectRule;
  readonly signal: AbortSignal;
}

const MAX_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Sends one GET, and follows redirects if the rule says so, without the caller's headers once one leads to another
 * origin. Throws ReplyError for a redirect that is not followed.
 */
export async function askThrough(
  transport: Transport,
  first: HttpAddress,
  { range, headers, redirect, signal }: UrlRequest,
): Promise<FetchResponse> {
  const ask = (address: HttpAddress, own: object, mode?: "manual"): Promise<FetchResponse> =>
    transport.fetch(address.href, {
      method: "GET", // for the first request too: a signed URL is good for one method only
      // Ranges must be of the file itself, not of its compressed form; browsers send this by themselves.
      headers: { "Accept-Encoding": "identity", ...own, Range: range },
      signal,
      ...(mode !== undefined && { redirect: mode }),
    });
  let address = first;
  let own = headers;
  for (let followed = 0; ; followed++) {
    const response = await ask(address, own, "manual");
    const { status } = response;
    const isHidden = response.type === "opaqueredirect";
    // A fetch of the caller's may follow whatever it is asked.
    const wasFollowed = response.redirected === true && redirect === "error";
    if (!isHidden && !wasFollowed && !REDIRECTS.includes(status)) return response;
    await discardBody(response);
    const refuse = (why: string): never => {
      throw new ReplyError(`${shown(address)} ${why}`, { status });
    };
    if (wasFollowed) refuse(FOLLOWED);
    const next = isHidden ? undefined : targetOf(address, response);
    if (redirect === "error") {
      const to = isHidden ? "elsewhere: the browser does not show where" : described(next);
      refuse(`redirects ${to} (status ${status}). ${NOT_FOLLOWED}`);
    }
    if (isHidden) {
      if (Object.keys(own).length > 0) refuse(HIDDEN);
      return ask(address, own);
    }
    if (next === undefined) return refuse(`redirects ${described(next)} (status ${status}).`);
    if (address.origin.startsWith("https:") && !next.origin.startsWith("https:")) {
      return refuse(`redirects ${described(next)}, from https to http, which is not followed.`);
    }
    if (followed === MAX_REDIRECTS) {
      return refuse(`is the end of ${MAX_REDIRECTS} redirects, and redirects ${described(next)}.`);
    }
    if (next.origin !== first.origin) own = {};
    address = next;
  }
}

const NOT_FOLLOWED =
  'Redirects are not followed, since they may lead to servers inside your network: pass the address of the file itself, or redirect: "follow" if you trust the server.';
const FOLLOWED =
  'was redirected: your own fetch follows redirects although it gets redirect: "manual". Let it pass that on, or pass redirect: "follow".';
const HIDDEN =
  "redirects, and the browser does not show where, so that headers could reach another server. Pass the address of the file itself, or no headers.";

/** Where a redirect leads, if that is an http or https address. */
function targetOf(address: HttpAddress, { headers }: FetchResponse): HttpAddress | undefined {
  const location = headers.get("location") ?? undefined;
  if (location === undefined || !URL.canParse(location, address.href)) return undefined;
  return httpAddress(new URL(location, address.href).href);
}

/** What follows "redirects", without the query, which may hold a signature. */
function described(target: HttpAddress | undefined): string {
  return target === undefined
    ? "without an http or https address in Location"
    : `to ${shown(target)}`;
}

/** An address without its query. */
export function shown({ origin, pathname }: HttpAddress): string {
  return `${origin}${pathname}`;
}

import type { PayClient, PayRequest } from "@wechat-edge/core";
import { checkPayPath, withQuery } from "@wechat-edge/core/internal/pay";
import { given, type HttpAddress, httpAddress } from "@wechat-edge/core/internal/upload";

/** The file to download: a path, or the address that another call of WeChat Pay answered with. */
export type PayFileAddress =
  | {
      /** Path such as `/v3/merchant-service/images/{media_id}`, with its parameters filled in and encoded. */
      readonly path: string;
      /** Query parameters, not encoded yet; undefined ones are left out. */
      readonly query?: PayRequest["query"];
    }
  | {
      /** The address as WeChat gave it; for a picture of a complaint, its `media_url`. */
      readonly download_url: string;
      /** `SHA1` or `SHA256`. Required with `hash_value`. */
      readonly hash_type?: string | undefined;
      /** The digest of the file, of a gzip file after decompression, in hexadecimal. */
      readonly hash_value?: string | undefined;
      /** An encrypted bill has it. Its digest cannot be compared before you decrypt it. */
      readonly encrypt_key?: string | undefined;
    };

/** Where a download is sent. */
export interface Target {
  /** Path and query exactly as they are sent and signed. */
  readonly path: string;
  /** Where to send it, if not to the client's `baseUrl`. */
  readonly origin?: string;
}

/** Throws TypeError for an address that must not get the Authorization. */
export function targetOf(pay: PayClient, what: PayFileAddress): Target {
  if (!("download_url" in what)) {
    if (what.path === undefined) {
      throw new TypeError(
        `downloadPayFile needs download_url or path, not ${Object.keys(what).join()}.`,
      );
    }
    checkPayPath(what.path);
    return { path: withQuery(what) };
  }
  const { download_url } = what;
  const url = httpAddress(download_url);
  if (url === undefined) {
    throw new TypeError(
      `download_url must be the https address that WeChat Pay answered with, not ${given(download_url)}.`,
    );
  }
  // Not resolved again: a path that begins with // would lose its first part.
  const path = `${url.pathname}${url.search}`;
  const home = httpAddress(pay.baseUrl);
  if (url.origin === home?.origin) return { path };
  if (!isWechat(url)) {
    throw new TypeError(
      `download_url is at ${url.origin}, neither WeChat Pay's nor this client's baseUrl (${pay.baseUrl}): a signed request is not sent there.`,
    );
  }
  // A relay or the emulator in place of WeChat gets what is addressed to WeChat.
  return home !== undefined && isWechat(home) ? { path, origin: url.origin } : { path };
}

function isWechat({ origin }: HttpAddress): boolean {
  return /^https:\/\/[a-z0-9-]+\.mch\.weixin\.qq\.com$/.test(origin);
}

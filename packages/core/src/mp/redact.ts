import { MpApiError } from "./errors.ts";

/** What a request carries and no error may show. */
export interface Secrets {
  /** Parameters of the query. */
  readonly query: Readonly<Record<string, string>>;
  /** The secrets themselves, wherever they stand. */
  readonly hidden: readonly string[];
}

/** The one secret of a call to the API. */
export function tokenSecret(access_token: string): Secrets {
  return { query: { access_token }, hidden: [access_token] };
}

/** WeChat, or whoever answers in its place, may repeat what it was sent. */
export function withoutSecrets(secrets: Secrets): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof MpApiError)) throw error;
    const { errcode, endpoint } = error;
    const texts = [error.errmsg, error.rid, error.hint];
    const [errmsg = "", rid, hint] = texts.map((text) => text && redact(text, secrets));
    if (errmsg === error.errmsg && rid === error.rid && hint === error.hint) throw error;
    throw new MpApiError({ errcode, errmsg, endpoint, rid, hint });
  };
}

/** The text without any of the secrets. */
export function redact(text: string, { hidden }: Secrets): string {
  let clean = text;
  for (const secret of hidden) {
    clean = clean.replaceAll(encodeURIComponent(secret), "***").replaceAll(secret, "***");
  }
  return clean.replace(/\b(access_token|secret)=[^&\s"')]+/g, "$1=***");
}

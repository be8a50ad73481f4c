/** What a request contains and no error may show. */
export interface Secrets {
  /** Secret parameters of the query. */
  readonly query: Readonly<Record<string, string>>;
  /** The secrets themselves, to be removed wherever they appear. */
  readonly hidden: readonly string[];
}

/** The secrets of a call: its access_token. */
export function tokenSecret(access_token: string): Secrets {
  return { query: { access_token }, hidden: [access_token] };
}

/** Returns the string without the secrets. */
export function redact(text: string, { hidden }: Secrets): string {
  let clean = text;
  for (const secret of hidden) {
    clean = clean.replaceAll(encodeURIComponent(secret), "***").replaceAll(secret, "***");
  }
  return clean.replace(/(access_token|secret)=[^&\s"')]+/g, "$1=***");
}

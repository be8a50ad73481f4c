/** The members of a URL that this library uses, for programs whose types have no URL. */
export interface HttpAddress {
  readonly href: string;
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** Returns the parts of an absolute http or https address without a user name, or undefined for anything else. */
export function httpAddress(value: unknown): HttpAddress | undefined {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url !== undefined && `${url.username}${url.password}` === "";
  return isPlain && /^https?:$/.test(url.protocol) ? url : undefined;
}

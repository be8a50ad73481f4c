/** Returns the URL if a value is an absolute http or https address without a user name. */
export function httpAddress(value: unknown): URL | undefined {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url !== undefined && `${url.username}${url.password}` === "";
  return isPlain && /^https?:$/.test(url.protocol) ? url : undefined;
}

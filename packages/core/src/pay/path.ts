import { shown } from "../given.ts";

/** Path and query as fetch sends them, which is how they must be signed. */
export function pathOnTheWire(path: string): string {
  const { pathname, search } = new URL(path, "https://api.mch.weixin.qq.com");
  return `${pathname}${search}`;
}

/** Whether fetch sends the path unchanged. */
export function isOnTheWire(path: string): boolean {
  return /^\/(?!\/)/.test(path) && pathOnTheWire(path) === path;
}

/** Returns the path. Throws TypeError unless it is a v3 path that fetch sends unchanged. */
export function checkPayPath(path: string): string {
  if (
    typeof path === "string" &&
    /^\/(?:v3|hk\/v3|brand)\//.test(path) &&
    pathOnTheWire(path) === path
  ) {
    return path;
  }
  throw new TypeError(
    `path must be an encoded path of WeChat Pay v3, such as "/v3/merchant-service/images/upload", not ${shown(path)}.`,
  );
}

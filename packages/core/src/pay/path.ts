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

const PAY_PATH = /^\/(?:(?:hk\/)?v3|brand)\//;

/** Returns the path. Throws TypeError unless it is a path of WeChat Pay v3 that fetch sends unchanged. */
export function checkPayPath(path: string): string {
  if (typeof path === "string" && PAY_PATH.test(path) && pathOnTheWire(path) === path) return path;
  throw new TypeError(
    `path must be an encoded path of WeChat Pay v3, such as "/v3/merchant-service/images/upload", not ${shown(path)}.`,
  );
}

/** Whether only brands may call a path, which then is signed with their scheme. */
export function isBrandPath(path: string): boolean {
  return path.startsWith("/brand/");
}

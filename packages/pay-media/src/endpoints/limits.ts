import type { FileLimits } from "@wechat-edge/core";
import { MIB } from "../limits.ts";

/** Pictures of up to 2M. */
export const PICTURE_LIMITS: Partial<FileLimits> = {
  extensions: { jpg: ["jpeg"], jpeg: ["jpeg"], png: ["png"], bmp: ["bmp"] },
  maxBytes: 2 * MIB,
};

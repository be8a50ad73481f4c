import type { FileLimits } from "@wechat-edge/core";

export const MIB: number = 1024 * 1024;

/** Pictures of up to 2M. */
export const PICTURE_LIMITS: Partial<FileLimits> = {
  extensions: { jpg: ["jpeg"], jpeg: ["jpeg"], png: ["png"], bmp: ["bmp"] },
  maxBytes: 2 * MIB,
};

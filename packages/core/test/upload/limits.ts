import type { FileLimits } from "../../src/upload/file-limits.ts";

/** Of pictures, their names as short as WeChat Pay wants them. */
export const LIMITS: FileLimits = {
  extensions: { jpg: ["jpeg"], png: ["png"] },
  maxBytes: 1,
  maxNameLength: 255,
  contentMatchesExtension: true,
  fourByteNames: true,
};

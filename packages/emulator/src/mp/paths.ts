/** Where the `video_url` of a download leads; the real one names a host of its own. */
export const VIDEO_PATH_PREFIX = "/vweixinp.tc.qq.com/";

/** Where articles and their pictures are; the real ones name hosts of their own. */
export const isPagePath = (path: string): boolean => path === "/s" || path.startsWith("/mmbiz/");

/** Whether a path is one of the Official Account. */
export const isMpPath = (path: string): boolean =>
  path.startsWith("/cgi-bin/") || path.startsWith(VIDEO_PATH_PREFIX) || isPagePath(path);

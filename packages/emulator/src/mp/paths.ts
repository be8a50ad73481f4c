/** The path of a `video_url`; WeChat's own has another host. */
export const VIDEO_PATH_PREFIX = "/vweixinp.tc.qq.com/";

/** The paths of articles and pictures; WeChat's own have other hosts. */
export const isPagePath = (path: string): boolean => path === "/s" || path.startsWith("/mmbiz/");

/** Whether a path belongs to the Official Account. */
export const isMpPath = (path: string): boolean =>
  path.startsWith("/cgi-bin/") || path.startsWith(VIDEO_PATH_PREFIX) || isPagePath(path);

import type { MpEndpoint } from "../endpoints.ts";

const endpoint = (name: string, source: string): MpEndpoint => ({
  method: "POST",
  path: `/cgi-bin/comment/${name}`,
  evidence: { path: "documented", answer: "documented", errors: "documented" },
  source,
});

export const openCommentsEndpoint: MpEndpoint = endpoint("open", "打开已群发文章评论");
export const closeCommentsEndpoint: MpEndpoint = endpoint("close", "关闭已群发文章评论");

/** The calls that switch the comments of published articles. */
export const commentEndpoints: readonly MpEndpoint[] = [
  openCommentsEndpoint,
  closeCommentsEndpoint,
];

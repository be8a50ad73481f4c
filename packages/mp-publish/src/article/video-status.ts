/** 0 in review, 2 refused, 3 approved, 4 being transcoded, 5 transcoding failed, 9 banned, 10 deleted. */
export type VideoStatusCode = 0 | 2 | 3 | 4 | 5 | 9 | 10;

/** The status in which an article may show a video. */
export const APPROVED: VideoStatusCode = 3;

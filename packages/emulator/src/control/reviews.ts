import type { Control } from "./control.ts";

type Body = Record<string, unknown>;

export const videosJson = ({ videos }: Control): object => ({ videos: videos.list() });

/** `{"media_id", "status", "wording"?, "oriStatus"?}`. */
export function steerVideos(control: Control, body: Body): object {
  const { media_id, status, wording, oriStatus, ...rest } = body;
  if (Object.keys(rest).length > 0) {
    throw new TypeError(
      'The body must be {"media_id": …, "status": number, "wording": text, "oriStatus": number}.',
    );
  }
  control.videos.setStatus(
    media_id as string,
    status as number,
    wording as string | undefined,
    oriStatus as number | undefined,
  );
  return videosJson(control);
}

export const newsJson = ({ news }: Control): object => ({ news: news.list() });

/** `{"media_id", "result": "pass" or "refuse", "reason"?}`. */
export function steerNews(control: Control, body: Body): object {
  const { media_id, result, reason, ...rest } = body;
  if (Object.keys(rest).length > 0) {
    throw new TypeError(
      'The body must be {"media_id": …, "result": "pass" or "refuse", "reason": text}.',
    );
  }
  const given = reason as string | undefined;
  control.news.review(media_id as string, result as "pass" | "refuse", given);
  return newsJson(control);
}

export const draftsJson = ({ drafts }: Control): object => ({ drafts: drafts.list() });

export const publicationsJson = ({ publications }: Control): object => ({
  publications: publications.list(),
});

/** `{"publish_id", "status", "fail_idx"?}`. */
export function steerPublications(control: Control, body: Body): object {
  const { publish_id, status, fail_idx, ...rest } = body;
  if (Object.keys(rest).length > 0) {
    throw new TypeError('The body must be {"publish_id": …, "status": number, "fail_idx": [1]}.');
  }
  control.publications.setStatus(
    publish_id as string,
    status as number,
    fail_idx as number[] | undefined,
  );
  return publicationsJson(control);
}

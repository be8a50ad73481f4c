import { check } from "../validation/check.ts";
import {
  anyWholeNumber,
  fields,
  listOf,
  oneOf,
  optional,
  text,
  that,
} from "../validation/rules.ts";
import type { Control } from "./control.ts";
import type { ControlRoute } from "./route.ts";

interface VideoReview {
  media_id: string;
  status: number;
  wording?: string;
  ori_status?: number;
}

const VIDEO = fields<VideoReview>({
  media_id: text,
  status: anyWholeNumber,
  wording: optional(text),
  ori_status: optional(anyWholeNumber),
});

const videosJson = ({ videos }: Control): object => ({ videos: videos.list() });

export const videoRoute: ControlRoute = {
  GET: videosJson,
  POST(control, body) {
    const review = check(VIDEO, body, "body");
    const { media_id, status, wording, ori_status } = review;
    control.videos.setStatus(media_id, status, wording, ori_status);
    return videosJson(control);
  },
};

interface NewsReview {
  media_id: string;
  result: "pass" | "refuse";
  reason?: string;
}

const NEWS = fields<NewsReview>({
  media_id: text,
  result: oneOf(["pass", "refuse"]),
  reason: optional(text),
});

const newsJson = ({ news }: Control): object => ({ news: news.list() });

export const newsRoute: ControlRoute = {
  GET: newsJson,
  POST(control, body) {
    const { media_id, result, reason } = check(NEWS, body, "body");
    control.news.review(media_id, result, reason);
    return newsJson(control);
  },
};

interface PublicationReview {
  publish_id: string | number;
  status: number;
  fail_idx?: number[];
}

const PUBLICATION = fields<PublicationReview>({
  publish_id: that((id) => typeof id === "string" || typeof id === "number", "a publish_id"),
  status: anyWholeNumber,
  fail_idx: optional(listOf(anyWholeNumber, "whole numbers")),
});

const publicationsJson = ({ publications }: Control): object => ({
  publications: publications.list(),
});

export const publicationRoute: ControlRoute = {
  GET: publicationsJson,
  POST(control, body) {
    const review = check(PUBLICATION, body, "body");
    const { publish_id, status, fail_idx } = review;
    control.publications.setStatus(publish_id, status, fail_idx);
    return publicationsJson(control);
  },
};

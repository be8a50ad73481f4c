import { WechatError } from "@wechat-edge/core";
import type { Finding } from "./article/finding.ts";

/**
 * Why a saved state cannot be used: damaged, of another version, for another account, file or job, or its draft was
 * changed by somebody else.
 */
export type CheckpointErrorReason = "malformed" | "version" | "account" | "file" | "job" | "draft";

/**
 * A checkpoint or a state that is damaged, or that is for another account, file or job: nothing was sent. Or the draft
 * of a job was changed: it was not submitted.
 */
export class CheckpointError extends WechatError {
  override readonly name: string = "CheckpointError";
  static readonly code: "ERR_CHECKPOINT" = "ERR_CHECKPOINT";
  override readonly code: "ERR_CHECKPOINT" = "ERR_CHECKPOINT";
  readonly reason: CheckpointErrorReason;

  constructor(message: string, reason: CheckpointErrorReason, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/** WeChat refused, banned or deleted what it reviewed, or answered a status that is not documented. */
export class ReviewError extends WechatError {
  override readonly name: string = "ReviewError";
  static readonly code: "ERR_REVIEW" = "ERR_REVIEW";
  override readonly code: "ERR_REVIEW" = "ERR_REVIEW";
  /** WeChat's own status: a number for a video or a publication, a Chinese string for the publish library. */
  readonly status: number | string;
  /** WeChat's reason (`mp_video_fail_detail_wording`), or undefined if it names none. */
  readonly wording: string | undefined;
  /** Numbers of the articles of a publication that failed, from 1; undefined for anything but a publication. */
  readonly fail_idx: readonly number[] | undefined;

  constructor(
    message: string,
    about: {
      status: number | string;
      wording?: string | undefined;
      fail_idx?: readonly number[] | undefined;
    },
  ) {
    super(message);
    this.status = about.status;
    this.wording = about.wording;
    this.fail_idx = about.fail_idx;
  }
}

/** An article that WeChat would refuse, or from which it would remove something. The article was not sent. */
export class ArticleError extends WechatError {
  override readonly name: string = "ArticleError";
  static readonly code: "ERR_ARTICLE" = "ERR_ARTICLE";
  override readonly code: "ERR_ARTICLE" = "ERR_ARTICLE";
  /** All findings of `checkArticle`, also those that are not errors. */
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const errors = findings.filter(({ severity }) => severity === "error");
    super(errors.map(({ path, message }) => `${path}: ${message}`).join(" "));
    this.findings = findings;
  }
}

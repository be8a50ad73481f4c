import type { JsonObject } from "@wechat-edge/core";
import { idOf } from "@wechat-edge/core/internal/upload";
import { ReviewError } from "../errors.ts";
import { readNumber } from "./call-api.ts";

/**
 * 0 published, 1 being published, 2 refused as an original (原创), 3 failed, 4 refused by the review, 5 published and
 * then deleted by the account, 6 published and then banned by WeChat.
 */
export type PublishStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** A publication, under WeChat's names. */
export interface Publication {
  /** Always a string; WeChat sometimes sends a number. */
  readonly publish_id: string;
  /** One of {@link PublishStatus}, or a number that 发布状态查询 does not list. */
  readonly publish_status: PublishStatus | (number & {});
  /** There once it is published. */
  readonly article_id?: string;
  /** There once it is published. `idx` counts from 1. */
  readonly article_detail?: {
    readonly count: number;
    readonly item: readonly { readonly idx: number; readonly article_url: string }[];
  };
  /**
   * Numbers of the articles that failed, from 1. Documented for status 2 and 4, reported of 3; while a draft is being
   * published it means nothing.
   */
  readonly fail_idx: readonly number[];
}

/** Reads what a reply or an event tells of a publication whose id and status are known. */
export function readPublication(
  publish_id: string,
  publish_status: number,
  told: JsonObject,
): Publication {
  const { fail_idx } = told;
  const article_id = readId(told, "article_id");
  const article_detail = readDetail(told["article_detail"]);
  const failed = Array.isArray(fail_idx) ? fail_idx : [fail_idx];
  return {
    publish_id,
    publish_status,
    ...(article_id !== undefined && { article_id }),
    ...(article_detail !== undefined && { article_detail }),
    fail_idx: failed.flatMap((idx) => readNumber(idx) ?? []),
  };
}

/** An id, as a string. Documented as a string; events and real answers have a number. */
export function readId(told: JsonObject, field: string): string | undefined {
  return idOf(told[field]);
}

/** The articles that have an address; undefined if there is no list. */
function readDetail(value: unknown): Publication["article_detail"] {
  const { count, item: told } = (value ?? {}) as JsonObject;
  if (typeof told !== "object" || told === null) return undefined;
  // A reading of XML that knows no lists has one item as an object.
  const list: readonly unknown[] | undefined = Array.isArray(told)
    ? told
    : "article_url" in told
      ? [told]
      : undefined;
  if (list === undefined) return undefined;
  const item = list.flatMap((each: unknown, at) => {
    const { idx, article_url } = (each ?? {}) as JsonObject;
    if (typeof article_url !== "string" || article_url === "") return [];
    return { idx: readNumber(idx) ?? at + 1, article_url };
  });
  return { count: readNumber(count) ?? item.length, item };
}

const PUBLISHED = 0;
const UNDER_WAY = 1;

/** Whether a publication is over; throws ReviewError if it is, and was not published. */
export function isPublished(publication: Publication): boolean {
  const { publish_status } = publication;
  if (publish_status === UNDER_WAY) return false;
  if (publish_status === PUBLISHED) return true;
  throw publicationRefusal(publication);
}

/** The error for a publication that is neither published nor under way. */
function publicationRefusal({ publish_id, publish_status: status, fail_idx }: Publication) {
  const why = REFUSALS[status] ?? "has a status that 发布状态查询 does not list";
  const word = status === 2 || status === 4 ? "refused" : "that fail_idx names";
  const which =
    fail_idx.length === 0 ? "" : ` Articles ${word}, counted from 1: ${fail_idx.join(", ")}.`;
  const message = `The publication ${publish_id} ${why} (status ${status}).${which}`;
  return new ReviewError(message, { status, fail_idx });
}

const REFUSALS: Readonly<Record<number, string>> = {
  2: "was refused as an original (原创)",
  3: "failed",
  4: "did not pass the review",
  5: "was published, and the account has deleted its articles",
  6: "was published, and WeChat has banned its articles",
};

import { MediaError, type MediaErrorReason, type WechatAnswer } from "../errors.ts";
import type { FileLimits } from "./file-limits.ts";

/** What WeChat answers to each kind of refused file, as far as its documents say. */
export type WechatAnswers = Readonly<Partial<Record<MediaErrorReason, WechatAnswer>>>;

/** Throws MediaError with these fields. */
export type Refuse = (
  reason: MediaErrorReason,
  message: string,
  expected: string,
  actual: string,
  option?: string,
) => never;

/** The function that refuses a file, with what WeChat would answer. */
export function refusal(answers: WechatAnswers): Refuse {
  return (reason, message, expected, actual, option) => {
    throw new MediaError(message, { reason, expected, actual, answer: answers[reason], option });
  };
}

/** The accepted extensions with their dots. */
export function dotted(limits: FileLimits): string {
  return listed(Object.keys(limits.extensions).map((extension) => `.${extension}`));
}

/** Items in a message, each once. */
export function listed(items: readonly string[]): string {
  return [...new Set(items)].join(", ");
}

/** A file name in a message. */
export function quoted(name: string): string {
  return JSON.stringify(name);
}

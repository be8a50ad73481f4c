import type { AdviceTable } from "./errcodes.ts";

/** Of single comments, whose calls `mpRequest` makes. Documented. */
export const COMMENT_ADVICE: AdviceTable = [
  ["Too many comments are elected (精选): unmark one first.", 88003],
  ["It is gone: list the comments again.", 88004, 88008, 88009],
  ["The comment has its reply: delete that first.", 88005],
  ["The reply is empty or too long: change it.", 88007],
  ["count must be 1 to 50.", 88010],
];

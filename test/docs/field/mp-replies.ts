import type { FieldRow } from "./row.ts";

/** M7, M16. */
export const mpReplyRows: readonly FieldRow[] = [];

import type { FieldRow } from "./row.ts";

/** M6, M11, M13. */
export const publishingRows: readonly FieldRow[] = [];

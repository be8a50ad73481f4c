import type { FieldRow } from "./row.ts";

/** M14, M15, M21. */
export const mpCallRows: readonly FieldRow[] = [];

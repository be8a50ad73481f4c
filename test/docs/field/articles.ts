import type { FieldRow } from "./row.ts";

/** M2, M5, M8, M9, M10, M12, M17, M18, M20. */
export const articleRows: readonly FieldRow[] = [];

import type { FieldRow } from "./row.ts";

/** M1, M3, M4, M19, M30, M31, E15. */
export const mpFileRows: readonly FieldRow[] = [];

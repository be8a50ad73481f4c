import type { FieldRow } from "./row.ts";

/** M32, E2, E8, E9, E12. */
export const mpEmulatorRows: readonly FieldRow[] = [];

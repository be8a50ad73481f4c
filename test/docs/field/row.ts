/** One input of the field, and what is known of WeChat's side. */
export interface FieldCase {
  /** Markdown. */
  readonly input: string;
  /** Runs it, and returns what happened, as `outcome.ts` writes it. */
  readonly run: () => Promise<string>;
}

/** A kind of input that public reports or stock clients showed, its specimen first, then others of the kind. */
export interface FieldRow {
  /** Number of the row, such as P1. */
  readonly id: string;
  /** The kind, and what must hold for it. */
  readonly about: string;
  /** How WeChat's side is known: "documented", "reported" or "assumed", with its source. */
  readonly evidence: string;
  readonly cases: readonly FieldCase[];
}

export interface FieldSection {
  readonly title: string;
  readonly rows: readonly FieldRow[];
}

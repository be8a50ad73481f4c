/** A promise, by its row in SECURITY.md. */
export interface SecurityPromise {
  readonly promise: string;
  /** The file of the test. */
  readonly test: string;
  /** A part of the test's name, as vitest takes it with -t; it matches one test or one group. */
  readonly name: string;
  /** What breaks the promise: a text of a source that stands there once, and another in its place. */
  readonly broken: {
    readonly file: string;
    readonly from: string;
    readonly to: string;
  };
}

export const conformance = (name: string): string => `test/conformance/${name}.test.ts`;
export const core = (name: string): string => `packages/core/src/${name}.ts`;
export const unit = (name: string): string => `packages/core/test/${name}.test.ts`;

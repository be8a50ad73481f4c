import type { Format } from "../inspect/formats.ts";

/** Limits of one endpoint. */
export interface FileLimits {
  /** Accepted extensions in lower case, each with the formats that such a file may have. */
  readonly extensions: Readonly<Record<string, readonly Format[]>>;
  /** Largest file in bytes. */
  readonly maxBytes: number;
  /** Where files of an extension may be larger or must be smaller: their `maxBytes`, such as `{ pdf: 7_864_320 }`. */
  readonly maxBytesByExtension?: Readonly<Record<string, number>> | undefined;
  /** Longest file name, in characters. */
  readonly maxNameLength: number;
  /** Longest file name, in bytes of UTF-8. */
  readonly maxNameBytes?: number | undefined;
  /** Whether the content must have the format of the extension; if false, any accepted format will do. */
  readonly contentMatchesExtension: boolean;
  /** Whether the name may have characters of four bytes in UTF-8, such as emoji. */
  readonly fourByteNames: boolean;
}

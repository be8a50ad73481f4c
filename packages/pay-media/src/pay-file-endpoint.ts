import type { FileLimits, JsonObject } from "@wechat-edge/core";
import { checkPayPath } from "@wechat-edge/core/internal/pay";
import {
  COUNT,
  checkInput,
  checkOptions,
  checkText,
  checkWholeText,
  given,
  type OptionKinds,
  shown,
  visible,
} from "@wechat-edge/core/internal/upload";
import type { PayRate } from "./rate.ts";

/**
 * An endpoint of WeChat Pay that takes a file, and the form that it takes. `@wechat-edge/pay-media/endpoints` has those
 * that WeChat documents; this describes any other.
 */
export interface PayFileEndpoint<Result extends object = JsonObject> {
  /** Path such as `/v3/merchant-service/images/upload`, with its parameters filled in and encoded. */
  readonly path: string;
  /** POST by default. */
  readonly method?: "POST" | "PUT" | undefined;
  /** The keys of `meta` beside name and digest. They come first, in this order. */
  readonly meta?: object | undefined;
  /** The keys that `meta` may have. Others are a TypeError. */
  readonly metaKeys?: readonly string[] | undefined;
  /** The key of the file's name in `meta`: `filename` by default; `false` for none. */
  readonly filenameKey?: string | false | undefined;
  /** The key of the digest in `meta`: `sha256` by default; `false` for none. */
  readonly digestKey?: string | false | undefined;
  /**
   * Returns the digest of the file in hexadecimal, such as its SM3; or that digest itself, which a stream needs. SHA-256
   * by default.
   */
  readonly digest?: string | ((bytes: Uint8Array) => string | Promise<string>) | undefined;
  /** Whether the digest is sent in capitals; in small letters by default. */
  readonly digestCase?: "lower" | "upper" | undefined;
  /** Hexadecimal digits of a digest of your own: 64 by default, as SM3 has. */
  readonly digestLength?: number | undefined;
  /** Name of the file part: `file` by default. */
  readonly part?: string | undefined;
  /** Text fields between `meta` and the file. They are not signed. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Content-Type of the file part, or one for each extension; by default the content shows it. */
  readonly contentType?: string | Readonly<Record<string, string>> | undefined;
  /** The `platformKeyId` that `encryptSensitive` returned, if `meta` has encrypted fields. */
  readonly platformKeyId?: string | undefined;
  /** Limits of its files; by default those of the path. */
  readonly limits?: Partial<FileLimits> | undefined;
  /** How often WeChat lets it be called. */
  readonly rate?: PayRate | undefined;
  /** Returns what the upload resolves with; the whole reply by default. Should throw if the reply lacks a field. */
  readonly read?: ((reply: JsonObject) => Result) | undefined;
}

const ENDPOINT: OptionKinds<PayFileEndpoint> = {
  path: true,
  method: true,
  meta: true,
  metaKeys: true,
  filenameKey: true,
  digestKey: true,
  digest: true,
  digestCase: true,
  digestLength: COUNT,
  part: true,
  fields: true,
  contentType: true,
  platformKeyId: "text",
  limits: true,
  rate: true,
  read: "function",
};

/** Throws TypeError, or RangeError for a number out of range, unless the description can be sent. */
export function checkEndpoint<Result extends object>(endpoint: PayFileEndpoint<Result>): void {
  checkInput("uploadPayFile", endpoint, "{ path }, such as submissionFile({ … })");
  checkOptions("uploadPayFile", endpoint, ENDPOINT);
  checkPayPath(endpoint.path);
  const { method = "POST", digestCase = "lower" } = endpoint;
  checkOneOf("method", method, ["POST", "PUT"]);
  checkOneOf("digestCase", digestCase, ["lower", "upper"]);
  checkKeys(endpoint);
  checkParts(endpoint);
  checkDigest(endpoint);
}

function checkOneOf(name: string, value: string, taken: readonly string[]): void {
  if (taken.includes(value)) return;
  throw new TypeError(`${name} must be ${taken.join(" or ")}, not ${shown(value)}.`);
}

function checkKeys<Result extends object>(endpoint: PayFileEndpoint<Result>): void {
  const { path, meta = {}, metaKeys, filenameKey = "filename", digestKey = "sha256" } = endpoint;
  checkInput("uploadPayFile", meta, "meta as an object of plain values");
  for (const [name, key] of Object.entries({ filenameKey, digestKey })) {
    if (key !== false) checkText(name, key);
  }
  if (metaKeys !== undefined && !Array.isArray(metaKeys)) {
    throw new TypeError(`metaKeys must be an array of names, not ${given(metaKeys)}.`);
  }
  for (const key of Object.keys(meta)) {
    if (key === filenameKey || key === digestKey) {
      throw new TypeError(
        `meta must not have ${visible(key)}: it is filled in from the file. Leave it out, or name that key in filenameKey or digestKey.`,
      );
    }
    if (metaKeys === undefined || metaKeys.includes(key)) continue;
    throw new TypeError(
      `meta has ${shown(key)}, which ${path} does not take; it takes ${metaKeys.join(", ") || "no further key"}.`,
    );
  }
}

/** A name that cannot end its header. */
const PART_NAME = /^[\w.-]+$/;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; *[\w-]+=[\w.-]+)*$/;

function checkParts<Result extends object>(endpoint: PayFileEndpoint<Result>): void {
  const { part = "file", fields = {}, contentType = {} } = endpoint;
  checkInput("uploadPayFile", fields, "fields as an object of texts");
  const names = ["meta", ...Object.keys(fields)];
  for (const name of [...names, part]) {
    if (typeof name === "string" && PART_NAME.test(name)) continue;
    throw new TypeError(
      `The name of a part must be letters, digits, _, - and dots, not ${shown(name)}.`,
    );
  }
  const twice = [...names, part].find((name, at, all) => all.indexOf(name) < at);
  if (twice !== undefined) throw new TypeError(`The form would have two parts named ${twice}.`);
  for (const [name, value] of Object.entries(fields)) checkText(`fields.${name}`, value);
  checkWholeText("fields", fields);
  if (typeof contentType !== "string") checkInput("uploadPayFile", contentType, "contentType");
  const types = typeof contentType === "string" ? [contentType] : Object.values(contentType);
  const wrong = types.find((type) => typeof type !== "string" || !MEDIA_TYPE.test(type));
  if (wrong === undefined) return;
  throw new TypeError(`contentType must be a MIME type such as "image/png", not ${shown(wrong)}.`);
}

function checkDigest<Result extends object>(endpoint: PayFileEndpoint<Result>): void {
  const { digest, digestKey } = endpoint;
  if (digest === undefined) return;
  if (digestKey === false) {
    throw new TypeError("digest is given, but digestKey is false: name the key that it goes into.");
  }
  if (typeof digest === "function") return;
  digestText(endpoint, digest);
}

/** Returns a digest in the case that the endpoint wants. Throws TypeError unless it is one. */
export function digestText<Result extends object>(
  { digestLength = 64, digestCase }: PayFileEndpoint<Result>,
  digest: unknown,
): string {
  if (typeof digest === "string" && digest.length === digestLength && /^[0-9a-f]+$/i.test(digest)) {
    return digestCase === "upper" ? digest.toUpperCase() : digest.toLowerCase();
  }
  throw new TypeError(
    `digest must be or return ${digestLength} hexadecimal digits, not ${shown(digest)}. For an algorithm with another length set digestLength.`,
  );
}

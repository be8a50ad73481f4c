// Sees what goes through a process of tests: the secrets that are in use, and what may not show them.

import type { Attempt, MpApiError } from "@wechat-edge/core";
import { WechatError } from "../../../packages/core/src/errors.ts";
import { createSecretFinder, type SecretFinder } from "./finder.ts";
import { knowWrittenSecrets } from "./known-secrets.ts";
import { secretPartsOf } from "./private-key.ts";
import { textOf } from "./text-of.ts";

interface Journal {
  readonly entries: () => readonly object[];
}

interface Watch {
  finder: SecretFinder;
  /** What was seen since it was searched last. */
  readonly seen: (readonly [place: string, value: unknown])[];
  /** Journals of the emulators of this test. */
  readonly journals: Journal[];
  /** Texts that were searched in this file. */
  readonly searched: Set<string>;
  leaks: Set<string>;
  count: number;
}

// Modules may be loaded anew for a file, globals stay.
const WATCH: unique symbol = Symbol.for("wechat-edge/test/secrets") as never;
const scope = globalThis as { [WATCH]?: Watch };
/** Of a test that makes thousands of errors, not all are held until it ends. */
const MOST_SEEN = 500;
const MOST_SEARCHED = 20_000;

/** What is given here is searched when the test ends. */
export function see(place: string, value: unknown): void {
  const watch = scope[WATCH];
  if (watch === undefined) return; // a process without tests
  watch.seen.push([place, value]);
  if (watch.seen.length >= MOST_SEEN) search(watch);
}

/** The options of a client, whose attempts are searched. */
export function seeAttempts<T extends { onAttempt?: ((attempt: Attempt) => void) | undefined }>(
  options: T,
): T {
  const { onAttempt } = options;
  if (onAttempt !== undefined && typeof onAttempt !== "function") return options;
  return {
    ...options,
    onAttempt(attempt: Attempt) {
      see("an attempt", attempt);
      return onAttempt?.(attempt);
    },
  };
}

/** The journal of an emulator in this process is searched when the test ends. */
export function seeJournal(journal: Journal): void {
  scope[WATCH]?.journals.push(journal);
}

/** Begins with a file of tests: secrets of other files are forgotten. */
export function watchSecrets(): void {
  const isFirst = scope[WATCH] === undefined;
  scope[WATCH] = {
    finder: createSecretFinder(),
    seen: [],
    journals: [],
    searched: new Set(),
    leaks: new Set(),
    count: 0,
  };
  knowWrittenSecrets(scope[WATCH].finder);
  watchErrors();
  if (!isFirst) return;
  watchJson();
  watchKeys();
}

/** Searches what was seen since the last time: where secrets stood, and how many things there were. */
export function searchSeen(): { leaks: string[]; count: number } {
  const watch = scope[WATCH];
  if (watch === undefined) throw new Error("watchSecrets was not called.");
  for (const { entries } of watch.journals.splice(0)) see("a journal", entries());
  search(watch);
  const { leaks, count } = watch;
  watch.leaks = new Set();
  watch.count = 0;
  return { leaks: [...leaks], count };
}

function search(watch: Watch): void {
  const { finder, searched, leaks } = watch;
  const values = watch.seen.splice(0);
  watch.count += values.length;
  for (const [index, [place, value]] of values.entries()) {
    const text = textOf(value);
    if (searched.has(text)) continue;
    if (searched.size >= MOST_SEARCHED) searched.clear();
    searched.add(text);
    const found = finder.find(text);
    if (found.length > 0 && isReplaced(value, values.slice(index + 1))) continue;
    for (const leak of found) leaks.add(`${leak}, in ${place}`);
  }
}

/**
 * Whether an error was not handed out: where WeChat's text shows a secret, the library makes the error
 * once more, without it.
 */
function isReplaced(value: unknown, later: readonly (readonly [string, unknown])[]): boolean {
  const { code, errcode, endpoint } = value as Partial<MpApiError>;
  return later.some(([, other]) => {
    const { errmsg, rid, hint, ...next } = other as Partial<MpApiError>;
    const same = next.code === code && next.errcode === errcode && next.endpoint === endpoint;
    return code === "ERR_MP_API" && same && `${errmsg} ${rid} ${hint}`.includes("***");
  });
}

/** Each error of the library comes by here as it is made. */
function watchErrors(): void {
  if (Object.getPrototypeOf(WechatError) !== Error) return;
  function made(...args: [message?: string, options?: ErrorOptions]): Error {
    const error = Reflect.construct(Error, args, new.target) as Error;
    see(`an error`, error);
    return error;
  }
  Object.setPrototypeOf(WechatError, made);
}

/** Fields of requests, replies and stores that hold a secret. */
const FIELDS =
  /"((?:component_)?(?:app)?secret|\w*access_token|\w*refresh_token|component_verify_ticket|pre_auth_code|authorization_code)":"([^"\\]{12,})"/g;
const LONGEST = 4096;

/** Tokens and AppSecrets go through JSON, and so do the states and checkpoints that are kept. */
function watchJson(): void {
  const { parse, stringify } = JSON;
  const look = (text: unknown): void => {
    if (typeof text !== "string" || text.length > LONGEST) return;
    if (text.startsWith('{"v":2,"appid":')) see("a state or checkpoint", text);
    for (const [, field = "", secret = ""] of text.matchAll(FIELDS)) {
      scope[WATCH]?.finder.know(field, secret);
    }
  };
  JSON.parse = (...args) => {
    look(args[0]);
    return parse(...args) as unknown;
  };
  JSON.stringify = (value: unknown, ...rest: unknown[]) => {
    const text = Reflect.apply(stringify, JSON, [value, ...rest]) as string;
    look(text);
    return text;
  };
}

/** Private keys, APIv3 keys and EncodingAESKeys go through WebCrypto, whoever made them. */
function watchKeys(): void {
  const { importKey } = crypto.subtle;
  const watched = (...args: Parameters<typeof importKey>): ReturnType<typeof importKey> => {
    const [format, bytes] = args;
    if (format === "pkcs8" || format === "raw") knowKey(format, bytes);
    return Reflect.apply(importKey, crypto.subtle, args) as ReturnType<typeof importKey>;
  };
  Object.defineProperty(crypto.subtle, "importKey", {
    value: watched,
    configurable: true,
    writable: true,
  });
}

function knowKey(format: "pkcs8" | "raw", given: BufferSource): void {
  if (!(given instanceof Uint8Array)) return;
  const latin1 = String.fromCharCode(...given);
  const { know } = scope[WATCH]?.finder ?? {};
  if (format === "pkcs8") {
    for (const part of secretPartsOf(btoa(latin1))) know?.("a private key", part);
    return;
  }
  if (/^[\x21-\x7e]+$/.test(latin1)) know?.("an APIv3 key", latin1);
  know?.("an EncodingAESKey", btoa(latin1).replace(/=+$/, ""));
}

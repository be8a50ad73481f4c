// Sees what goes through a process of tests: the secrets that are in use, and what may not show them.

import { WechatError } from "../../../packages/core/src/errors.ts";
import { createSecretFinder, findByLooks } from "./finder.ts";
import { knowWrittenSecrets } from "./known-secrets.ts";
import { secretPartOf } from "./private-key.ts";
import { currentWatch, see, setWatch, type Watch } from "./see.ts";
import { textOf } from "./text-of.ts";

/** Of a test that makes thousands of errors, not all are held until it ends. */
const MOST_SEEN = 500;
const MOST_SEARCHED = 20_000;

type Seen = readonly [place: string, value: unknown];

/** Begins with a file of tests: secrets of other files are forgotten. */
export function watchSecrets(): void {
  const isFirst = currentWatch() === undefined;
  setWatch(createWatch());
  keys.clear();
  watchErrors();
  if (!isFirst) return;
  watchJson();
  watchKeys();
}

const written = createSecretFinder();
knowWrittenSecrets(written);

function createWatch(): Watch {
  const { know, find } = createSecretFinder();
  const seen: Seen[] = [];
  const journals: Parameters<Watch["seeJournal"]>[0][] = [];
  const searched = new Set<string>();
  const leaks = new Set<string>();
  let count = 0;

  function searchSeen(): void {
    const values = seen.splice(0);
    count += values.length;
    for (const [place, value] of values) {
      const text = textOf(value);
      if (searched.has(text)) continue;
      if (searched.size >= MOST_SEARCHED) searched.clear();
      searched.add(text);
      const found = [...findByLooks(text), ...written.find(text), ...find(text)];
      for (const leak of found) leaks.add(`${leak}, in ${place}`);
    }
  }

  return {
    know,
    see(place, value) {
      seen.push([place, value]);
      if (seen.length >= MOST_SEEN) searchSeen();
    },
    seeJournal: (journal) => void journals.push(journal),
    search() {
      for (const { entries } of journals.splice(0)) seen.push(["a journal", entries()]);
      searchSeen();
      const result = { leaks: [...leaks], count };
      leaks.clear();
      count = 0;
      return result;
    },
  };
}

/** Each error of the library comes by here as it is made. */
function watchErrors(): void {
  if (Object.getPrototypeOf(WechatError) !== Error) return;
  function made(...args: [message?: string, options?: ErrorOptions]): Error {
    const error = Reflect.construct(Error, args, new.target) as Error;
    see("an error", error);
    return error;
  }
  Object.setPrototypeOf(WechatError, made);
}

/** Fields of requests, replies and stores that hold a secret. */
const FIELDS =
  /"((?:component_)?(?:app)?secret|\w*access_token|\w*refresh_token|component_verify_ticket|pre_auth_code|authorization_code)":"([^"\\]{12,})"/g;
const ENDS = ['secret":"', '_token":"', '_ticket":"', '_code":"'];
/** What is longer is an article or a list. */
const LONGEST = 4096;

/** Tokens and AppSecrets go through JSON, and so do the states and checkpoints that are kept. */
function watchJson(): void {
  const { parse, stringify } = JSON;
  const look = (text: unknown): void => {
    if (typeof text !== "string") return;
    if (text.startsWith('{"v":2,"appid":')) see("a state or checkpoint", text);
    if (text.length > LONGEST || !ENDS.some((end) => text.includes(end))) return;
    for (const [, field = "", secret = ""] of text.matchAll(FIELDS)) {
      currentWatch()?.know(field, secret);
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

/** The ends of the keys that this file of tests has imported. */
const keys = new Set<string>();

/** Private keys, APIv3 keys and EncodingAESKeys go through WebCrypto, whoever made them. */
function watchKeys(): void {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle);
  const watched = (...args: Parameters<typeof importKey>): ReturnType<typeof importKey> => {
    const [format, bytes] = args;
    if (format === "pkcs8" || format === "raw") knowKey(format, bytes);
    return importKey(...args);
  };
  Object.defineProperty(crypto.subtle, "importKey", {
    value: watched,
    configurable: true,
    writable: true,
  });
}

function knowKey(format: "pkcs8" | "raw", given: BufferSource): void {
  if (!(given instanceof Uint8Array)) return;
  // Most keys come again and again, and this is enough to tell them apart.
  const end = String.fromCharCode(...given.subarray(-32));
  if (keys.has(end)) return;
  keys.add(end);
  const { know } = currentWatch() ?? {};
  if (format === "pkcs8") {
    know?.("a private key", secretPartOf(btoa(String.fromCharCode(...given))));
    return;
  }
  if (/^[\x21-\x7e]+$/.test(end)) know?.("an APIv3 key", end);
  know?.("an EncodingAESKey", btoa(end).replace(/=+$/, ""));
}

import { AsyncLocalStorage } from "node:async_hooks";
import { gunzipSync } from "node:zlib";
import { createRandom } from "../random.ts";
import { instantSubtle, seededRandomValues } from "./instant-crypto.ts";
import { createVirtualTimers, type VirtualTimers } from "./virtual-timers.ts";

/** Time, chance and cryptography as a seed fixes them, for everything that runs in this process. */
export interface World {
  readonly timers: VirtualTimers;
  /** Runs work in the name of an owner, whose timers can be dropped. */
  readonly runAs: <T>(owner: object, work: () => T) => T;
  owner(): object | undefined;
  /** Waits, without any time, until nothing more can happen before the next timer. */
  settle(): Promise<void>;
  /** Gives the real functions back. */
  close(): void;
}

const START = Date.UTC(2026, 10, 22, 8, 0, 0);
const FRAMES = 2;
const realTurn = setImmediate;

const subtle = instantSubtle();

/** Replaces timers, clock, chance and WebCrypto of this process until it is closed. One at a time. */
export function openWorld(seed: number): World {
  const owners = new AsyncLocalStorage<object>();
  const timers = createVirtualTimers(START, () => owners.getStore());
  const { next } = createRandom(seed ^ 0x5bd1e995);
  const restore = [
    replace(globalThis, {
      setTimeout: timerOf(timers, false),
      setInterval: timerOf(timers, true),
      clearTimeout: (id?: number) => timers.clear(id ?? 0),
      clearInterval: (id?: number) => timers.clear(id ?? 0),
      DecompressionStream: InstantGunzip,
    }),
    replace(Date, { now: timers.now }),
    replace(Math, { random: next }),
    replace(Error, { stackTraceLimit: FRAMES }), // they cost more than what fails
    replace(crypto, {
      getRandomValues: seededRandomValues(next),
      randomUUID: () => uuid(next),
    }),
    replace(crypto.subtle, subtle),
  ];
  return {
    timers,
    runAs: (owner, work) => owners.run(owner, work),
    owner: () => owners.getStore(),
    async settle() {
      // What is left after all promises are Blobs, which Node reads in turns of its loop.
      do await new Promise((resolve) => void realTurn(resolve));
      while (process.getActiveResourcesInfo().includes("Immediate"));
    },
    close() {
      for (const undo of restore) undo();
    },
  };
}

function replace(target: object, replacements: object): () => void {
  const before = Object.entries(replacements).map(([name, value]) => {
    const own = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
    return [name, own] as const;
  });
  return () => {
    for (const [name, own] of before) {
      if (own === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, own);
    }
  };
}

const timerOf =
  (timers: VirtualTimers, every: boolean) =>
  (callback: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): number =>
    timers.set(
      AsyncLocalStorage.bind(() => callback(...given)),
      ms,
      every,
    );

const uuid = (next: () => number): string =>
  "00000000-0000-4000-8000-000000000000".replaceAll("0", () =>
    Math.floor(next() * 16).toString(16),
  );

/** Node unpacks in a thread. */
class InstantGunzip extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    const parts: Uint8Array[] = [];
    super({
      transform: (chunk) => void parts.push(chunk),
      flush: (controller) => controller.enqueue(new Uint8Array(gunzipSync(Buffer.concat(parts)))),
    });
  }
}

import { expect } from "vitest";

/** An input without a fault, and the call that takes it. */
export type HalfCase<T extends object = object> = readonly [input: T, call: (input: T) => unknown];
export const of = <T extends object>(input: T, call: (input: T) => unknown): HalfCase =>
  [input, call] as unknown as HalfCase;

/** Each text of an input, and each name of a field that is the caller's own, made half a character. */
function* broken(input: unknown, path: readonly string[] = []): Generator<[string, unknown]> {
  if (typeof input === "string") {
    for (const half of ["\ud800", "\udc00"]) yield [path.join("."), `${input}${half}${input}`];
  } else if (typeof input === "object" && input !== null) {
    for (const [name, value] of Object.entries(input)) {
      for (const [field, other] of broken(value, [...path, name])) {
        const copy = Array.isArray(input) ? [...input] : { ...input };
        Reflect.set(copy, name, other);
        yield [field, copy];
      }
    }
  }
}

/** Makes sure that a call refuses half a surrogate pair in each text of its input, and names the field. */
export async function expectHalvesRefused(
  input: object,
  call: (input: object) => unknown,
): Promise<void> {
  let tried = 0;
  for (const [field, bad] of broken(input)) {
    tried += 1;
    const outcome: unknown = await (async () => call(bad as object))().catch(
      (error: unknown) => error,
    );
    expect(outcome, field).toBeInstanceOf(Error);
    const { code, reason, name, message } = outcome as Error & Record<string, unknown>;
    const isFileName = code === "ERR_MEDIA" && reason === "name";
    const expected = isFileName ? "MediaError" : field.startsWith("MsgType") ? name : "TypeError";
    expect([field, name]).toEqual([field, expected]);
    if (isFileName) expect(message).toMatch(/half of a surrogate pair/);
    else expect(message).toContain(field.split(".").at(-1));
  }
  expect(tried).toBeGreaterThan(0);
}

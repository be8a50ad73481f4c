// What is given in a file's place: told in words that say what it was and how a file is made of it. Nothing is sent.

import { createSource } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { callers, local } from "../../support/file-callers.ts";
import { expectWords, revoked, thrownBy } from "../../support/misuse.ts";
import { failure } from "../../support/mp.ts";
import { localOperations, mpOperations, payOperations } from "../../support/operations.ts";
import { picture } from "../../support/publish-job.ts";

const jpeg = picture("licence.jpg", 300);
function callerOf(name: string): (file: unknown) => Promise<Error> {
  return callers[name] ?? expect.fail(`${name} takes no file`);
}

describe("in a file's place", () => {
  it("an object that throws at every look is told so", async () => {
    for (const call of Object.values({ ...callers, ...local })) {
      expectWords(await call(revoked()), "It was an object that cannot be read.");
    }
  });

  it("a stream is refused by calls that read a file more than once", async () => {
    const names = ["checkImage", "keepMedia", "uploadVideoMaterial"];
    for (const call of [...names.map(callerOf), ...Object.values(local)]) {
      const error = await call({ name: "licence.jpg", size: 300, stream: jpeg.stream() });
      expect(error).toBeInstanceOf(TypeError);
      expectWords(error, "This call takes no stream", "new Response(stream).blob()");
    }
  });

  it("a stream that is being read is told so", async () => {
    for (const name of ["uploadImage", "uploadVideo", "uploadMedia", "addMaterial"]) {
      const stream = jpeg.stream();
      stream.getReader();
      const error = await callerOf(name)({ name: "licence.jpg", size: 300, stream });
      expect(error).toBeInstanceOf(TypeError);
      expectWords(error, "The stream is locked: it is being read already.");
    }
  });

  it("a size, a name or bytes of a reader that are none are told so", async () => {
    const read = () => new Uint8Array(0);
    for (const size of [undefined, null, "300", -1, 1.5, Number.NaN]) {
      const error = thrownBy(() => createSource({ name: "a.jpg", size, read } as never));
      expectWords(error, "size must be the length of the file in whole bytes, not ");
    }
    for (const name of [5, {}, Symbol("s")]) {
      const error = thrownBy(() => createSource({ name, size: 0, read } as never));
      expectWords(error, "name must be a string, not ");
    }
    for (const bytes of [undefined, null, "four", [1, 2, 3, 4], new DataView(new ArrayBuffer(4))]) {
      const source = createSource({ name: "a.jpg", size: 4, read: () => bytes as never });
      expectWords(
        await failure(source.read(0, 4)),
        "read(start, end) must return a Uint8Array, not ",
      );
    }
  });
});

describe("a file whose bytes are not there", () => {
  it("is a MediaError where its buffer was transferred, before or meanwhile", async () => {
    const bytes = new Uint8Array(await jpeg.arrayBuffer());
    for (const wrap of [
      (buffer: ArrayBuffer) => buffer,
      (buffer: ArrayBuffer) => new Uint8Array(buffer),
    ]) {
      for (const call of Object.values({ ...callers, ...local })) {
        const { buffer } = bytes.slice();
        const file = wrap(buffer);
        structuredClone(buffer, { transfer: [buffer] });
        expect(await call(file)).toMatchObject({
          code: "ERR_MEDIA",
          reason: "changed",
          message: expect.stringMatching(/^The bytes of the file are gone: .*was transferred/),
        });
      }
      const { buffer } = bytes.slice();
      const source = createSource(wrap(buffer), { name: "licence.jpg" });
      structuredClone(buffer, { transfer: [buffer] });
      await expect(source.read(0, 300)).rejects.toMatchObject({ reason: "changed" });
    }
  });

  it("is a MediaError where its size lies", async () => {
    for (const [name, operation] of Object.entries({
      ...payOperations,
      ...mpOperations,
      ...localOperations,
    })) {
      if (operation.file === undefined) continue;
      const { size, name: filename } = operation.file as File;
      // Of an object with another size, Deno makes up the rest.
      const whole = operation.file as File;
      const slice = (start: number, end: number) => whole.slice(start, end);
      const arrayBuffer = () => whole.arrayBuffer();
      const error = await callerOf(name)({ name: filename, size: size + 5, slice, arrayBuffer });
      expect(error).toMatchObject({
        code: "ERR_MEDIA",
        reason: "changed",
        message: expect.stringMatching(
          new RegExp(`^The file changed while it was read: .*${size} bytes`),
        ),
      });
    }
  });
});

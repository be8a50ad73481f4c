// What is given in a file's place: told in words that say what it was and how a file is made of it. Nothing is sent.

import { createSource, digest, type FileInput, inspect } from "@wechat-edge/core";
import { startPublishing } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { expectHidden, expectWords, revoked, thrownBy } from "../../support/misuse.ts";
import { failure, mpInProcess } from "../../support/mp.ts";
import {
  callOperation,
  localOperations,
  mpOperations,
  payOperations,
} from "../../support/operations.ts";
import { payInProcess } from "../../support/pay.ts";
import { picture, plainJob } from "../../support/publish-job.ts";

const jpeg = picture("licence.jpg", 300);

/** A stream of Node by its looks, as other runtimes know none. */
class ReadStream {
  readonly readable = true;
  pipe(): void {}
  on(): void {}
  read(): null {
    return null;
  }
}

// A page that is not isolated has none of its own, but may be given one.
const SharedBuffer: new (length: number) => { readonly byteLength: number } =
  globalThis.SharedArrayBuffer ??
  Object.defineProperty(
    class {
      readonly byteLength: number;
      constructor(length: number) {
        this.byteLength = length;
      }
    },
    "name",
    { value: "SharedArrayBuffer" },
  );

const base64 = btoa("\xff\xd8\xff".repeat(300));

/** What is no file, by what it is called, and what to do with it. */
const notFiles: Readonly<
  Record<string, readonly [value: () => unknown, named: string, cure: string]>
> = {
  undefined: [() => undefined, "It was undefined.", ""],
  null: [() => null, "It was null.", ""],
  "a number": [() => 5, "It was the number 5.", ""],
  "an object": [() => ({}), "It was an object.", ""],
  "a path": [
    () => "./files/licence.jpg",
    "It was a string of 19 characters.",
    'If it is a path, read the file first: new File([await readFile(path)], "licence.jpg").',
  ],
  "the text of a URL": [
    () => "https://cdn.example/licence.jpg?signature=0f1e2d3c4b5a6978",
    "It was a string of 58 characters.",
    "Download it first, or use createUrlSource(url).",
  ],
  "a data: URL": [
    () => `data:image/jpeg;base64,${base64}`,
    "It was a string of 1223 characters.",
    "Decode it first: await (await fetch(dataUrl)).blob().",
  ],
  base64: [
    () => base64,
    "It was a string of 1200 characters.",
    "If it is base64, decode it first: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).",
  ],
  "a Promise of a File": [() => Promise.resolve(jpeg), "It was a Promise: await it first.", ""],
  "an array with a File": [() => [jpeg], "It was an array of 1.", "Pass one file at a time."],
  "a FileList": [
    () => ({ length: 1, 0: jpeg, item: () => jpeg }),
    "It was an object.",
    "Pass one file at a time.",
  ],
  "a Response": [
    () => new Response("x"),
    "It was a Response.",
    "Pass its content: await response.blob().",
  ],
  "a Request": [
    () => new Request("https://cdn.example/", { method: "POST", body: "x" }),
    "It was a Request.",
    "Pass its content: await request.blob().",
  ],
  "a URL": [
    () => new URL("https://cdn.example/licence.jpg"),
    "It was a URL.",
    "Download it first, or use createUrlSource(url).",
  ],
  "a ReadableStream": [
    () => jpeg.stream(),
    "It was a ReadableStream.",
    "can be read only once: pass { name, size, stream }, or collect it with new Response(stream).blob().",
  ],
  "a stream of Node": [
    () => new ReadStream(),
    "It was a ReadStream.",
    "can be read only once: pass new File([await readFile(path)]",
  ],
  "a file of multer": [
    () => ({ originalname: "licence.jpg", buffer: new Uint8Array(3), size: 3 }),
    "It was an object.",
    "Pass its bytes: new File([file.buffer], file.originalname).",
  ],
  "a file handle of Node": [
    () => ({ read: async () => ({ bytesRead: 0 }), fd: 3 }),
    "It was an object.",
    "Pass a file handle as { name, size, read(start, end) }.",
  ],
  "a file of React Native": [
    () => ({ uri: "file:///licence.jpg", type: "image/jpeg", name: "licence.jpg" }),
    "It was an object.",
    "Read the file first: await (await fetch(file.uri)).blob().",
  ],
  "a file that a mini program chose": [
    () => ({ path: "wxfile://tmp_licence.jpg", size: 300 }),
    "It was an object.",
    "If it is a path, read the file first",
  ],
  "a file of formidable": [
    () => ({ filepath: "/tmp/1", originalFilename: "licence.jpg", size: 300 }),
    "It was an object.",
    "If it is a path, read the file first",
  ],
  "a form": [() => new FormData(), "It was a FormData.", "It is a form: pass the file in it."],
  "{ size } without read": [
    () => ({ name: "licence.jpg", size: 300 }),
    "It was an object.",
    "It has no function read.",
  ],
  "{ name, size, stream } of a stream of Node": [
    () => ({ name: "licence.jpg", size: 300, stream: new ReadStream() }),
    "It was an object.",
    "Its stream must be a ReadableStream; Readable.toWeb(stream) makes one of a stream of Node.",
  ],
  "a SharedArrayBuffer": [
    () => new SharedBuffer(3),
    "It was a SharedArrayBuffer",
    "Pass new Uint8Array(buffer).",
  ],
  "a DataView": [
    () => new DataView(new ArrayBuffer(3)),
    "It was a DataView of 3 bytes.",
    "Pass its bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength).",
  ],
  "other numbers": [
    () => new Uint16Array(3),
    "It was a Uint16Array of 6 bytes.",
    "Pass its bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength).",
  ],
};

/** Calls each operation with a file, and returns its error. */
const callers: Record<string, (file: unknown) => Promise<Error>> = {};
for (const [operations, half] of [
  [payOperations, () => payInProcess()],
  [mpOperations, () => mpInProcess()],
  [localOperations, () => ({})],
] as const) {
  for (const [name, operation] of Object.entries(operations)) {
    if (operation.file === undefined) continue;
    callers[name] = async (file) => {
      const { emulator, ...clients } = half() as Partial<ReturnType<typeof mpInProcess>>;
      const [client] = Object.values(clients);
      const error = await failure(callOperation(operation, client, { file }));
      expect(emulator?.control.journal.entries() ?? []).toEqual([]);
      return error;
    };
  }
}
function callerOf(name: string): (file: unknown) => Promise<Error> {
  return callers[name] ?? expect.fail(`${name} takes no file`);
}
const local: typeof callers = {
  createSource: async (file) => thrownBy(() => createSource(file as FileInput)),
  digest: (file) => failure(digest(file as FileInput, "SHA-256")),
  inspect: (file) => failure(inspect(file as FileInput)),
};

describe("in a file's place", () => {
  for (const [what, [value, named, cure]] of Object.entries(notFiles)) {
    it(`${what} is a TypeError that says what it was, and how a file is made of it`, async () => {
      for (const call of Object.values({ ...callers, ...local })) {
        const given = value();
        const error = await call(given);
        expect(error).toBeInstanceOf(TypeError);
        expectWords(
          error,
          /^The file must be a File, a Blob, a Uint8Array, an ArrayBuffer or \{ name, size, read\(start, end\) \}/,
        );
        expect(error.message).toContain(named);
        expect(error.message).toContain(cure);
        if (typeof given === "string") expectHidden(error, given);
      }
    });
  }

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

describe("in the place of a file of a job", () => {
  const start = async (parts: object) => {
    const { mp, emulator } = mpInProcess();
    const job = plainJob("draft", "uploaded", { content: `<img src="a.jpg">` }, { "a.jpg": jpeg });
    const error = await failure(startPublishing(mp, { ...job, ...parts }));
    expect(emulator.control.journal.entries()).toEqual([]);
    expect(error).toBeInstanceOf(TypeError);
    return error;
  };

  for (const [what, [value, named, cure]] of Object.entries(notFiles)) {
    it(`${what} is told by the name that the job has for it`, async () => {
      const picture = await start({ images: { "a.jpg": value() } });
      expectWords(picture, 'images["a.jpg"] must be a File, ');
      expect(picture.message).toContain(named);
      expect(picture.message).toContain(cure);
      const cover = await start({ cover: value() });
      expectWords(cover, "cover must be a");
      expect(cover.message).toContain(named.replace(/^It was | of .*|[.:].*/g, ""));
    });
  }

  it("images that are no object of files are told so", async () => {
    for (const images of [null, 5, "a.jpg", [jpeg], jpeg]) {
      expectWords(await start({ images }), "A job needs images as an object of files");
    }
  });
});

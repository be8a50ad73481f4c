// What is given in a file's place: told in words that say what it was and how a file is made of it. Nothing is sent.

import { startPublishing } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { callers, local } from "../../../../test/support/file-callers.ts";
import { expectHidden, expectWords } from "../../../../test/support/misuse.ts";
import { failure, mpInProcess } from "../../../../test/support/mp.ts";
import { picture, plainJob } from "../../../../test/support/publish-job.ts";

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

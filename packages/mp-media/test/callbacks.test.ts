// What a callback throws, and an abort that comes too late, do not cost the result of an upload.

import { createMpClient, type MpClient, type UploadOptions } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { describe, expect, it } from "vitest";
import { failingCallbacks } from "../../../test/support/failing-callbacks.ts";
import { addMaterial, keepMedia, uploadArticleImage, uploadMedia } from "../src/index.ts";

const picture = () => sampleFile("picture.png");

const uploads: Readonly<Record<string, (mp: MpClient, options: UploadOptions) => Promise<object>>> =
  {
    uploadMedia: (mp, options) => uploadMedia(mp, { type: "image" }, picture(), options),
    addMaterial: (mp, options) => addMaterial(mp, { type: "image" }, picture(), options),
    uploadArticleImage: (mp, options) => uploadArticleImage(mp, picture(), options),
    keepMedia: (mp, options) =>
      keepMedia(mp, { type: "image" }, picture(), { ...options, store: new Map() }),
    "addMaterial of a stream": async (mp, options) => {
      const { size } = picture();
      const file = { name: "a.png", size, stream: picture().stream() };
      return addMaterial(mp, { type: "image" }, file, options);
    },
  };
describe.each(Object.entries(uploads))("%s", (_, upload) => {
  it.each(failingCallbacks)(
    "resolves with its result although onProgress %s",
    async (_how, fail) => {
      const { fetch, control } = createEmulator();
      const mp = createMpClient({ ...credentials.mp, fetch });
      const phases: string[] = [];
      const result = await upload(mp, {
        onProgress({ phase }) {
          phases.push(phase);
          return fail();
        },
      });
      expect(Object.values(result)).not.toEqual([]);
      expect(phases.at(-1)).toBe("upload");
      expect(control.journal.entries()).toHaveLength(2); // with the token's
    },
  );

  it("resolves with its result although it is aborted once the reply is there", async () => {
    const controller = new AbortController();
    const mp = createMpClient({
      ...credentials.mp,
      fetch: createEmulator().fetch,
      onAttempt: ({ operation, status }) => {
        if (/Media|Material|Image/.test(operation)) controller.abort();
        expect(status).toBe(200);
      },
    });
    const { signal } = controller;
    const result = upload(mp, { signal });
    // Callers share keepMedia's upload, so an abort leaves it at once; its result is in the store.
    if (upload === uploads["keepMedia"]) {
      return expect(result).rejects.toMatchObject({ name: "AbortError" });
    }
    expect(Object.values(await result)).not.toEqual([]);
    expect(signal.aborted).toBe(true);
  });
});

it("keepMedia that is aborted keeps what WeChat has stored by then", async () => {
  const controller = new AbortController();
  const emulator = createEmulator();
  const store = new Map<string, string>();
  const mp = createMpClient({
    ...credentials.mp,
    fetch: emulator.fetch,
    onAttempt: ({ operation }) => operation === "uploadMedia" && controller.abort(),
  });
  const { signal } = controller;
  const input = { type: "image" } as const;
  await keepMedia(mp, input, picture(), { store, signal }).catch(() => undefined);
  const { media_id } = await keepMedia(mp, input, picture(), { store });
  expect(emulator.control.mpMedia.map((stored) => stored.media_id)).toEqual([media_id]);
});

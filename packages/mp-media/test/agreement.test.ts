// Checks and uploads agree over every sample file, type and profile; and what passes them is taken
// by the emulator, whose checks share no code with them.

import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { createMpClient, MediaError } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import {
  addMaterial,
  checkArticleImage,
  checkMaterial,
  checkMedia,
  type MediaProfile,
  type MediaType,
  uploadArticleImage,
  uploadMedia,
} from "../src/index.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const files = globSync(["examples/media/*.*", "examples/media/bad/*", "test/fixtures/files/*"], {
  cwd: root,
})
  .sort()
  .map((path) => new File([readFileSync(root + path)], basename(path)));

const TYPES: readonly MediaType[] = ["image", "voice", "video", "thumb"];

const PROFILES: readonly MediaProfile[] = ["2012", "2014", "media-api", "current", "reported"];

describe.each(PROFILES)("limits of %s", (profile) => {
  const { fetch } = createEmulator({ mediaProfile: profile, storage: "digests" });
  const mp = createMpClient({ ...credentials.mp, fetch });
  const options = { limits: profile };
  const description = { title: "A van", introduction: "It drives past." };

  type Call = [name: string, ...steps: ((file: File) => Promise<unknown>)[]];
  const calls: Call[] = [
    ...TYPES.map(
      (type): Call => [
        `uploadMedia ${type}`,
        (file) => checkMedia({ type }, file, options),
        (file) => uploadMedia(mp, { type }, file, options),
      ],
    ),
    ...TYPES.map(
      (type): Call => [
        `addMaterial ${type}`,
        (file) => checkMaterial({ type }, file, options),
        (file) =>
          addMaterial(mp, type === "video" ? { type, description } : { type }, file, options),
      ],
    ),
    [
      "uploadArticleImage",
      (file) => checkArticleImage(file, options),
      (file) => uploadArticleImage(mp, file, options),
    ],
  ];

  it.each(calls)("%s and its check", async (_name, check, upload) => {
    let passed = 0;
    let refused = 0;
    for (const file of files) {
      const checked: unknown = await check?.(file).catch((error: unknown) => error);
      const uploaded: unknown = await upload?.(file).catch((error: unknown) => error);
      if (checked instanceof Error) {
        refused += 1;
        expect(checked, file.name).toBeInstanceOf(MediaError);
        expect(uploaded, file.name).toEqual(checked);
        continue;
      }
      passed += 1;
      expect(uploaded, file.name).not.toBeInstanceOf(Error);
    }
    expect(passed).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(20);
  });
});

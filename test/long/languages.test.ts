// The requests in PHP, Java and Go of the emulator's README, as they stand there. As root on Debian the languages are
// installed first.

import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../packages/emulator/src/node.ts";
import {
  expectUpload,
  isInstalled,
  LANGUAGES,
} from "../../packages/emulator/test/documented-languages.ts";
import { installPackages, whyNotInstallable } from "../../scripts/browsers.ts";

const languages = LANGUAGES.filter(({ debian }) => debian !== undefined);
let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
  const missing = languages.filter((language) => !isInstalled(language));
  if (missing.length > 0 && whyNotInstallable() === undefined) {
    const failure = await installPackages(missing.flatMap(({ debian = [] }) => debian));
    expect(failure).toBeUndefined();
  }
}, 600_000);
afterAll(() => emulator.close());

it.each(languages.map((language) => [language.heading, language] as const))(
  "%s uploads the sample file",
  async (heading, language) => {
    expect(isInstalled(language), `${heading} is on this machine`).toBe(true);
    await expectUpload(language, emulator);
  },
  120_000,
);

// Uploads real files to the emulator and shows what happens to each: npm run demo

import process from "node:process";
import { startEmulator } from "@wechat-edge/emulator/node";
import { createExpectations } from "./expectations.ts";
import { application } from "./scenes/application.ts";
import { article } from "./scenes/article.ts";
import { officialAccountMedia } from "./scenes/media.ts";
import { refusals } from "./scenes/refusals.ts";
import { troubles } from "./scenes/troubles.ts";
import { uploads } from "./scenes/uploads.ts";
import { createScreen } from "./screen.ts";

const started = performance.now();
const screen = createScreen(process.stdout);
const expectations = createExpectations();
const emulator = await startEmulator({ port: 0, mediaProfile: "media-api" });
const stage = { emulator, screen, expectations };
screen.line(`WeChat emulator at ${emulator.baseUrl}, Node ${process.versions.node}`, "bold");
screen.line(
  "Nothing is sent to WeChat. ✓ means: it happened as it should, expected errors included.",
);
const counts = { uploaded: 0, submitted: 0, refused: 0, troubles: 0, published: 0 };

try {
  counts.uploaded = await uploads(stage);
  counts.submitted = await application(stage);
  counts.refused = await refusals(stage);
  counts.troubles = await troubles(stage);
  const media = await officialAccountMedia(stage);
  counts.uploaded += media.uploaded;
  counts.refused += media.refused;
  counts.troubles += media.troubles;
  counts.published = await article(stage);
} catch (error) {
  expectations.expect(false, `The demo stopped: ${String(error)}`);
} finally {
  await emulator.close();
}

const { broken, checked } = expectations;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
screen.line("");
if (broken.length === 0) {
  const { uploaded, submitted, published, refused, troubles: handled } = counts;
  screen.line(
    `${uploaded} uploads, ${submitted} application, ${published} article, ` +
      `${refused} refused, ${handled} failures handled: ` +
      `all ${checked} checks passed (${seconds} s)`,
    "green",
  );
} else {
  for (const what of broken) screen.line(`Not as expected: ${what}`, "red");
  screen.line(`${broken.length} of ${checked} checks failed (${seconds} s)`, "red");
  process.exitCode = 1;
}

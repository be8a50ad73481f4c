// Every public function shows in its docstring how it is called.

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as core from "@wechat-edge/core";
import * as hashWorker from "@wechat-edge/core/hash-worker";
import * as mpDoctor from "@wechat-edge/core/mp-doctor";
import * as mpMessages from "@wechat-edge/core/mp-messages";
import * as mpPlatform from "@wechat-edge/core/mp-platform";
import * as payDoctor from "@wechat-edge/core/pay-doctor";
import * as payNotifications from "@wechat-edge/core/pay-notifications";
import * as emulator from "@wechat-edge/emulator";
import * as emulatorNode from "@wechat-edge/emulator/node";
import * as emulatorSamples from "@wechat-edge/emulator/samples";
import * as mpMedia from "@wechat-edge/mp-media";
import * as mpPublish from "@wechat-edge/mp-publish";
import * as mpPublishHtml from "@wechat-edge/mp-publish/html";
import * as payMedia from "@wechat-edge/pay-media";
import * as payMediaDownloads from "@wechat-edge/pay-media/downloads";
import * as payMediaEndpoints from "@wechat-edge/pay-media/endpoints";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entries = [
  core,
  hashWorker,
  mpMessages,
  mpPlatform,
  payNotifications,
  payDoctor,
  mpDoctor,
  emulator,
  emulatorNode,
  emulatorSamples,
  mpMedia,
  mpPublish,
  mpPublishHtml,
  payMedia,
  payMediaDownloads,
  payMediaEndpoints,
];
const functions = entries.flatMap((entry) =>
  Object.entries(entry)
    .filter(([, value]) => typeof value === "function" && !(value.prototype instanceof Error))
    .map(([name]) => name),
);
const sources = globSync("packages/*/src/**/*.ts", { cwd: root }).map((file) =>
  readFileSync(root + file, "utf8"),
);

describe("has an example in its docstring", () => {
  it.each(functions)("%s", (name) => {
    const declared = new RegExp(
      String.raw`@example\s*\* \`\`\`ts(?:(?!\*/)[\s\S])*?\*/\s*export (?:async )?function ${name}\b`,
    );
    expect(sources.some((source) => declared.test(source))).toBe(true);
  });
});

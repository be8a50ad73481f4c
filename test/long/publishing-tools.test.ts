// A publishing tool of others, unmodified, publishes an article and a picture message over TLS under WeChat's host name.

import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Domain, openDomain } from "../interop/hosts/domain.ts";
import { lastLine, withoutProxies } from "../interop/hosts/run-stock.ts";
import { exampleFiles } from "../interop/interop-files.ts";
import { command } from "../package/command.ts";
import { makeProject, type Project } from "./project.ts";

const FILES = ["wenyan.mjs", "article.markdown", "pictures.markdown"];
const folder = fileURLToPath(new URL("publishing-tools/", import.meta.url));
const { appid, secret } = credentials.mp;

describe("@wenyan-md/core", { timeout: 300_000 }, () => {
  let emulator: RunningEmulator;
  let domain: Domain;
  let project: Project;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    domain = await openDomain(emulator.baseUrl);
    const texts = FILES.map((name) => [name, readFileSync(join(folder, name), "utf8")]);
    const tools = ["wenyan", "form-data-encoder", "formdata-node", "jsdom"] as const;
    project = await makeProject(tools, Object.fromEntries(texts));
    copyFileSync(exampleFiles.image, join(project.folder, "街 景.jpg"));
    copyFileSync(exampleFiles["marketing picture"], join(project.folder, "夜市.png"));
  }, 300_000);
  afterAll(async () => {
    project?.remove();
    await domain.close();
    await emulator.close();
  });

  it("publishes an article and a picture message", async () => {
    const env = {
      ...(withoutProxies() as Record<string, string>),
      ...domain.env,
      WECHAT_APP_ID: appid,
      WECHAT_APP_SECRET: secret,
      XDG_CONFIG_HOME: domain.folder,
    };
    const output = await command(process.execPath, ["wenyan.mjs"], { cwd: project.folder, env });
    const report = lastLine(output) as Record<string, unknown>;
    const { drafts, mpMedia, journal } = emulator.control;
    expect(report).toEqual(
      Object.fromEntries(
        drafts.list().map(({ media_id }, at) => [FILES[at + 1], { value: media_id }]),
      ),
    );
    const [article, pictures] = drafts.list().map(({ articles }) => articles[0]);
    expect(article).toMatchObject({
      title: "灯笼街的早市",
      author: "阿灯",
      content: expect.stringMatching(/<table[\s\S]*<pre[\s\S]*<svg[\s\S]*mmbiz\.qpic\.cn/),
    });
    expect(pictures).toMatchObject({
      article_type: "newspic",
      content: "早上的街，晚上的街。\n",
      image_info: {
        image_list: mpMedia.slice(-2).map(({ media_id: image_media_id }) => ({ image_media_id })),
      },
    });
    expect(journal.entries().map(({ status }) => status)).toEqual(journal.entries().map(() => 200));
  });
});

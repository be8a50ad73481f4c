import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { queryNews } from "@wechat-edge/mp-publish";
import { shorten } from "../media-file.ts";
import type { PublisherTask } from "../publisher.ts";
import { emulatorMpClient, type Stage, showWith } from "../stage.ts";

const publisher = fileURLToPath(new URL("../publisher.ts", import.meta.url));
const show = showWith(24);

/** After how many written states each process is killed: among the pictures, among the blocks of the video, never. */
const LIVES = [6, 8, 0];

/** Publishes an article from files on disk. The process is killed twice, and goes on from its state. */
export async function article(stage: Stage): Promise<number> {
  const { screen, emulator, expectations } = stage;
  const { control } = emulator;
  screen.heading(
    "Publish an article",
    "killed twice; the next process goes on from the saved state",
  );
  const before = control.journal.entries().length;
  const folder = mkdtempSync(join(tmpdir(), "wechat-edge-demo-"));
  const stateFile = join(folder, "state.json");
  let last = "";
  try {
    for (const [index, dieAfterStates] of LIVES.entries()) {
      screen.progress(`publishing, ${index + 1} of ${LIVES.length}`);
      const task = {
        ...control.credentials.mp,
        baseUrl: emulator.baseUrl,
        stateFile,
        dieAfterStates,
      };
      const { signal, output, errors } = await run(task);
      const isRight =
        dieAfterStates === 0 ? signal === null && errors === "" : signal === "SIGKILL";
      const state = JSON.parse(readFileSync(stateFile, "utf8")) as { pending?: string };
      const where = state.pending === undefined ? "" : ` during ${state.pending}`;
      const outcome = signal === "SIGKILL" ? `killed${where}` : "finished";
      show(stage, `process ${index + 1}`, isRight, errors === "" ? outcome : errors);
      last = output;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { media_id, url } = JSON.parse(last) as { media_id: string; url?: string };
  const calls = control.journal.entries().slice(before);
  const count = (path: string): number => calls.filter((call) => call.path === path).length;
  const pictures = count("/cgi-bin/media/uploadimg");
  const covers = count("/cgi-bin/material/add_material");
  const articles = count("/cgi-bin/publish/uploadnews");
  const submissions = count("/cgi-bin/publish/submit");
  show(
    stage,
    "requests in all",
    articles === 1 && submissions === 1 && covers === 1 && pictures <= 5,
    `${covers} cover, ${pictures} pictures, ${articles} article, ${submissions} submission`,
  );
  const { mp } = emulatorMpClient(stage);
  const { statusText } = await queryNews(mp, { media_id });
  show(stage, "status", statusText === "发布成功", statusText);
  const page = url === undefined ? undefined : await fetch(url);
  const html = (await page?.text()) ?? "";
  const isWhole = html.includes("灯笼街的一天") && html.includes("mp-miniprogram");
  expectations.expect(page?.status === 200, `The article is not at ${url}.`);
  show(stage, "page", isWhole, shorten(url ?? "none", 60));
  return 1;
}

interface Ended {
  readonly signal: string | null;
  readonly output: string;
  readonly errors: string;
}

function run(task: PublisherTask): Promise<Ended> {
  const child = spawn(process.execPath, [publisher, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output = text.trimEnd().split("\n").at(-1) ?? output;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve) => {
    child.once("close", (_, signal) => resolve({ signal, output, errors }));
  });
}

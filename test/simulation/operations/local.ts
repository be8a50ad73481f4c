import {
  createHasher,
  createMpClient,
  createPayClient,
  createSource,
  createUrlSource,
  digest,
  inspect,
  isWechatError,
} from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { credentials } from "@wechat-edge/emulator";
import { keepMedia, refreshKeptMedia } from "@wechat-edge/mp-media";
import * as publish from "@wechat-edge/mp-publish";
import { readHtml, rewriteImages } from "@wechat-edge/mp-publish/html";
import { RETRY, TIMEOUT_MS } from "../bounds.ts";
import type { Trouble } from "../plan.ts";
import type { Run } from "../run.ts";
import type { SimulatedOperation, Simulation } from "../simulation.ts";
import { sampleFile } from "./samples.ts";

const HTML = `<p style="background: url('b.png')">街 <img src=a.png></p><script>1</script>`;
const clip = (): File => sampleFile("clip.mp4");
const CDN = "https://cdn.example/clip.mp4?key=cdn-secret-key";
export const CDN_SECRET = "cdn-secret-of-the-caller";

const LEADS_ELSEWHERE: Trouble = {
  kind: "network",
  skip: 0,
  fault: { kind: "redirect", status: 302 },
};

const local = (run: SimulatedOperation["run"]): SimulatedOperation => ({ requests: 0, run });

/** What needs no WeChat, and what reads files. */
export const localSimulations: Readonly<Record<string, SimulatedOperation>> = {
  createHasher: local(async () => createHasher("SHA-1").update(new Uint8Array(3))),
  createMpClient: local(() => createMpClient(credentials.mp)),
  createPayClient: local(() => createPayClient(credentials.pay)),
  createSource: local(() => createSource(clip()).size),
  createUrlSource: { requests: 4, run: readUrl },
  "createUrlSource of one that leads elsewhere": {
    requests: 4,
    run: (run, simulation) => readUrl({ ...run, troubles: [LEADS_ELSEWHERE] }, simulation),
  },
  digest: local(({ abort }) => digest(clip(), "SHA-256", { signal: abort.signal })),
  digestInWorker: local(({ abort }) => digestInWorker(clip(), "SHA-1", { signal: abort.signal })),
  inspect: local(() => inspect(clip())),
  isWechatError: local(() => isWechatError(new Error("no"))),
  keepMedia: {
    requests: 2,
    run: ({ process, abort }, { stores, reports }) =>
      keepMedia(process.mp, { type: "image" }, sampleFile("cover.jpg"), {
        store: stores.media,
        signal: abort.signal,
        onStoreError: (error) => void reports.storeErrors.push(error),
      }),
  },
  refreshKeptMedia: {
    requests: 4,
    run: ({ process, abort }, { stores }) =>
      refreshKeptMedia(
        process.mp,
        [
          { type: "image", file: sampleFile("cover.jpg") },
          { type: "thumb", file: sampleFile("thumb.jpg") },
        ],
        { store: stores.media, signal: abort.signal },
      ),
  },
  autoDigest: local(() => publish.autoDigest("灯笼街", "draft")),
  checkArticle: local(() =>
    publish.checkArticle(
      { thumb_media_id: "c", title: "灯", digest: "街", content: HTML },
      { target: "draft" },
    ),
  ),
  coverCrop: local(() => publish.coverCrop({ ratio: "1_1", width: 900, height: 383 })),
  picCrop: local(() =>
    publish.picCrop(publish.coverCrop({ ratio: "1_1", width: 900, height: 383 })),
  ),
  miniProgramCard: local(() =>
    publish.miniProgramCard({
      appid: "wx123123123",
      path: "pages/index/index",
      title: "茶 & 点心",
      imageurl: "http://mmbiz.qpic.cn/mmbiz/demo/0",
    }),
  ),
  miniProgramLink: local(() =>
    publish.miniProgramLink({ appid: "wx123123123", path: "pages/index", text: "点击" }),
  ),
  videoFrame: local(() => publish.videoFrame("wxv_1084581467361148928")),
  isWechatImage: local(() => publish.isWechatImage("http://mmbiz.qpic.cn/mmbiz/demo/0")),
  nextPublishStep: local((_, { jobs }) =>
    jobs.flatMap(({ what, state }) =>
      what.kind === "video" || state === undefined
        ? []
        : [publish.nextPublishStep(what.job, JSON.parse(state))],
    ),
  ),
  readHtml: local(() => readHtml(HTML)),
  rewriteImages: local(({ abort }) =>
    rewriteImages(HTML, async (url) => `https://cdn.example/${url}`, {
      signal: abort.signal,
    }),
  ),
};

/** A file on a web server that wants a header of the caller's, and that may lead elsewhere. */
async function readUrl(run: Run, simulation: Simulation): Promise<string> {
  const source = await createUrlSource(CDN, {
    fetch: (url: string, init: RequestInit) => serve(run, simulation, url, init),
    headers: { "x-secret": CDN_SECRET },
    timeout: TIMEOUT_MS,
    retry: RETRY,
    signal: run.abort.signal,
  });
  return digest(source, "SHA-1", { signal: run.abort.signal });
}

async function serve(
  run: Run,
  simulation: Simulation,
  url: string,
  init: RequestInit,
): Promise<Response> {
  init.signal?.throwIfAborted();
  run.requests += 1;
  const stray = (): void => {
    const headers = JSON.stringify(init.headers);
    simulation.network.strayed.push({ by: "a URL source", headers });
  };
  if (new URL(url).host !== new URL(CDN).host) stray();
  const trouble = run.troubles.find((each) => isRedirect(run, each));
  if (trouble?.kind === "network" && trouble.fault.kind === "redirect") {
    run.struck.add(trouble);
    const location = "https://169.254.169.254/latest/meta-data";
    if (init.redirect === "error") throw new TypeError("fetch failed: unexpected redirect");
    if (init.redirect === "manual") {
      return new Response(null, { status: trouble.fault.status, headers: { location } });
    }
    // As fetch does by default: everything but Authorization is sent along.
    stray();
  }
  const headers = new Headers(init.headers);
  const [first = 0, last = 0] = (headers.get("range") ?? "").match(/\d+/g)?.map(Number) ?? [];
  const file = clip();
  const part = file.slice(first, last + 1);
  const range = `bytes ${first}-${first + part.size - 1}/${file.size}`;
  return new Response(part, { status: 206, headers: { "content-range": range, etag: `"${url}"` } });
}

function isRedirect(run: Run, trouble: Trouble): boolean {
  return (
    trouble.kind === "network" &&
    trouble.fault.kind === "redirect" &&
    !run.struck.has(trouble) &&
    run.requests > trouble.skip
  );
}

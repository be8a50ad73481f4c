import { createMpClient, createSource, type FileInput } from "@wechat-edge/core";
import { createEmulator, credentials, type Emulator } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import {
  type LibraryPicture,
  type PublicationEvent,
  type PublishJob,
  publishArticle,
  videoFrame,
  waitForPublication,
} from "@wechat-edge/mp-publish";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const cover = sampleFile("cover.jpg");
const HTML = "<p>天还没亮透。</p>";

function client() {
  const emulator = createEmulator({ review: { publication: 0 } });
  const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
  return { emulator, mp };
}

const pictures = (count: number): File[] => Array.from({ length: count }, () => cover);

/** A picture message as a job; `shown` says what WeChat has of it. */
function message(
  input: string,
  images: readonly LibraryPicture[],
  article: object = {},
  again = false,
): FieldCase {
  return {
    input,
    async run() {
      const { emulator, mp } = client();
      const text = {
        article_type: "newspic",
        title: "灯笼街",
        content: "天还没亮透。",
        ...article,
      };
      const job = { target: "draft", until: "published", article: text, images } as PublishJob;
      let state = "";
      const onState = (kept: object) => {
        state = JSON.stringify(kept);
      };
      const run = () =>
        publishArticle(mp, job, { onState, ...(state !== "" && { state }) }).then(() =>
          shown(emulator),
        );
      const first = await outcome(run, emulator);
      return again ? `${first}; then again: ${await outcome(run, emulator)}` : first;
    },
  };
}

function shown({ control }: Emulator): string {
  const [publication] = control.publications.list();
  const list = publication?.articles[0]?.image_info?.image_list ?? [];
  return `published with ${list.length} ${list.length === 1 ? "picture" : "pictures"}`;
}

/** A picture that is not there when it is read for the first time. */
function missingOnce(): FileInput {
  let isMissing = true;
  return {
    name: "street.jpg",
    size: cover.size,
    async read(start, end) {
      if (isMissing) {
        isMissing = false;
        throw new Error("404 Not Found");
      }
      return new Uint8Array(await cover.slice(start, end).arrayBuffer());
    },
  };
}

/** A video of the material library in a job for a draft. */
const video = (input: string, vid: string): FieldCase => ({
  input,
  run() {
    const { emulator, mp } = client();
    const article = { title: "灯笼街", digest: "街", content: `${HTML}<!-- video -->` };
    const given = { vid, media_id: "m", approved: true } as const;
    const job = { target: "draft", until: "uploaded", article, cover, video: given } as const;
    const fetch = (async (url: string, init: object) => {
      if (!url.includes("/draft/add")) return emulator.fetch(url, init);
      const request = new Request(url, init);
      const sent = (await request.text()).includes(videoFrame(vid).replaceAll('"', '\\"'));
      return Response.json({ media_id: sent ? "with the frame" : "without the frame" });
    }) as never;
    const own = createMpClient({ ...credentials.mp, fetch });
    return outcome(async () => (await publishArticle(vid === "" ? mp : own, job)).media_id);
  },
});

/** A publication that ends with this status, by an answer or by the event. */
const ends = (input: string, status: number, failIdx: readonly number[], byEvent = false) => ({
  input,
  async run() {
    const publish_id = "100000001";
    const told = { publish_id, publish_status: status, fail_idx: failIdx };
    const fetch = (async () => Response.json(told)) as never;
    const { appid } = credentials.mp;
    const mp = createMpClient({ appid, getAccessToken: () => "token", fetch });
    const event: PublicationEvent | undefined = byEvent ? { PublishEventInfo: told } : undefined;
    const run = waitForPublication(mp, { publish_id }, { event });
    const error = (await run.catch((thrown: unknown) => thrown)) as { fail_idx?: unknown };
    const kept = `\`fail_idx\` ${JSON.stringify(error.fail_idx)}`;
    return `${await outcome(async () => Promise.reject(error))} (${kept})`;
  },
});

/** M6, M11, M13. */
export const publishingRows: readonly FieldRow[] = [
  {
    id: "M6",
    about: "Videos that were added by API",
    evidence:
      "`apiv_` is reported ([1](https://developers.weixin.qq.com/community/develop/doc/000ec656f881e0d6f5303c05c6b000)). Whether an article that comes from a draft keeps its video is contradicted: four answers of WeChat's staff say no, one report says yes.",
    cases: [
      video("`apiv_1084581467361148928` in the job for a draft", "apiv_1084581467361148928"),
      video("`wxv_1084581467361148928`, of a video in blocks", "wxv_1084581467361148928"),
      video("`apiv_12`, as short as a test's", "apiv_12"),
      {
        input: "`videoFrame` of `apiv_1084581467361148928`",
        run: () => outcome(() => videoFrame("apiv_1084581467361148928")),
      },
      video('`apiv_1"><script>`', 'apiv_1"><script>'),
      video("an empty vid", ""),
    ],
  },
  {
    id: "M11",
    about: "Picture messages as a job",
    evidence:
      "documented (新增草稿: plain text, 1 to 20 pictures, the first is the cover); reported ([1](https://developers.weixin.qq.com/community/develop/doc/0004e86f1bcf80aa2ab2bc67665c00)): what is sent otherwise.",
    cases: [
      message("HTML in content", pictures(1), { content: HTML }),
      message("content of 1,001 characters", pictures(1), { content: "街".repeat(1001) }),
      message("an empty `media_id`", [{ media_id: "" }]),
      message("21 pictures", pictures(21)),
      message("20 pictures", pictures(20)),
      message("1 picture", pictures(1)),
      message("no picture", []),
      message("the same picture twice", pictures(2)),
      message("one of three pictures cannot be fetched", [cover, missingOnce(), cover], {}, true),
      message("a picture without a name", [createSource(new Uint8Array([0xff, 0xd8, 0xff]))]),
      message("`image_info` beside `images`", pictures(1), { image_info: { image_list: [] } }),
    ],
  },
  {
    id: "M13",
    about: "Which articles of a publication failed",
    evidence:
      "`fail_idx` is documented for status 2 and 4, and reported for 3 ([1](https://developers.weixin.qq.com/community/develop/doc/00006c99778df06ee1fc935c751400)).",
    cases: [
      ends("`publish_status` 3 with `fail_idx: [1]`", 3, [1]),
      ends("2 with `[1, 3]`", 2, [1, 3]),
      ends("4 with `[2]`", 4, [2]),
      ends("6 with `[1]`", 6, [1]),
      ends("3 without any", 3, []),
      ends("3 with `[1]` in the event PUBLISHJOBFINISH", 3, [1], true),
      ends("4 with `[1, 2]` in the event", 4, [1, 2], true),
    ],
  },
];

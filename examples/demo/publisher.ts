// Publishes the article of examples/media in a process of its own, which may be killed. Its task is JSON in argv[2].

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createMpClient } from "@wechat-edge/core";
import {
  miniProgramCard,
  type PublishJob,
  publishArticle,
  videoFrame,
} from "@wechat-edge/mp-publish";
import { rewriteImages } from "@wechat-edge/mp-publish/html";
import { mediaFile, mediaText } from "./media-file.ts";

/** The task of a publisher process. */
export interface PublisherTask {
  readonly baseUrl: string;
  readonly appid: string;
  readonly secret: string;
  /** The file that the state is written to, and read from at the start. */
  readonly stateFile: string;
  /** Kills itself after writing this many states; 0: never. */
  readonly dieAfterStates: number;
}

const PICTURES = ["picture-1.jpg", "picture-2.png", "picture-3.gif", "card.png"];

const task = JSON.parse(process.argv[2] ?? "") as PublisherTask;
const { appid, secret, baseUrl, stateFile, dieAfterStates } = task;
const mp = createMpClient({ appid, secret, baseUrl });
const html = mediaText("article.html");

const job: PublishJob = {
  target: "publish-library",
  until: "published",
  cover: mediaFile("cover.jpg"),
  images: Object.fromEntries(PICTURES.map((name) => [name, mediaFile(name)])),
  video: {
    file: mediaFile("film.mp4"),
    details: {
      title: "灯笼街的傍晚",
      video_desc: "",
      declare_ori: 0,
      newcat: "生活",
      newsbcat: "生活记录",
      tags: ["茶", "街"],
      cover_url: "http://mmbiz.qpic.cn/mmbiz/cover/0",
    },
  },
  article: {
    title: "灯笼街的一天",
    author: "wechat-edge",
    digest: "天还没亮透,灯笼街的石板是湿的。",
    content({ images, vid = "" }) {
      const card = miniProgramCard({
        appid: "wx123123123abcdef0",
        path: "pages/index/index",
        title: "灯笼街茶馆",
        imageurl: images["card.png"] ?? "",
      });
      const whole = html
        .replace("<!-- video -->", () => videoFrame(vid))
        .replace("<!-- mini-program card -->", () => card);
      return rewriteImages(whole, (url) => images[url]);
    },
  },
};

let states = 0;
const result = await publishArticle(mp, job, {
  ...(existsSync(stateFile) && { state: readFileSync(stateFile, "utf8") }),
  minInterval: 100,
  onState(state) {
    writeFileSync(`${stateFile}.new`, JSON.stringify(state));
    renameSync(`${stateFile}.new`, stateFile);
    states += 1;
    if (states === dieAfterStates) process.kill(process.pid, "SIGKILL");
  },
  onProgress: ({ step, done, total }) =>
    console.log(`${done} of ${total}, next ${step ?? "nothing"}`),
});
console.log(JSON.stringify({ media_id: result.media_id, url: result.url }));

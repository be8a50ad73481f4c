import { encryptSensitive, mpRequest, payRequest } from "@wechat-edge/core";
import { addMaterial, sendMedia } from "@wechat-edge/mp-media";
import { addDraft, addNews, saveVideo } from "@wechat-edge/mp-publish";
import { details } from "../../support/video.ts";
import type { Run } from "../run.ts";
import type { SimulatedOperation, Simulation } from "../simulation.ts";
import { liveInput } from "./live-input.ts";
import { sampleFile } from "./samples.ts";

/** Single calls that must not be made twice, as somebody makes them without a job. */
export const onceOnlyOperations: Readonly<Record<string, SimulatedOperation>> = {
  addMaterial: once(({ process, abort, random }) =>
    addMaterial(
      process.mp,
      { type: "image" },
      sampleFile(random.pick(["cover.jpg", "picture.png"])),
      { signal: abort.signal },
    ),
  ),
  addDraft: once(async (run, simulation) =>
    addDraft(run.process.mp, articlesOf(run, simulation), optionsOf(run)),
  ),
  addNews: once(async (run, simulation) =>
    addNews(run.process.mp, articlesOf(run, simulation), optionsOf(run)),
  ),
  saveVideo: once(async (run, simulation) => {
    const input = liveInput({ content: "v" }, run, simulation) as { content: string };
    return saveVideo(run.process.mp, { ...details, ...input }, optionsOf(run));
  }),
  sendMedia: once(async (run, simulation) => {
    const image = liveInput({ media_id: "m" }, run, simulation) as { media_id: string };
    return sendMedia(run.process.mp, { touser: "o", msgtype: "image", image }, optionsOf(run));
  }),
  payRequest: { ...once(apply), requests: 2 },
  "mpRequest of a draft": once(async (run, simulation) => {
    const body = articlesOf(run, simulation);
    const call = { method: "POST", path: "/cgi-bin/draft/add", body };
    return mpRequest(run.process.mp, call, optionsOf(run));
  }),
};

function once(run: SimulatedOperation["run"]): SimulatedOperation {
  return { requests: 1, isOnceOnly: true, run };
}

const optionsOf = ({ abort: { signal } }: Run) => ({ signal });

function articlesOf(run: Run, simulation: Simulation) {
  const article = { thumb_media_id: "m", title: `一次 ${run.step.id}`, content: "<p>c</p>" };
  return { articles: [liveInput(article, run, simulation) as typeof article] };
}

/** An application, with an encrypted name. */
async function apply({ process, step, abort }: Run, { emulator }: Simulation): Promise<unknown> {
  const { ciphertext, platformKeyId } = await encryptSensitive(process.pay, "张三");
  const body = {
    business_code: `APPLYMENT_${step.id}`,
    contact_info: { contact_name: ciphertext },
    subject_info: {
      business_license_info: { license_copy: emulator.control.payMedia[0]?.media_id ?? "m" },
    },
  };
  const call = { method: "POST", path: "/v3/applyment4sub/applyment/", body };
  return payRequest(process.pay, call, { platformKeyId, signal: abort.signal });
}

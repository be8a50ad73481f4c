import { html, type Markup } from "../html/html.ts";
import { BLOCK_BYTES } from "../mp/video/blocks.ts";
import type { StoredVideo } from "../mp/video/videos.ts";
import { actButton, acts, chip, itemRow, ownerFact, type Tone } from "./item.ts";
import { sizeText } from "./readable.ts";

/** The statuses of 媒体API文档 in English. */
const STATUSES: Readonly<Record<number, string>> = {
  0: "in review",
  2: "refused",
  3: "approved",
  4: "transcoding",
  5: "transcoding failed",
  9: "forbidden",
  10: "deleted",
};

const OUTCOMES: readonly [label: string, status: number, tone: Tone][] = [
  ["Approve", 3, "good"],
  ["Refuse", 2, "bad"],
  ["Fail transcoding", 5, "bad"],
  ["Forbid", 9, "bad"],
];

/** Neither approved nor refused yet. */
const isWaiting = (status: number | undefined): boolean => status === 0 || status === 4;

const toneOf = (status: number): string =>
  status === 3 ? "good" : isWaiting(status) ? "waiting" : "bad";

function stateOf({ finished, status, wording }: StoredVideo): Markup {
  if (status === undefined) return chip(finished ? "finished, not saved" : "uploading", "waiting");
  const name = STATUSES[status] ?? `status ${status}`;
  return html`${chip(`${status} ${name}`, toneOf(status))} <bdi>${wording}</bdi>`;
}

function progress({ blocks, size }: StoredVideo): Markup {
  const total = Math.max(1, Math.ceil(size / BLOCK_BYTES));
  const text = `${blocks.length} of ${total} blocks received`;
  return html`<p class="progress"><progress max="${total}" value="${blocks.length}" aria-label="Blocks"></progress> ${text}</p>`;
}

const digestFact = ({ sha1, receivedSha1 }: StoredVideo): string => {
  if (receivedSha1 === undefined) return "";
  return receivedSha1 === sha1 ? "SHA-1 matches filesha" : "SHA-1 differs from filesha";
};

function videoRow(video: StoredVideo): Markup {
  const { vid, filename, size, media_id, details, appid } = video;
  const title = details?.title ?? filename;
  return itemRow({
    key: vid,
    title,
    facts: [
      stateOf(video),
      sizeText(size),
      details && filename,
      ownerFact("account", appid),
      digestFact(video),
    ],
    ids: [
      ["media_id", media_id],
      ["vid", vid],
    ],
    more: [
      progress(video),
      isWaiting(video.status)
        ? acts(
            OUTCOMES.map(([label, status, tone]) =>
              actButton(label, "videos", { media_id, status }, title, tone),
            ),
          )
        : undefined,
    ],
  });
}

export const videoRows = (videos: readonly StoredVideo[]): Markup =>
  html`${[...videos].reverse().map(videoRow)}`;

import { digest, inspect, MediaError } from "@wechat-edge/core";
import type { Fault } from "@wechat-edge/emulator";
import {
  addMaterial,
  checkMedia,
  downloadMedia,
  type MediaType,
  uploadArticleImage,
  uploadMedia,
} from "@wechat-edge/mp-media";
import { formatBytes, mediaFile, shorten } from "../media-file.ts";
import { emulatorMpClient, type RecordedMpClient, type Stage, showWith } from "../stage.ts";

const COLUMNS = [15, 7, 11, 19] as const;
const show = showWith(38);

const ROUND_TRIPS: readonly [type: MediaType, name: string][] = [
  ["image", "picture-1.jpg"],
  ["voice", "voice.amr"],
  ["voice", "voice.mp3"],
  ["video", "clip.mp4"],
  ["thumb", "thumb.jpg"],
];

const BAD: readonly [type: MediaType, name: string, reason: MediaError["reason"]][] = [
  ["thumb", "thumb.png", "extension"],
  ["thumb", "thumb-65537.jpg", "size"],
  ["voice", "voice-60.2s.amr", "duration"],
  ["voice", "voice-61s.mp3", "duration"],
  ["voice", "truncated.amr", "format"],
  ["video", "not-a-video.mp4", "format"],
];

/** How many uploads, refused files and failures the scene shows. */
export interface MediaCounts {
  readonly uploaded: number;
  readonly refused: number;
  readonly troubles: number;
}

/** Media of an Official Account: uploads, downloads, files that are refused, and tokens that WeChat refuses. */
export async function officialAccountMedia(stage: Stage): Promise<MediaCounts> {
  const { screen } = stage;
  const client = emulatorMpClient(stage);
  screen.heading("Temporary media (临时素材)", "/cgi-bin/media/upload, /cgi-bin/media/get");
  screen.labels([
    ["name", COLUMNS[0]],
    ["type", COLUMNS[1]],
    ["size", COLUMNS[2]],
    ["media_id", COLUMNS[3]],
    ["downloaded again"],
  ]);
  for (const [type, name] of ROUND_TRIPS) await roundTrip(stage, client, type, name);

  screen.heading("Permanent media (永久素材)", "/cgi-bin/material/add_material");
  const { mp } = client;
  const cover = await addMaterial(mp, { type: "image" }, mediaFile("cover.jpg"));
  show(stage, "cover.jpg", cover.media_id.length === 43, `media_id ${cover.media_id}`);
  screen.heading("A picture inside an article", "/cgi-bin/media/uploadimg");
  const { url } = await uploadArticleImage(mp, mediaFile("picture-2.png"));
  show(stage, "picture-2.png", URL.canParse(url), shorten(url, 56));

  screen.heading("Files that an Official Account would refuse", "found before anything is sent");
  for (const [type, name, reason] of BAD) {
    const error = await checkMedia({ type }, mediaFile(`bad/${name}`)).catch((thrown) => thrown);
    const isRight = error instanceof MediaError && error.reason === reason;
    const outcome = error instanceof Error ? error.message : "It passed.";
    show(stage, `${name} as ${type}`, isRight, outcome);
  }
  const troubles = await refusedTokens(stage);
  return { uploaded: ROUND_TRIPS.length + 2, refused: BAD.length, troubles };
}

async function roundTrip(
  stage: Stage,
  { mp }: RecordedMpClient,
  type: MediaType,
  name: string,
): Promise<void> {
  const { screen } = stage;
  const file = mediaFile(name);
  screen.progress(name);
  const { media_id } = await uploadMedia(mp, { type }, file);
  const { isRight, text } = await download(mp, media_id, file);
  stage.expectations.expect(isRight, `${name} was downloaded as ${text}.`);
  screen.row(isRight, [
    [name, COLUMNS[0]],
    [type, COLUMNS[1]],
    [formatBytes(file.size), COLUMNS[2]],
    [shorten(media_id, 16), COLUMNS[3], "cyan"],
    [text],
  ]);
}

async function download(
  mp: RecordedMpClient["mp"],
  media_id: string,
  file: File,
): Promise<{ isRight: boolean; text: string }> {
  const media = await downloadMedia(mp, { media_id });
  const isAddress = media.kind === "video_url";
  const body = isAddress ? (await fetch(media.video_url)).body : media.body;
  const bytes = await new Response(body).arrayBuffer();
  if ((await digest(bytes, "SHA-256")) === (await digest(file, "SHA-256"))) {
    return { isRight: true, text: isAddress ? "the same bytes, by video_url" : "the same bytes" };
  }
  // WeChat converts an MP3 to AMR, so the durations are compared.
  const [before, after] = [await inspect(file), await inspect(bytes)];
  const isVoice = before.format === "mp3" && after.format === "amr";
  const seconds = [before.duration ?? 0, after.duration ?? -1] as const;
  return {
    isRight: isVoice && Math.abs(seconds[0] - seconds[1]) < 0.1,
    text: `${after.format}, ${seconds[1].toFixed(2)} s of ${seconds[0].toFixed(2)} s`,
  };
}

const REFUSALS: readonly [label: string, fault: Fault | undefined, kill: boolean, codes: string][] =
  [
    ["refused before the upload", undefined, true, "40001 → 200"],
    [
      "refused during the upload",
      { kind: "token-killed", match: { path: "/cgi-bin/media/upload" } },
      false,
      "40001 → 200",
    ],
  ];

/** WeChat refuses a token early; the upload is repeated with a new one. */
async function refusedTokens(stage: Stage): Promise<number> {
  const { screen, emulator } = stage;
  screen.heading("access_tokens that WeChat refuses", "a new one, and the upload is repeated once");
  for (const [label, fault, kill, codes] of REFUSALS) {
    // WeChat forces a new token at most once in 30 seconds.
    emulator.control.clock.advance(31_000);
    const { mp, attempts } = emulatorMpClient(stage);
    await uploadMedia(mp, { type: "thumb" }, mediaFile("thumb.jpg"));
    attempts.length = 0;
    if (kill) emulator.control.tokens.kill(mp.appid);
    if (fault !== undefined) emulator.control.faults.add(fault);
    const { media_id } = await uploadMedia(mp, { type: "image" }, mediaFile("picture-1.jpg"));
    const tries = attempts.filter(({ operation }) => operation === "uploadMedia");
    const seen = tries.map(({ errcode, status }) => errcode ?? status).join(" → ");
    show(stage, label, seen === codes, `${seen}, media_id ${shorten(media_id, 16)}`);
  }
  return REFUSALS.length;
}

import { digest } from "@wechat-edge/core";
import {
  type UploadProgress,
  uploadImage,
  uploadMarketingImage,
  uploadPayFile,
  uploadVideo,
} from "@wechat-edge/pay-media";
import { formatBytes, mediaFile, mediaNames, shorten } from "../media-file.ts";
import type { Cell } from "../screen.ts";
import { emulatorClient, type RecordedClient, type Stage } from "../stage.ts";

type Send = (
  client: RecordedClient,
  file: File,
  onProgress: (progress: UploadProgress) => void,
) => Promise<string>;

const image: Send = async ({ pay }, file, onProgress) =>
  (await uploadImage(pay, file, { onProgress })).media_id;
const video: Send = async ({ pay }, file, onProgress) =>
  (await uploadVideo(pay, file, { onProgress })).media_id;
const marketingImage: Send = async ({ pay }, file, onProgress) =>
  (await uploadMarketingImage(pay, file, { onProgress })).media_url;
const feedbackImage: Send = async ({ pay }, file, onProgress) => {
  const path = "/v3/merchant-service/images/upload";
  return String((await uploadPayFile(pay, { path }, file, { onProgress }))["media_id"]);
};

const PICTURES = /^(licence|营业执照|storefront|receipt)\./;
const COLUMNS = [17, 11, 19, 19, 22] as const;

/** Uploads the pictures and clips of examples/media, and two more pictures to other endpoints. */
export async function uploads(stage: Stage): Promise<number> {
  const { screen, emulator } = stage;
  const pictures = mediaNames(".", PICTURES);
  const clips = mediaNames(".", /^clip\./);
  const client = emulatorClient(stage);
  const certificates = emulator.control.credentials.pay.platformKeys.filter(
    ({ platformKeyId }) => !platformKeyId.startsWith("PUB_KEY_ID_"),
  );
  // WeChat Pay signs with its certificate for merchants who do not have its public key yet.
  const certificateClient = emulatorClient(stage, { platformKeys: certificates });

  screen.heading("Pictures", "/v3/merchant/media/upload");
  labels(stage, "media_id");
  for (const name of pictures) await upload(stage, client, mediaFile(name), image);

  screen.heading("Marketing picture", "/v3/marketing/favor/media/image-upload");
  labels(stage, "media_url");
  await upload(stage, client, mediaFile("storefront.png", "coupon.png"), marketingImage);

  screen.heading("Another endpoint, with uploadPayFile", "/v3/merchant-service/images/upload");
  labels(stage, "media_id");
  await upload(stage, certificateClient, mediaFile("receipt.bmp"), feedbackImage);

  screen.heading("Videos", "/v3/merchant/media/video_upload");
  labels(stage, "media_id");
  for (const name of clips) await upload(stage, client, mediaFile(name), video);

  const { expectations } = stage;
  expectations.expect(pictures.length === 4, `There are ${pictures.length} pictures, not 4.`);
  expectations.expect(clips.length === 10, `There are ${clips.length} videos, not 10.`);
  return pictures.length + clips.length + 2;
}

function labels({ screen }: Stage, result: string): void {
  const texts = ["name", "size", "SHA-256", result, "verified with", "time"];
  screen.labels(texts.map((text, index): Cell => [text, COLUMNS[index]]));
}

async function upload(stage: Stage, client: RecordedClient, file: File, send: Send): Promise<void> {
  const { screen } = stage;
  const sha256 = await digest(file, "SHA-256");
  const started = performance.now();
  screen.progress(file.name);
  const result = await send(client, file, ({ phase, loaded, total }) => {
    screen.progress(`${file.name}  ${phase} ${formatBytes(loaded)} of ${formatBytes(total)}`);
  });
  const ms = performance.now() - started;
  const keyId = client.attempts.at(-1)?.platformKeyId ?? "none";
  const isRight = [
    isStored(stage, file, sha256, result),
    isTrusted(stage, client, file, keyId),
  ].every(Boolean);
  screen.row(isRight, [
    [file.name, COLUMNS[0]],
    [formatBytes(file.size), COLUMNS[1]],
    [shorten(sha256, 16), COLUMNS[2], "dim"],
    [shorten(result.replace("https://", ""), 16), COLUMNS[3], "cyan"],
    [shorten(keyId, 19), COLUMNS[4], "green"],
    [`${ms.toFixed(0)} ms`],
  ]);
}

/** Checks that the emulator stored this file under the id that it returned. */
function isStored(
  { emulator, expectations }: Stage,
  file: File,
  sha256: string,
  result: string,
): boolean {
  const stored = emulator.control.payMedia.find(
    ({ media_id, media_url }) => media_id === result || media_url === result,
  );
  const isSame =
    stored?.sha256 === sha256 && stored.filename === file.name && stored.size === file.size;
  return expectations.expect(isSame, `The emulator did not store ${file.name} unchanged.`);
}

function isTrusted(
  { expectations }: Stage,
  { platformKeyIds }: RecordedClient,
  file: File,
  keyId: string,
): boolean {
  return expectations.expect(
    platformKeyIds.includes(keyId),
    `${file.name} was verified with ${keyId}, which this client was not given.`,
  );
}

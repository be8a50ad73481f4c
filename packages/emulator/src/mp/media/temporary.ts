import type { Exchange } from "../../exchange.ts";
import { randomText } from "../../random-id.ts";
import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MediaForm } from "./form.ts";
import { isMediaType } from "./limits.ts";
import { readUploaded, succeeded } from "./uploaded.ts";

/** All of those in the oldest tutorial have 64. */
const MEDIA_ID_LENGTH = 64;

export const newTemporaryId = (): string => randomText(MEDIA_ID_LENGTH);

/** Answers `POST /cgi-bin/media/upload`. The type is looked at before the form (assumed). */
export async function answerUploadMedia(
  exchange: Exchange,
  account: SeededAccount,
  form: MediaForm,
): Promise<object | MpError> {
  const type = exchange.request.url.searchParams.get("type") ?? "";
  if (!isMediaType(type)) return mpError(40004);
  const uploaded = await readUploaded(exchange, account, type, `temporary-${type}`, form);
  if (isMpError(uploaded)) return uploaded;
  const media_id = newTemporaryId();
  exchange.state.mp.media.add({ ...uploaded, kind: "temporary", media_id });
  const { created_at } = uploaded;
  // Reported: a thumb has an id of another name, though the documents say media_id.
  return succeeded(
    exchange,
    type === "thumb"
      ? { type, thumb_media_id: media_id, created_at }
      : { type, media_id, created_at },
  );
}

import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { newTemporaryId } from "../ids.ts";
import { emptyItem } from "../reply.ts";
import type { MediaForm } from "./form.ts";
import { isMediaType } from "./limits.ts";
import { readUploaded, succeeded } from "./uploaded.ts";

/** Answers `POST /cgi-bin/media/upload`. The type is checked before the form (assumed). */
export async function answerUploadMedia(
  exchange: MpExchange,
  account: SeededAccount,
  form: MediaForm,
): Promise<object | MpError> {
  const type = exchange.request.url.searchParams.get("type") ?? "";
  if (!isMediaType(type)) return mpError(40004);
  const uploaded = await readUploaded(exchange, account, type, `temporary-${type}`, form);
  if (isMpError(uploaded)) return uploaded;
  const media_id = newTemporaryId();
  exchange.mp.media.add({ ...uploaded, kind: "temporary", media_id });
  const { created_at } = uploaded;
  // Reported: thumb_media_id for a thumb, though the documents say media_id.
  return succeeded(
    exchange,
    type === "thumb"
      ? { type, thumb_media_id: media_id, created_at, ...emptyItem(exchange) }
      : { type, media_id, created_at, ...emptyItem(exchange) },
  );
}

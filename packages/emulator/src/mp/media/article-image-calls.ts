import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { MediaForm } from "./form.ts";
import { newPictureUrl } from "./picture-url.ts";
import { readUploaded, succeeded } from "./uploaded.ts";

/** Answers `POST /cgi-bin/media/uploadimg` with an address; the library does not contain it. */
export async function answerUploadArticleImage(
  exchange: MpExchange,
  account: SeededAccount,
  form: MediaForm,
): Promise<object | MpError> {
  const uploaded = await readUploaded(exchange, account, "image", "article-image", form);
  if (isMpError(uploaded)) return uploaded;
  const url = newPictureUrl(exchange, uploaded);
  exchange.mp.media.add({ ...uploaded, kind: "article-image", url });
  return succeeded(exchange, { url });
}

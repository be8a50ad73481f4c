import { admit, type Identity } from "./admit.ts";
import { isPayError, noAuth, type PayError, parameterError, throttled } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { checkFile, NOUN } from "./file-check.ts";
import { newMediaId } from "./ids.ts";
import { missingFile, missingMeta } from "./missing-part.ts";
import { errorResponse } from "./reply.ts";
import { signedAnswer } from "./signed-answer.ts";
import type { PayUploadEndpoint } from "./upload-endpoints.ts";
import type { UploadForm } from "./upload-form.ts";

/** Assumed: meta is looked for before the file. */
async function checkForm(exchange: PayExchange, endpoint: PayUploadEndpoint, form: UploadForm) {
  const { meta, file } = form;
  if (form.metaBytes === undefined) return missingMeta;
  if (meta === undefined) return parameterError("参数错误", "meta", "meta is not a JSON object");
  if (!file?.filename) return missingFile(NOUN[endpoint.media]);
  return checkFile(endpoint.media, meta, file.bytes, {
    maxBytes: exchange.pay.maxFileBytes(endpoint),
    extensionMatchesContent: exchange.pay.options.strict?.extensionMatchesContent ?? false,
  });
}

async function store(
  exchange: PayExchange,
  endpoint: PayUploadEndpoint,
  form: UploadForm,
  { merchant }: Identity,
): Promise<Record<string, string> | PayError> {
  const { pay, clock } = exchange;
  if (merchant.permissions?.includes(endpoint.kind) === false) return noAuth;
  const now = clock.now();
  const allowed = pay.quotas.take(merchant, now);
  if (allowed !== "ok") return throttled(allowed);
  const checked = await checkForm(exchange, endpoint, form);
  if (isPayError(checked)) {
    pay.quotas.giveBack(merchant, now);
    return checked;
  }
  const media_id = newMediaId();
  const media_url = `https://qpic.cn/${media_id.slice(0, 40)}`;
  const bytes = form.file?.bytes ?? new Uint8Array();
  pay.media.add({
    media_id,
    ...(endpoint.answers === "media_url" && { media_url }),
    ...checked,
    size: bytes.length,
    mchid: merchant.mchid,
    path: endpoint.path,
    bytes,
  });
  return endpoint.answers === "media_url" ? { media_url } : { media_id };
}

/** Answers an upload whose form has been parsed. */
export async function answerUpload(
  exchange: PayExchange,
  endpoint: PayUploadEndpoint,
  form: UploadForm,
): Promise<Response> {
  const identity = await admit(exchange, exchange.signedBody);
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const result = await store(exchange, endpoint, form, identity);
  if (isPayError(result)) return errorResponse(exchange, result);
  const meta = new TextDecoder().decode(form.metaBytes);
  return signedAnswer(exchange, result, `${endpoint.path} ${meta}`);
}

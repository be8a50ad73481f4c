import { admit, type Identity } from "./admit.ts";
import { isPayError, noAuth, type PayError, parameterError, throttled } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { type CheckedFile, checkFile, NOUN } from "./file-check.ts";
import { limitsOf } from "./merchant-files.ts";
import { checkEncrypted, checkKeys } from "./meta-check.ts";
import { missingFile, missingMeta } from "./missing-part.ts";
import { errorResponse } from "./reply.ts";
import { signedAnswer } from "./signed-answer.ts";
import type { PayUploadEndpoint } from "./upload-endpoints.ts";
import type { UploadForm } from "./upload-form.ts";
import { uploadResult } from "./upload-results.ts";

/** Documented for one upload: the Content-Type of its file part. That others are not looked at is assumed. */
const PICTURE_TYPES = /^image\/(?:jpe?g|png|bmp|x-ms-bmp)$/i;

/** Assumed: meta is looked for before the file. */
async function checkForm(
  exchange: PayExchange,
  endpoint: PayUploadEndpoint,
  form: UploadForm,
): Promise<CheckedFile | PayError> {
  const { meta, file } = form;
  const { form: rules, media } = endpoint;
  const { strict, ...options } = exchange.pay.options;
  if (form.metaBytes === undefined) return missingMeta;
  if (meta === undefined) return parameterError("参数错误", "meta", "meta is not a JSON object");
  if (!file?.filename) return missingFile(rules.part, NOUN[media]);
  if (rules.checksType && !PICTURE_TYPES.test(file.type ?? "")) {
    return parameterError("参数错误", rules.part, "Content-Type of the part is not of a picture");
  }
  const refused = checkKeys(form, rules) ?? (await checkEncrypted(exchange, form, rules));
  if (refused) return refused;
  const { filenameKey, digestKey } = rules;
  const filename = filenameKey === undefined ? file.filename : meta[filenameKey];
  return checkFile(
    { filename, digest: meta[digestKey], bytes: file.bytes },
    {
      ...limitsOf(endpoint, options),
      media,
      form: rules,
      extensionMatchesContent: strict?.extensionMatchesContent ?? false,
      digestCase: (strict?.digestCase ?? false) && endpoint.kind === "submission-file",
    },
  );
}

async function store(
  exchange: PayExchange,
  endpoint: PayUploadEndpoint,
  form: UploadForm,
  parameters: Readonly<Record<string, string>>,
  { merchant }: Identity,
): Promise<object> {
  const { pay, clock, request } = exchange;
  if (merchant.permissions?.includes(endpoint.kind) === false) return noAuth;
  const now = clock.now();
  if (pay.options.uploadRates !== "ignore" && !pay.rates.take(merchant.mchid, endpoint, now)) {
    return throttled("too-fast");
  }
  const allowed = pay.quotas.take(merchant, now);
  if (allowed !== "ok") return throttled(allowed);
  const checked = await checkForm(exchange, endpoint, form);
  if (isPayError(checked)) {
    pay.quotas.giveBack(merchant, now);
    return checked;
  }
  const { filename, sha256: digest } = checked;
  const result = uploadResult(endpoint, form, { filename, digest, parameters, now });
  const { reply, ...ids } = result;
  const bytes = form.file?.bytes ?? new Uint8Array();
  pay.media.add({
    ...ids,
    ...checked,
    size: bytes.length,
    mchid: merchant.mchid,
    path: request.url.pathname,
    bytes,
  });
  return reply;
}

/** Answers an upload whose form has been parsed. */
export async function answerUpload(
  exchange: PayExchange,
  endpoint: PayUploadEndpoint,
  form: UploadForm,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const identity = await admit(exchange, exchange.signedBody);
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const result = await store(exchange, endpoint, form, parameters, identity);
  if (isPayError(result)) return errorResponse(exchange, result);
  const meta = new TextDecoder().decode(form.metaBytes);
  return signedAnswer(exchange, result, `${exchange.request.url.pathname} ${meta}`);
}

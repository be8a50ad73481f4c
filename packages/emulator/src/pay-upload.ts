import { type Exchange, faultedRequest, noteFault } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import { checkFile } from "./file-checks.ts";
import {
  checkClientHeaders,
  type Identity,
  identify,
  replyKeyId,
  verifySignature,
} from "./pay-auth.ts";
import { isPayError, noAuth, type PayError, parameterError, throttled } from "./pay-error.ts";
import { errorResponse, signedResponse } from "./pay-reply.ts";
import type { PayRoute } from "./pay-routes.ts";
import { newMediaId } from "./random-id.ts";
import type { UploadForm } from "./upload-form.ts";

/** What the gateway sees to: headers, who signed, the signature. */
async function admit(
  exchange: Exchange,
  form: UploadForm,
): Promise<{ identity: Identity; keyId: string } | PayError> {
  const refused = checkClientHeaders(exchange.request.headers);
  if (refused) return refused;
  const identity = identify(exchange);
  if (isPayError(identity)) return identity;
  if (form.malformed) {
    // Assumed: where no part can be found there is nothing to verify the signature over.
    const { issue } = form.malformed;
    const detail = { field: "body", issue, location: "body" };
    return {
      status: 400,
      code: "INVALID_REQUEST",
      message: "HTTP 请求不符合微信支付 APIv3 接口规则",
      detail,
    };
  }
  const unverified = await verifySignature(exchange, identity, form.metaBytes ?? new Uint8Array());
  if (unverified) return unverified;
  const keyId = replyKeyId(exchange);
  return typeof keyId === "string" ? { identity, keyId } : keyId;
}

/** Assumed: the texts for a form without meta or file are those of any bad parameter. */
async function checkForm(exchange: Exchange, route: PayRoute, form: UploadForm) {
  const { meta, file } = form;
  if (form.metaBytes === undefined) return parameterError("参数错误", "meta", "meta is missing");
  if (meta === undefined) return parameterError("参数错误", "meta", "meta is not a JSON object");
  if (file?.filename === undefined) {
    return parameterError("参数错误", "file", "file is missing or has no filename");
  }
  return checkFile(route.media, meta, file.bytes, {
    maxBytes: exchange.state.maxFileBytes(route.name),
    extensionMatchesContent: exchange.state.options.strict?.extensionMatchesContent ?? false,
  });
}

async function store(
  exchange: Exchange,
  route: PayRoute,
  form: UploadForm,
  { merchant }: Identity,
): Promise<Record<string, string> | PayError> {
  const { state } = exchange;
  if (merchant.permissions?.includes(route.name) === false) return noAuth;
  const now = state.clock.now();
  const allowed = state.quotas.take(merchant, now);
  if (allowed !== "ok") return throttled(allowed);
  const checked = await checkForm(exchange, route, form);
  if (isPayError(checked)) {
    state.quotas.giveBack(merchant, now);
    return checked;
  }
  const media_id = newMediaId();
  const media_url = `https://qpic.cn/${media_id.slice(0, 40)}`;
  const bytes = form.file?.bytes ?? new Uint8Array();
  state.media.add({
    media_id,
    ...(route.answers === "media_url" && { media_url }),
    ...checked,
    size: bytes.length,
    mchid: merchant.mchid,
    path: route.path,
    bytes,
  });
  return route.answers === "media_url" ? { media_url } : { media_id };
}

/** The repetition of a request that was probed is not probed (documented); the one after it may be (assumed). */
function takeReplyFault(exchange: Exchange, meta: string): Fault | undefined {
  const { state } = exchange;
  const repetition = state.probed.has(meta);
  const fault = state.faults.take(
    "reply",
    faultedRequest(exchange),
    ({ kind }) => kind === "probe" && repetition,
  );
  const { probeRate = 0, random = Math.random } = state.options;
  const sprinkled = !fault && !repetition && probeRate > 0 && random() < probeRate;
  state.probed.delete(meta);
  const applied: Fault | undefined = sprinkled ? { kind: "probe" } : fault;
  if (applied?.kind === "probe") state.probed.add(meta);
  if (applied) noteFault(exchange, applied);
  return applied;
}

/** Answers an upload whose form has been read already. */
export async function answerUpload(
  exchange: Exchange,
  route: PayRoute,
  form: UploadForm,
): Promise<Response> {
  const admitted = await admit(exchange, form);
  if (isPayError(admitted)) return errorResponse(exchange, admitted);
  const result = await store(exchange, route, form, admitted.identity);
  if (isPayError(result)) return errorResponse(exchange, result);
  const fault = takeReplyFault(
    exchange,
    `${route.path} ${new TextDecoder().decode(form.metaBytes)}`,
  );
  return signedResponse(exchange, admitted.keyId, result, fault);
}

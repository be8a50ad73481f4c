import { own } from "../../validation/own.ts";
import { admit } from "../admit.ts";
import { isPayError, notFound } from "../error.ts";
import type { PayExchange } from "../exchange.ts";
import { errorResponse } from "../reply.ts";
import { fileAnswer } from "./file-answer.ts";

const UPLOAD_PATH = "/v3/merchant-service/images/upload";
const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  bmp: "image/bmp",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
};

/**
 * Answers the download of a picture, unsigned.
 *
 * Assumed: the merchant's own uploads stand in for the pictures of complaints. WeChat's staff says of 2023 that it does
 * not give uploads back.
 */
export async function answerPicture(exchange: PayExchange, mediaId: string): Promise<Response> {
  const identity = await admit(exchange, new Uint8Array());
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const { pay } = exchange;
  const found = pay.media
    .all()
    .find(
      ({ media_id, mchid, path }) =>
        media_id === mediaId && mchid === identity.merchant.mchid && path === UPLOAD_PATH,
    );
  if (found?.bytes === undefined) return errorResponse(exchange, notFound("图片不存在"));
  const extension = found.filename.split(".").at(-1)?.toLowerCase() ?? "";
  return fileAnswer(exchange, found.bytes.slice(), {
    "content-type": own(TYPES, extension) ?? "application/octet-stream",
  });
}

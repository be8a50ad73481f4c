import { encodeJson } from "../http/json.ts";
import { bytesBody, type RequestBody } from "../http/request-body.ts";

/** Makes the body of a JSON call. Throws TypeError for anything but an object. */
export function jsonBody(body: object): { contentType: string; body: RequestBody } {
  return { contentType: "application/json", body: bytesBody([encodeJson(body)]) };
}

import { randomDigits } from "../../bytes/random.ts";
import { type CallbackAddress, modeOf, withQuery } from "./address.ts";
import { callbackSignature, encryptMessage } from "./envelope.ts";
import { messageXml, type XmlFields } from "./xml.ts";

/** What is wrong with the first attempt. */
export type CallbackFault =
  | "wrong-signature"
  | "tampered"
  | "stale"
  | "other-appid"
  | "wrong-key"
  | "clear";

export const callbackFaults: readonly CallbackFault[] = [
  "wrong-signature",
  "tampered",
  "stale",
  "other-appid",
  "wrong-key",
  "clear",
];

/** A message or an event to send. */
export interface Callback {
  /** Whose message it is: an account, or a third-party platform (component_appid). */
  appid: string;
  address: CallbackAddress;
  /** The message, with all its fields. */
  message: XmlFields;
  /** The fields that stand beside `Encrypt`: ToUserName of an account, AppId of a platform. */
  outer: XmlFields;
  /** In the query of an account's messages. */
  openid?: string | undefined;
  fault?: CallbackFault | undefined;
}

interface CallbackRequest {
  url: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const OTHER_APPID = "wx0000000000000000";
const OTHER_KEY = "another0key0that0no0client0of0a0test0knows0";
/** Old enough for every reader that looks at the time. */
const STALE_SECONDS = 3600;

/** As real ones: a number of 9 or 10 digits. */
export const newCallbackNonce = (): string => randomDigits(10);

/** Encrypts and signs a message anew, as each attempt does (assumed), with the fault applied. */
export async function callbackRequest(
  { appid, address, message, outer, openid, fault: named }: Callback,
  now: number,
  attempt: number,
): Promise<CallbackRequest> {
  const fault = attempt === 0 ? named : undefined;
  const { token, encodingAESKey = "" } = address;
  const mode = fault === "clear" ? "clear" : modeOf(address);
  const timestamp = String(Math.floor(now / 1000) - (fault === "stale" ? STALE_SECONDS : 0));
  const nonce = newCallbackNonce();
  const sign = async (...parts: string[]): Promise<string> => {
    const right = await callbackSignature(token, timestamp, nonce, ...parts);
    return fault === "wrong-signature" ? `${right.slice(1)}x` : right;
  };
  const query = { signature: await sign(), timestamp, nonce, openid };
  const headers = {
    "content-type": "text/xml",
    "user-agent": "Mozilla/4.0",
    accept: "*/*",
    pragma: "no-cache",
  };
  if (mode === "clear") {
    const xml = messageXml(message);
    return { url: withQuery(address, query), headers, body: encoder.encode(changed(xml, fault)) };
  }
  const Encrypt = await encryptMessage(
    fault === "wrong-key" ? OTHER_KEY : encodingAESKey,
    messageXml(message),
    fault === "other-appid" ? OTHER_APPID : appid,
  );
  const encrypted = { ...query, encrypt_type: "aes", msg_signature: await sign(Encrypt) };
  const xml = messageXml({ ...(mode === "compatible" ? message : outer), Encrypt });
  return { url: withQuery(address, encrypted), headers, body: encoder.encode(changed(xml, fault)) };
}

/** Changes a letter in the last text of the body: the ciphertext, if there is one. */
function changed(xml: string, fault: CallbackFault | undefined): string {
  if (fault !== "tampered") return xml;
  const at = xml.lastIndexOf("<![CDATA[") + "<![CDATA[".length;
  return `${xml.slice(0, at)}${xml[at] === "A" ? "B" : "A"}${xml.slice(at + 1)}`;
}

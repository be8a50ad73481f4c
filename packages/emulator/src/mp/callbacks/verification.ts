import { randomDigits } from "../../bytes/random.ts";
import { sendOut } from "../../http/send-out.ts";
import { type CallbackAddress, withQuery } from "./address.ts";
import { newCallbackNonce } from "./callback.ts";
import { callbackSignature } from "./envelope.ts";

/** Documented: a GET with an echostr, which is the whole answer. Resolves with whether it was. */
export async function verifyAddress(address: CallbackAddress, now: number): Promise<boolean> {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = newCallbackNonce();
  const echostr = randomDigits(19);
  const signature = await callbackSignature(address.token, timestamp, nonce);
  const url = withQuery(address, { signature, echostr, timestamp, nonce });
  const headers = { "user-agent": "Mozilla/4.0", accept: "*/*" };
  const { status, answer } = await sendOut({ to: address.to, url }, { method: "GET", headers });
  return status === 200 && answer === echostr;
}

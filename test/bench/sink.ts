// Takes uploads and throws them away, for almost nothing; answers with a valid signature.

import { createSign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const { privateKey, serial } = JSON.parse(process.env["SINK"] ?? "{}") as Record<string, string>;
const body = '{"media_id":"H1ihR9JUtVj-J7CJqBUY5ZOrG_Je75H-rKhTG7FUmg9sxNTbRN54dFiUHnhg"}';
let timestamp = 0;
let signature = "";

/** One signature a second is enough: what is measured is the client. */
function signedHeaders(): Record<string, string> {
  const now = Math.floor(Date.now() / 1000);
  if (now !== timestamp) {
    timestamp = now;
    signature = createSign("sha256")
      .update(`${now}\nsink\n${body}\n`)
      .sign(privateKey ?? "", "base64");
  }
  return {
    "content-type": "application/json",
    "wechatpay-timestamp": String(timestamp),
    "wechatpay-nonce": "sink",
    "wechatpay-serial": serial ?? "",
    "wechatpay-signature": signature,
  };
}

const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, signedHeaders()).end(body));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});

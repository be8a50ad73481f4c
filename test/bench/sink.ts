// Takes uploads and throws them away; answers with a valid signature.

import { createSign, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const { privateKey, serial } = JSON.parse(process.env["SINK"] ?? "{}") as Record<string, string>;
const body = '{"media_id":"H1ihR9JUtVj-J7CJqBUY5ZOrG_Je75H-rKhTG7FUmg9sxNTbRN54dFiUHnhg"}';
/** Each reply has a nonce of its own: the library takes none twice. */
function signedHeaders(): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomUUID();
  const text = `${timestamp}\n${nonce}\n${body}\n`;
  return {
    "content-type": "application/json",
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-serial": serial ?? "",
    "wechatpay-signature": createSign("sha256")
      .update(text)
      .sign(privateKey ?? "", "base64"),
  };
}

const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, signedHeaders()).end(body));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});

import { note } from "../../http/exchange.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import { refusal } from "./refusals.ts";

const ESCAPE = /\\u[0-9a-fA-F]{4}/;

/**
 * The JSON of an article, whose `\uXXXX` are read as an option says. Documented in the text of 40033: there are none in
 * a request. Reported: they are taken and kept as they stand, so that readers see them.
 */
export function readArticleJson(
  exchange: MpExchange,
  read: (exchange: MpExchange) => { json: JsonObject } | MpError,
): { json: JsonObject } | MpError {
  const body = read(exchange);
  if (isMpError(body)) return body;
  const text = new TextDecoder().decode(exchange.request.body);
  const { unicodeEscapes = "verbatim" } = exchange.mp.options;
  if (!ESCAPE.test(text) || unicodeEscapes === "decode") return body;
  if (unicodeEscapes === "refuse") return refusal("unicodeEscapes");
  let found = 0;
  const kept = text.replace(/\\(?:u[0-9a-fA-F]{4}|.)/gs, (written) => {
    if (written.length === 2) return written;
    found += 1;
    return `\\${written}`;
  });
  if (found === 0) return body;
  note(exchange, [
    `kept ${found} escapes such as ${ESCAPE.exec(text)?.[0]} as they stand: WeChat does not decode \\uXXXX; send UTF-8`,
  ]);
  return { json: JSON.parse(kept) as JsonObject };
}

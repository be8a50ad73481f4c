import type { Exchange } from "./recorder.ts";
import { headerOf, partOf, readForm, type SentForm } from "./sent-form.ts";

/** What a request looks like, by name; the same for every request of a client. */
export type Traits = ReadonlyMap<string, string>;

/** Not the client's choice, or told otherwise below. */
const NOT_COMPARED = ["host", "authorization", "content-length", "transfer-encoding"];

/** Describes an upload; `quoted` and `large` are uploads of files made for one trait each. */
export function traitsOf(exchange: Exchange, quoted: Exchange, large: Exchange): Traits {
  const form = readForm(exchange);
  const headers = exchange.headers
    .filter(([name]) => !NOT_COMPARED.includes(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name.toLowerCase(), code(stable(value))]);
  return new Map([
    ["header names", exchange.headers.map(([name]) => code(name)).join(", ")],
    ...headers.sort(([a], [b]) => (a < b ? -1 : 1)),
    ["length", lengthOf(exchange)],
    ["`expect` at 1.5 MiB", code(headerOf(large, "expect"))],
    ["order in `authorization`", authorizationOrder(exchange)],
    ["parts", form.parts.map(({ name }) => code(name)).join(", ")],
    ["headers of `meta`", linesOf(form, "meta")],
    ["headers of `file`", linesOf(form, "file")],
    ['`"` in the file name', quotedName(readForm(quoted))],
    ["after the closing boundary", form.end === "" ? "nothing" : code(JSON.stringify(form.end))],
  ]);
}

function code(text: string | undefined): string {
  return text === undefined ? "none" : `\`${text}\``;
}

/** Without what differs from run to run or from machine to machine. */
function stable(value: string): string {
  return value
    .replace(/boundary=(-+|axios-[\d.]+-boundary-|wechat-edge-)[\w-]+$/, "boundary=$1…")
    .replace(/PUB_KEY_ID_\d+/, "PUB_KEY_ID_…")
    .replace(/curl\/\S+/, "curl/…")
    .replace(/node\/\S+ \S+/, "node/…");
}

function lengthOf(exchange: Exchange): string {
  if (headerOf(exchange, "content-length") !== undefined) return "`content-length`";
  return code(`transfer-encoding: ${headerOf(exchange, "transfer-encoding")}`);
}

function authorizationOrder(exchange: Exchange): string {
  const keys = (headerOf(exchange, "authorization") ?? "").matchAll(/(\w+)="/g);
  return Array.from(keys, ([, key]) => code(key)).join(", ");
}

const linesOf = (form: SentForm, name: string): string =>
  partOf(form, name).lines.map(code).join("<br>");

function quotedName(form: SentForm): string {
  const name = /filename=(".*");?$/.exec(partOf(form, "file").lines[0] ?? "")?.[1];
  return code(name);
}

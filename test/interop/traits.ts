import type { Exchange } from "./recorder.ts";
import { headerOf, partOf, readForm, type SentForm } from "./sent-form.ts";

/** What a request looks like, by name; the same for every request of a client. */
export type Traits = ReadonlyMap<string, string>;

/** Not the client's choice, or told otherwise below. */
const NOT_COMPARED = ["host", "authorization", "content-length", "transfer-encoding"];

/** An upload, and two of files that are made for one trait each. */
export interface Uploads {
  readonly image: Exchange;
  /** `"` in the name of the file. */
  readonly quoted: Exchange;
  /** 1.5 MiB. */
  readonly large: Exchange;
}

/** Describes an upload to WeChat Pay. */
export function payTraits(uploads: Uploads): Traits {
  const form = readForm(uploads.image);
  return new Map([
    ...headTraits(uploads),
    ["order in `authorization`", authorizationOrder(uploads.image)],
    ["parts", partNames(form)],
    ["headers of `meta`", linesOf(form, "meta")],
    ...fileTraits(uploads, "file"),
  ]);
}

/** Describes an upload to an Official Account, and the request for its token. */
export function mpTraits(uploads: Uploads, token: Exchange): Traits {
  return new Map([
    ["token from", tokenRequest(token)],
    ["target", code(withoutValues(uploads.image.target))],
    ...headTraits(uploads),
    ["parts", partNames(readForm(uploads.image))],
    ...fileTraits(uploads, "media"),
  ]);
}

type Trait = readonly [name: string, value: string];

function headTraits({ image, large }: Uploads): Trait[] {
  const headers = image.headers
    .filter(([name]) => !NOT_COMPARED.includes(name.toLowerCase()))
    .map(([name, value]): Trait => [name.toLowerCase(), code(stable(value))]);
  return [
    ["header names", image.headers.map(([name]) => code(name)).join(", ")],
    ...headers.sort(([a], [b]) => (a < b ? -1 : 1)),
    ["length", lengthOf(image)],
    ["`expect` at 1.5 MiB", code(headerOf(large, "expect"))],
  ];
}

function fileTraits({ image, quoted }: Uploads, field: string): Trait[] {
  const form = readForm(image);
  return [
    [`headers of \`${field}\``, linesOf(form, field)],
    ['`"` in the file name', quotedName(readForm(quoted), field)],
    ["after the closing boundary", form.end === "" ? "nothing" : code(JSON.stringify(form.end))],
  ];
}

/** Method, path and the names of what goes along, in their order. */
function tokenRequest({ method, target, body }: Exchange): string {
  const request = `${method} ${withoutValues(target)}`;
  if (body.length === 0) return code(request);
  const names = Object.keys(JSON.parse(body.toString()) as object);
  return `${code(request)} with ${names.map(code).join(", ")}`;
}

const withoutValues = (target: string): string => target.replace(/=[^&]*/g, "=…");

function code(text: string | undefined): string {
  return text === undefined ? "none" : `\`${text}\``;
}

/** Without what differs from run to run or from machine to machine. */
function stable(value: string): string {
  return value
    .replace(/boundary=(-+|axios-[\d.]+-boundary-|wechat-edge-)[\w-]+$/, "boundary=$1…")
    .replace(/PUB_KEY_ID_\d+/, "PUB_KEY_ID_…")
    .replace(/wechat-edge\/\S+/, "wechat-edge/…")
    .replace(/curl\/\S+/, "curl/…")
    .replace(/node\/\S+ \S+/, "node/…")
    .replace(/Node\.js\/.+/, "Node.js/…");
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

const partNames = (form: SentForm): string => form.parts.map(({ name }) => code(name)).join(", ");

function quotedName(form: SentForm, field: string): string {
  const name = /filename=(".*");?$/.exec(partOf(form, field).lines[0] ?? "")?.[1];
  return code(name);
}

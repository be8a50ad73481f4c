// What is told of a client that ran under WeChat's host names.

import type { WireExchange } from "./hosts/conversation.ts";
import type { StockRun } from "./hosts/run-stock.ts";
import { headerOf, partOf, readForm } from "./sent-form.ts";
import {
  CERTIFICATES_PATH,
  type Step,
  type StepReport,
  UPLOAD_PATH,
} from "./stock/stock-client.ts";

export interface StockFinding {
  readonly name: string;
  /** By column of the table. */
  readonly steps: Readonly<Record<string, string>>;
  /** Steps that it gets wrong by itself, and how. */
  readonly fails?: Partial<Record<Step, string>>;
  /** How it sends the picture, by column. Missing where nothing is sent. */
  readonly sends?: Readonly<Record<string, string>>;
  /** The rules that it depends on. */
  readonly rules: readonly Rule[];
}

/** What an emulator has to do for clients as they are. */
export type Rule = (typeof RULES)[number]["id"];

const RULES = [
  { id: "chunked", what: "takes a chunked body on /v3/", shown: isChunked },
  {
    id: "header names",
    what: "writes the header names of a reply as documented, for a client that looks them up by case",
    shown: () => false,
  },
  {
    id: "any serial",
    what: "takes any Wechatpay-Serial where nothing is encrypted, also the merchant's own",
    shown: namesOwnSerial,
  },
  { id: "serial case", what: "compares serial_no without case", shown: writesSerialInLowerCase },
  {
    id: "boundary",
    what: "finds the boundary in the body where Content-Type has no parameter",
    shown: hasNoBoundary,
  },
  { id: "epilogue", what: "ignores what follows the closing boundary", shown: hasEpilogue },
  { id: "GET body", what: "takes a GET with a body that is not signed", shown: hasUnsignedBody },
] as const;

/** What the table says of each rule. */
export const RULE_TEXTS: readonly (readonly [id: Rule, what: string])[] = RULES.map(
  ({ id, what }) => [id, what],
);

/** Sums up a run. */
export function stockFinding(
  name: string,
  { report, exchanges }: StockRun,
  { fails, rules = [] }: { fails?: StockFinding["fails"]; rules?: readonly Rule[] } = {},
): StockFinding {
  const upload = exchanges.find(({ target }) => target === UPLOAD_PATH);
  const shown = RULES.filter(({ shown }) => exchanges.some(shown)).map(({ id }) => id);
  return {
    name,
    steps: stepsOf(report, exchanges),
    ...(fails && { fails }),
    ...(upload && { sends: sendingOf(upload) }),
    rules: [...shown, ...rules],
  };
}

const STEP_TARGETS: readonly (readonly [step: Step, column: string, isTarget: RegExp])[] = [
  ["upload", "picture", exactly(UPLOAD_PATH)],
  ["certificates", "certificates decrypted", exactly(CERTIFICATES_PATH)],
  ["submit", "encrypted name sent", /\/applyment\/?$/],
  ["query", "encrypted name received", /\/business_code\//],
];

function exactly(path: string): RegExp {
  return new RegExp(`^${path}$`);
}

function stepsOf(report: StepReport, exchanges: readonly WireExchange[]): Record<string, string> {
  const steps = STEP_TARGETS.map(([step, column, target]): [string, string] => {
    const exchange = exchanges.find((one) => target.test(one.target));
    if (report[step] === undefined) return [column, exchange ? "by itself" : "–"];
    if (exchange === undefined) return [column, "not sent"];
    const { status, code } = exchange;
    return [column, code === undefined ? `${status}` : `${status} ${code}`];
  });
  return { ...Object.fromEntries(steps), "checks the reply": checks(report) };
}

function checks({ tampered, upload }: StepReport): string {
  const signed = upload && "verified" in upload && upload.verified;
  if (tampered === undefined) return signed ? "yes" : "no";
  if ("error" in tampered) return "yes";
  return tampered.verified === undefined ? "no" : "if asked";
}

function sendingOf(exchange: WireExchange): Record<string, string> {
  const form = readForm(exchange);
  const lines = (name: string) => partOf(form, name).lines.map(code).join("<br>");
  const serial = headerOf(exchange, "wechatpay-serial");
  const length = headerOf(exchange, "content-length") === undefined ? "chunked" : "Content-Length";
  return {
    "Content-Type": code(
      (headerOf(exchange, "content-type") ?? "").replace(/(boundary="?)[^"]*/, "$1…"),
    ),
    length,
    parts: form.parts.map(({ name }) => code(name)).join(", "),
    "headers of `meta`": lines("meta"),
    "headers of `file`": lines("file"),
    "after the closing boundary": form.end === "" ? "nothing" : code(JSON.stringify(form.end)),
    "Wechatpay-Serial": serialText(serial, exchange),
  };
}

function serialText(serial: string | undefined, exchange: WireExchange): string {
  if (serial === undefined) return "none";
  if (serial === "") return "empty";
  return namesOwnSerial(exchange) ? "the merchant's" : "the platform's";
}

const code = (text: string): string => `\`${text}\``;

function isChunked(exchange: WireExchange): boolean {
  return headerOf(exchange, "transfer-encoding") === "chunked";
}

function ownSerial(exchange: WireExchange): string {
  return /serial_no="([^"]*)"/.exec(headerOf(exchange, "authorization") ?? "")?.[1] ?? "";
}

function namesOwnSerial(exchange: WireExchange): boolean {
  return headerOf(exchange, "wechatpay-serial") === ownSerial(exchange);
}

function writesSerialInLowerCase(exchange: WireExchange): boolean {
  return ownSerial(exchange) !== ownSerial(exchange).toUpperCase();
}

function hasNoBoundary(exchange: WireExchange): boolean {
  const type = headerOf(exchange, "content-type") ?? "";
  return type.startsWith("multipart/") && !type.includes("boundary");
}

function hasEpilogue(exchange: WireExchange): boolean {
  return exchange.target === UPLOAD_PATH && !["", "\r\n"].includes(readForm(exchange).end);
}

function hasUnsignedBody({ method, body }: WireExchange): boolean {
  return method === "GET" && body.length > 0;
}

import { hex } from "../../bytes/hex.ts";
import { dayOf, SHANGHAI_OFFSET_MS } from "../../time/day.ts";
import { admit, checkAskedKey } from "../admit.ts";
import { isPayError, noAuth, type PayError, parameterError } from "../error.ts";
import type { PayExchange } from "../exchange.ts";
import { errorResponse } from "../reply.ts";
import { signedAnswer } from "../signed-answer.ts";
import { fundFlowBill, tradeBill } from "./bill-text.ts";
import { fileAnswer } from "./file-answer.ts";
import { gzip } from "./gzip.ts";

const HOUR_MS = 3600_000;
/** Documented: yesterday's bill is made from nine o'clock on. */
const MADE_AT_HOUR = 9;
/** Documented: three months. */
const MAX_AGE_DAYS = 92;

const TRADE_TYPES = [
  "ALL",
  "SUCCESS",
  "REFUND",
  "RECHARGE_REFUND",
  "ALL_SPECIAL",
  "SUC_SPECIAL",
  "REF_SPECIAL",
];
const ACCOUNT_TYPES = ["BASIC", "OPERATION", "FEES"];

/** Reported, as in WeChat's list of common questions. */
const NO_STATEMENT: PayError = {
  status: 400,
  code: "NO_STATEMENT_EXIST",
  message: "请求的账单文件不存在",
};
const CREATING: PayError = { status: 400, code: "STATEMENT_CREATING", message: "账单生成中" };
/** The status and code are documented, the text is assumed. */
const STALE_URL: PayError = {
  status: 400,
  code: "INVALID_REQUEST",
  message: "账单下载地址已失效，请重新申请账单",
};

const wrong = (field: string, issue: string): PayError =>
  parameterError("参数错误", field, issue, "query");

/** Days from the date to today in Asia/Shanghai, or undefined for anything but a date. */
function ageOf(date: string, now: number): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date)) return undefined; // 02-30
  return dayOf(now) - dayOf(ms - SHANGHAI_OFFSET_MS);
}

function checkDate(date: string | null, now: number): PayError | undefined {
  const age = ageOf(date ?? "", now);
  if (age === undefined) return wrong("bill_date", "must be a date such as 2019-06-11");
  if (age < 1 || age > MAX_AGE_DAYS) {
    return { status: 400, code: "INVALID_REQUEST", message: "账单日期错误" };
  }
  const hour = Math.floor(((now + SHANGHAI_OFFSET_MS) / HOUR_MS) % 24);
  return age === 1 && hour < MADE_AT_HOUR ? CREATING : undefined;
}

/** Which bill is asked for, and its text; undefined if the day has none. */
interface BillKind {
  parameter: "bill_type" | "account_type";
  values: readonly string[];
  text: (date: string, value: string, mchid: string) => string | undefined;
}

export const tradeBills: BillKind = {
  parameter: "bill_type",
  values: TRADE_TYPES,
  text: tradeBill,
};
export const fundFlowBills: BillKind = {
  parameter: "account_type",
  values: ACCOUNT_TYPES,
  text: fundFlowBill,
};

function billOf(exchange: PayExchange, kind: BillKind, mchid: string): PayError | { text: string } {
  const { searchParams } = exchange.request.url;
  const refused = checkDate(searchParams.get("bill_date"), exchange.clock.now());
  if (refused) return refused;
  const value = searchParams.get(kind.parameter) ?? kind.values[0] ?? "";
  if (!kind.values.includes(value)) {
    return wrong(kind.parameter, `must be one of ${kind.values.join(", ")}`);
  }
  const tar = searchParams.get("tar_type");
  if (tar !== null && tar !== "GZIP") return wrong("tar_type", "must be GZIP or left out");
  const date = searchParams.get("bill_date") ?? "";
  const own = exchange.pay.ownBills.get(date);
  const text = own === undefined ? kind.text(date, value, mchid) : own;
  return text == null ? NO_STATEMENT : { text };
}

/** Answers a request for the address of a bill. */
export async function answerBill(exchange: PayExchange, kind: BillKind): Promise<Response> {
  const identity = await admit(exchange, new Uint8Array());
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const refused = checkAskedKey(exchange);
  if (refused) return errorResponse(exchange, refused);
  const { request, pay, clock } = exchange;
  const { mchid } = identity.merchant;
  const bill = billOf(exchange, kind, mchid);
  if (isPayError(bill)) return errorResponse(exchange, bill);
  const bytes = new TextEncoder().encode(bill.text);
  const packed = request.url.searchParams.has("tar_type");
  const token = pay.bills.offer({ mchid, bytes, gzip: packed }, clock.now());
  const sha1 = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
  const result = {
    // Where the request came from: in process WeChat's own address, over HTTP the emulator's.
    download_url: `${request.url.origin}/v3/billdownload/file?token=${token}${packed ? "&tartype=gzip" : ""}`,
    hash_type: "SHA1",
    hash_value: hex(sha1),
  };
  return signedAnswer(exchange, result, `GET ${request.target}`);
}

/** Answers the download of a bill: the file, unsigned. */
export async function answerBillFile(exchange: PayExchange): Promise<Response> {
  const identity = await admit(exchange, new Uint8Array());
  if (isPayError(identity)) return errorResponse(exchange, identity);
  const { request, pay, clock } = exchange;
  const bill = pay.bills.find(request.url.searchParams.get("token") ?? "", clock.now());
  if (bill === undefined) return errorResponse(exchange, STALE_URL);
  if (bill.mchid !== identity.merchant.mchid) return errorResponse(exchange, noAuth);
  return bill.gzip
    ? fileAnswer(exchange, gzip(bill.bytes), { "content-type": "application/x-gzip" })
    : fileAnswer(exchange, bill.bytes.slice(), { "content-type": "text/plain" });
}

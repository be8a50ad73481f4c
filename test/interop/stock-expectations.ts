import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { StockRun } from "./hosts/run-stock.ts";
import { headerOf } from "./sent-form.ts";
import {
  BUSINESS_CODE,
  CONTACT,
  picture,
  pictureName,
  platformCertificate,
  type Step,
  type StepResult,
} from "./stock/stock-client.ts";
import type { Stage } from "./stock-runs.ts";

/** As WeChat documents them. */
const REPLY_HEADERS = [
  "Wechatpay-Timestamp",
  "Wechatpay-Nonce",
  "Wechatpay-Signature",
  "Wechatpay-Serial",
  "Request-ID",
  "Content-Type",
  "Date",
];

/** Every step that the client has went through, but for those that it gets wrong by itself. */
export function expectGenuine(
  { emulator, domain }: Pick<Stage, "emulator" | "domain">,
  { report, exchanges }: StockRun,
  fails: Partial<Record<Step, string>> = {},
): void {
  const { tampered, ...steps } = report;
  const failed = Object.entries(steps).filter(([, result]) => "error" in result);
  expect(failed.map(([step]) => step)).toEqual(Object.keys(fails));
  const done = (step: Step): StepResult | undefined => {
    const result = steps[step];
    return result === undefined || "error" in result ? undefined : result;
  };
  expect(
    Object.values(steps).map((result) => "verified" in result && result.verified === false),
  ).not.toContain(true);

  const { payMedia, applyments } = emulator.control;
  const uploaded = done("upload");
  if (uploaded) {
    const sha256 = createHash("sha256").update(readFileSync(picture)).digest("hex");
    const stored = payMedia.find(({ media_id }) => media_id === uploaded.value);
    expect(stored).toMatchObject({ filename: pictureName, sha256 });
  }
  const listed = done("certificates");
  if (listed) expect(listed.value).toBe(platformCertificate.serial);
  const submitted = done("submit");
  if (submitted) {
    const taken = applyments.find(({ business_code }) => business_code === BUSINESS_CODE);
    expect(taken).toMatchObject({ contact_name: CONTACT });
    expect(submitted.value).toBe(String(taken?.applyment_id));
  }
  const query = done("query");
  if (query) {
    expect(query.value).toBe(CONTACT);
    const unnoticed = tampered && !("error" in tampered) && tampered.verified !== false;
    expect(unnoticed).toBe(query.verified === undefined);
  }

  for (const exchange of exchanges) {
    const { host } = new URL(`https://${headerOf(exchange, "host")}`);
    expect(host).toMatch(/^api\.mch\.weixin\.qq\.com/);
    const names = exchange.replyHeaders.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(REPLY_HEADERS));
  }
  expect(domain.take()).toEqual([]);
}

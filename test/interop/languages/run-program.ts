import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { credentials } from "@wechat-edge/emulator";
import { CLIENT_MS, lastLine, type StockRun, withoutProxies } from "../hosts/run-stock.ts";
import type { StepReport } from "../stock/stock-client.ts";
import {
  APPLYMENT_PATH,
  BUSINESS_CODE,
  CERTIFICATES_PATH,
  CONTACT,
  picture,
  pictureName,
  platformCertificate,
  queryPath,
  UPLOAD_PATH,
} from "../stock/stock-client.ts";
import type { Stage } from "../stock-runs.ts";
import type { Program, Started } from "./programs.ts";

const run = promisify(execFile);

/** Settings of the merchant, for a program that reads them from its environment. */
function settings(): Record<string, string> {
  const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
  return {
    MCHID: mchid,
    SERIAL: serialNo,
    PRIVATE_KEY: privateKey,
    API_V3_KEY: apiV3Key,
    PLATFORM_SERIAL: platformCertificate.serial,
    PLATFORM_CERTIFICATE: platformCertificate.key,
    PICTURE: picture,
    PICTURE_NAME: pictureName,
    CONTACT,
    BUSINESS_CODE,
    UPLOAD_PATH,
    CERTIFICATES_PATH,
    APPLYMENT_PATH,
    QUERY_PATH: queryPath(BUSINESS_CODE),
  };
}

/** Runs a program of a language that was prepared. */
export async function runProgram(
  stage: Stage,
  { args }: Program,
  started: Started,
): Promise<StockRun> {
  const { domain } = stage;
  await stage.prepare();
  domain.take();
  const { stdout } = await run(started.command, [...started.args, ...args], {
    cwd: domain.folder,
    timeout: CLIENT_MS,
    env: { ...withoutProxies(), LC_ALL: "C.UTF-8", ...settings(), ...started.env },
  });
  return { report: lastLine(stdout) as StepReport, exchanges: domain.take() };
}

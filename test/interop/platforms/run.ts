// The program of one process: a third-party platform, from its first ticket to an upload for an account. The emulator
// is told over HTTP what an administrator and WeChat do. It prints what came of each step as JSON.

import type { Handle } from "../callbacks/callback-client.ts";
import { serve } from "../callbacks/serve.ts";
import { clients } from "./clients.ts";
import { appid, type PlatformReport } from "./platform-client.ts";

const [name = "", emulator = ""] = process.argv.slice(2);
const entry = clients.find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`There is no client ${name}.`);
const client = await entry.load();
const report: PlatformReport = {};
const pushes: Record<string, unknown>[] = [];

async function step(column: string, run: () => Promise<string>): Promise<string> {
  try {
    const value = await run();
    report[column] = { value };
    return value;
  } catch (error) {
    report[column] = { error: error instanceof Error ? error.message : String(error) };
    return "";
  }
}

async function tell(what: object): Promise<Record<string, unknown>> {
  const body = JSON.stringify(what);
  const reply = await fetch(`${emulator}/_emulator/mp-platforms`, { method: "POST", body });
  return (await reply.json()) as Record<string, unknown>;
}

/** A field of what was pushed last. */
function pushed(InfoType: string, field: string): string {
  const push = pushes.findLast((one) => one["InfoType"] === InfoType);
  if (push?.[field] === undefined) throw new Error(`No ${field} in a push ${InfoType}.`);
  return String(push[field]);
}

const keep: Handle = (push) => {
  pushes.push({ ...push });
  return undefined;
};
const server = await serve({ events: client.listener(keep) });
await tell({ pushTo: { url: `http://127.0.0.1:${server.port}/events` } });
await tell({ deliver: {} });
await step("ticket", async () => pushed("component_verify_ticket", "ComponentVerifyTicket"));
await step("token of the platform", () => client.token());
await step("pre-authorization code", () => client.preAuthCode());
await tell({ push: { message: await tell({ authorize: { appid } }) } });
const code = await step("code pushed", async () => pushed("authorized", "AuthorizationCode"));
await step("code exchanged", () => client.queryAuth(code));
await step("token of the account", () => client.refresh());
await step("picture uploaded", () => client.upload());
await tell({ push: { message: await tell({ revoke: { appid } }) } });
await step("withdrawal pushed", async () => pushed("unauthorized", "AuthorizerAppid"));
await server.close();
process.stdout.write(`\n${JSON.stringify(report)}\n`);

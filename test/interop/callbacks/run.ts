// The program of one process: a server that receives messages with a client, and answers what it understood. It prints
// its port, and ends with its input.

import type { ServedAccounts } from "./accounts.ts";
import { toReply } from "./callback-client.ts";
import { clients } from "./clients.ts";
import { serve } from "./serve.ts";

const [name = "", given = ""] = process.argv.slice(2);
const entry = clients.find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`There is no client ${name}.`);
const client = await entry.load();
const { accounts, platform } = JSON.parse(given) as ServedAccounts;
const listeners = Object.entries(accounts).map(([mode, account]) => [
  mode,
  client.account(account, toReply),
]);
const { port } = await serve({
  ...Object.fromEntries(listeners),
  platform: client.platform(platform, toReply),
});
console.log(port);
process.stdin.resume().on("end", () => process.exit());

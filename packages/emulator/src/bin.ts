#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_PORT, type RunningEmulator, type StartOptions, startEmulator } from "./node.ts";

const USAGE = `wechat-emulator: a strict WeChat on localhost: Pay v3 and an Official Account

  --port N     port on 127.0.0.1 (default ${DEFAULT_PORT}; 0 picks a free one)
  --json       print one line of JSON when ready, with origin, the inspector's address and
               credentials, and nothing else
  --cors       open the API routes to browser pages of any origin
  --chunked    accept chunked bodies, which are otherwise answered 412
  --keep-files keep all uploaded files in memory, so that the inspector can show them
  --version
  --help

The inspector is a page at /_emulator/ of the printed origin: what came in and why it was refused,
what is stored, and buttons for reviews, the clock, tokens and faults.
`;

function fail(message: string, exitCode: number): never {
  process.stderr.write(`wechat-emulator: ${message}\n`);
  process.exit(exitCode);
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: String(DEFAULT_PORT) },
        json: { type: "boolean", default: false },
        cors: { type: "boolean", default: false },
        chunked: { type: "boolean", default: false },
        "keep-files": { type: "boolean", default: false },
        version: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (!/^\d+$/.test(values.port) || Number(values.port) > 65535) {
      return fail(`--port is ${values.port}; it must be a number from 0 to 65535.`, 2);
    }
    return { ...values, port: Number(values.port) };
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`, 2);
  }
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function greeting({ origin, inspector, control }: RunningEmulator): string {
  const { pay, mp } = control.credentials;
  return `WeChat is at ${origin}

  inspector    ${inspector}
  merchant     ${pay.mchid}, certificate ${pay.serialNo}
  account      ${mp.appid}
  credentials  ${origin}/_emulator/credentials, or start with --json
  routes       ${origin}/
  control      ${origin}/_emulator/ health, reset, seed, faults, clock, journal, media, platform,
               applyments, tokens, user-sends, messages, client-ip, videos, news, drafts,
               publications

Let the next upload fail:
  curl ${origin}/_emulator/faults -d '{"kind":"too-fast","retryAfter":1}'

Press Ctrl+C to stop.
`;
}

async function start(options: StartOptions): Promise<RunningEmulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      return fail(`port ${options.port} is taken; choose another with --port.`, 1);
    return fail(message, 1);
  }
}

const flags = readFlags();
if (flags.help) {
  process.stdout.write(USAGE);
} else if (flags.version) {
  process.stdout.write(`${version()}\n`);
} else {
  const emulator = await start({
    port: flags.port,
    cors: flags.cors,
    chunked: flags.chunked ? "accept" : "refuse",
    // The files are of little use to a process that only answers, and would fill its memory.
    storage: flags["keep-files"] ? "memory" : "digests",
  });
  const { origin, inspector, control } = emulator;
  const { pay, mp } = control.credentials;
  process.stdout.write(
    flags.json ? `${JSON.stringify({ origin, inspector, pay, mp })}\n` : greeting(emulator),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
}

#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_PORT, type RunningEmulator, type StartOptions, startEmulator } from "./node.ts";

const USAGE = `Usage: wechat-emulator [flags]

WeChat on localhost: WeChat Pay v3 and an Official Account, strict enough to test a client against.

Flags
  --port N             port to listen on (default ${DEFAULT_PORT}; 0 picks a free one)
  --host ADDRESS       address to listen on (default 127.0.0.1, which this machine alone reaches;
                       0.0.0.0 opens the API to the network, as a container must)
  --control-host NAME  let other machines steer the emulator under this host name, as that of a
                       container; may be given several times
  --options FILE       read options from a JSON file; a flag given besides takes its place
  --cors               open the API routes to browser pages of any origin
  --chunked            accept chunked bodies, which are otherwise answered 412
  --keep-files         keep all uploaded files in memory, so that the inspector can show them
  --json               when ready, print one line of JSON with origin, inspector and credentials
  --version            print the version
  --help               print this text

Options in FILE, in parentheses what holds otherwise
  port, host, cors, chunked ("refuse" or "accept"), controlHosts   as the flags
  storage          "memory" or "digests": what is kept of an uploaded file ("digests")
  maxBodyBytes     largest request body, in bytes (33554432)
  now              moment at which the clock starts, as "2030-01-02T03:04:05Z" (the present)
  sleep            "wait" or "advance-clock": what the fault "delay" does ("wait")
  faults           list of faults that are there from the start
  limits           {name: bytes} of files: image, video, temporary-image, material-image, …
 WeChat Pay
  merchants        list of {mchid, serialNo, certificate, publicKey, apiV3Key, permissions, …}
  strict           {extensionMatchesContent, nonceReplay, unknownMchidIsServerError: true or false}
  signErrorForm    "reported" or "documented" form of SIGN_ERROR ("reported")
  replyKeyId       platform key that signs where the client asks for none (the certificate)
  probeRate        share of replies with a probe signature, 0 to 1 (0)
 Official Account
  accounts         list of {appid, secret, verified, pay, mediaApi, ipWhitelist, dailyLimits, …}
  clientIp         address that clients seem to call from (that of the socket)
  tokenLength      characters of an access_token, 64 to 2048 (136)
  wrongSecret      40125 or 40001 (40125)
  errmsgTail       "both", "rid" or "none" behind an errmsg ("both")
  successErrcode   true: uploads answer errcode 0 too (false)
  jsonContentType  Content-Type of JSON ("text/plain")
  mediaProfile     "2012", "2014", "media-api" or "current": whose limits hold ("current")
  videoDownload    "url", "stream" or "refuse" ("url")
  quotedBoundary   "refuse" or "accept" a boundary in quotes ("refuse")
  smallBlocks, outOfOrderBlocks, finishTwice   "refuse" or "accept", of videos in blocks
  saveTwice        "new", "same" or "refuse" ("new")
  review           {transcoding, video, news, publication: milliseconds or "never"} (1000 each)
  foreignPictures  "filter" or "refuse" pictures of elsewhere in articles ("filter")
  unicodeEscapes   "refuse" or "accept" \\uXXXX in articles ("refuse")
  newsPerDay       submissions a day (200)
  publishIdType    "string" or "number" ("string")
  articleOrigin    what the addresses of articles begin with (where the client called)

The inspector is a page at /_emulator/ of the printed origin: what came in and why it was refused,
what is stored, and buttons for reviews, the clock, tokens and faults. Other programs steer it by
the control routes, which GET /_emulator lists.
`;

function fail(message: string, exitCode: number): never {
  process.stderr.write(`wechat-emulator: ${message}\n`);
  process.exit(exitCode);
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string" },
        host: { type: "string" },
        "control-host": { type: "string", multiple: true },
        options: { type: "string" },
        json: { type: "boolean", default: false },
        cors: { type: "boolean" },
        chunked: { type: "boolean" },
        "keep-files": { type: "boolean" },
        version: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    return values;
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`, 2);
  }
}

type Flags = ReturnType<typeof readFlags>;

function readOptions(file: string): StartOptions {
  try {
    const options: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
    if (isObject) return options;
    return fail(`${file} holds ${JSON.stringify(options)}; it must hold a JSON object.`, 2);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return fail(`--options: there is no file ${file}.`, 2);
    if (error instanceof SyntaxError) return fail(`${file} is not JSON: ${message}`, 2);
    return fail(`${file} cannot be read: ${message}`, 2);
  }
}

function portOf(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  return fail(`--port is ${text}; it must be a number from 0 to 65535.`, 2);
}

/** Files are of little use to a process that only answers, and would fill its memory. */
const startOptions = (flags: Flags): StartOptions => ({
  storage: "digests",
  ...(flags.options !== undefined && readOptions(flags.options)),
  ...(flags.port !== undefined && { port: portOf(flags.port) }),
  ...(flags.host !== undefined && { host: flags.host }),
  ...(flags["control-host"] && { controlHosts: flags["control-host"] }),
  ...(flags.cors && { cors: true }),
  ...(flags.chunked && { chunked: "accept" }),
  ...(flags["keep-files"] && { storage: "memory" }),
});

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
  routes       ${origin}/_emulator lists those of the API and those that steer the emulator

Let the next upload fail:
  curl ${origin}/_emulator/faults -d '{"kind":"too-fast","retryAfter":1}'

Press Ctrl+C to stop.
`;
}

async function start(flags: Flags): Promise<RunningEmulator> {
  const options = startOptions(flags);
  try {
    return await startEmulator(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      return fail(`port ${options.port ?? DEFAULT_PORT} is taken; choose another with --port.`, 1);
    }
    if (!(error instanceof TypeError)) return fail(message, 1);
    return fail(flags.options === undefined ? message : `${flags.options}: ${message}`, 2);
  }
}

const flags = readFlags();
if (flags.help) {
  process.stdout.write(USAGE);
} else if (flags.version) {
  process.stdout.write(`${version()}\n`);
} else {
  const emulator = await start(flags);
  const { origin, inspector, control } = emulator;
  const { pay, mp } = control.credentials;
  process.stdout.write(
    flags.json ? `${JSON.stringify({ origin, inspector, pay, mp })}\n` : greeting(emulator),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
}

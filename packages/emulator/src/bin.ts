#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_PORT, type RunningEmulator, type StartOptions, startEmulator } from "./node.ts";

const USAGE = `Usage: wechat-emulator [flags]

An emulator of WeChat for tests: WeChat Pay v3 and an Official Account on localhost.

Flags
  --port N             port to listen on (default ${DEFAULT_PORT}; 0 picks a free one)
  --host ADDRESS       address to listen on (default 127.0.0.1, which only this machine can reach;
                       0.0.0.0 opens the API to the network, as a container needs)
  --control-host NAME  allow other machines to use the control routes under this host name, such as
                       the name of a container; may be given several times
  --options FILE       read options from a JSON file; flags override it
  --cors               allow browser pages of any origin to call the API routes
  --chunked            accept chunked bodies for the Official Account too, which answers 412 by default
  --keep-files         keep uploaded files in memory, so that the inspector can show them
  --json               when ready, print one line of JSON: baseUrl, inspector and credentials
  --version            print the version
  --help               print this text

Options in FILE (defaults in parentheses)
  port, host, cors, chunked ("refuse" or "accept"), controlHosts   like the flags
  storage          "memory" or "digests": keep uploaded files, or only their digests ("digests")
  maxBodyBytes     largest request body in bytes (33554432)
  now              time at which the clock starts, such as "2030-01-02T03:04:05Z" (the current time)
  sleep            "wait" or "advance-clock": how the fault "delay" waits ("wait")
  faults           list of faults that are set at the start
  limits           {name: bytes}, the largest files: image, video, temporary-image, material-image, …
 WeChat Pay
  merchants        list of {mchid, serialNo, certificate, publicKey, apiV3Key, permissions, …}
  strict           {extensionMatchesContent, nonceReplay, unknownMchidIsServerError: true or false}
  signErrorForm    "reported" or "documented": the form of SIGN_ERROR ("reported")
  replyKeyId       platform key that signs replies if the request names none (the certificate)
  probeRate        share of replies with a probe signature, 0 to 1 (0)
 Official Account
  accounts         list of {appid, secret, verified, pay, mediaApi, ipWhitelist, dailyLimits, …}
  clientIp         IP address of clients, for ipWhitelist (the address of the socket)
  tokenLength      characters of an access_token, 64 to 2048 (136)
  wrongSecret      40125 or 40001: the answer to a wrong secret (40125)
  errmsgTail       "both", "rid" or "none": what follows an errmsg, hint and rid ("both")
  successErrcode   true or false: whether successful uploads contain errcode 0 (false)
  jsonContentType  Content-Type of JSON ("text/plain")
  mediaProfile     "2012", "2014", "media-api" or "current": whose limits apply ("current")
  videoDownload    "url", "stream" or "refuse": the answer of media/get for a video ("url")
  quotedBoundary   "refuse" or "accept": a boundary in quotes ("refuse")
  smallBlocks      "refuse" or "accept": video blocks below 1 MiB before the last ("refuse")
  outOfOrderBlocks "refuse" or "accept": a video block before an earlier one ("accept")
  finishTwice      "refuse" or "accept": upload_finish of a finished video ("refuse")
  saveTwice        "new", "same" or "refuse": the media_id of a second save_video ("new")
  review           {transcoding, video, news, publication: milliseconds or "never"} (1000 each)
  foreignPictures  "filter" or "refuse": pictures in articles that were not uploaded ("filter")
  unicodeEscapes   "refuse" or "accept": \\uXXXX in the JSON of articles ("refuse")
  newsPerDay       submissions to the publish library per day (200)
  publishIdType    "string" or "number": the type of publish_id ("string")
  articleOrigin    origin of article addresses (the origin that the client calls)

The inspector is a page at /_emulator/ of the printed address. It shows requests, why they were refused
and what is stored, and has buttons for reviews, the clock, tokens and faults. Other programs use the
control routes; GET /_emulator lists them.
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
    return fail(`${file} contains ${JSON.stringify(options)}; it must contain a JSON object.`, 2);
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

/** "digests" by default: a long-running process would fill its memory with files. */
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

function greeting({ baseUrl, inspector, control }: RunningEmulator): string {
  const { pay, mp } = control.credentials;
  return `WeChat is at ${baseUrl}

  inspector    ${inspector}
  merchant     ${pay.mchid}, certificate ${pay.serialNo}
  account      ${mp.appid}
  credentials  ${baseUrl}/_emulator/credentials, or start with --json
  routes       ${baseUrl}/_emulator lists API and control routes

Make the next upload fail:
  curl ${baseUrl}/_emulator/faults -d '{"kind":"too-fast","retryAfter":1}'

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
  const { baseUrl, inspector, control } = emulator;
  const { pay, mp } = control.credentials;
  process.stdout.write(
    flags.json ? `${JSON.stringify({ baseUrl, inspector, pay, mp })}\n` : greeting(emulator),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
}

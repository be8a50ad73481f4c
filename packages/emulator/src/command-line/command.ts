import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isPlainJson, MAX_LEVELS } from "../http/json-object.ts";
import { DEFAULT_PORT, type RunningEmulator, type StartOptions, startEmulator } from "../node.ts";
import { valueText } from "../validation/check.ts";
import { visible } from "../validation/visible.ts";
import { meantFlag, namedByFlag, optionFlags, optionHelp, optionsOfFlags } from "./options.ts";

const USAGE = `Usage: wechat-emulator [flags]

An emulator of WeChat for tests: WeChat Pay v3 and an Official Account on localhost.

Flags
  --control-host NAME  allow other machines to use the control routes under this host name, such as
                       the name of a container; may be given several times
  --options FILE       read options from a JSON file; flags override it
  --chunked            accept chunked bodies for the Official Account too, which answers 412 by default
  --keep-files         keep uploaded files in memory, so that the inspector can show them
  --json               when ready, print one line of JSON: baseUrl, inspector and credentials
  --version            print the version
  --help               print this text

Options (defaults in parentheses). The first name is a flag, the second is for FILE and for the control
route /_emulator/options. Lists and objects are JSON; "no-" switches a flag without VALUE off.
${optionHelp()}

The inspector is a page at /_emulator/ of the printed address. It shows requests, why they were refused
and what is stored, and has buttons for reviews, the clock, tokens and faults. Other programs use the
control routes; GET /_emulator lists them.
`;

/** What a command has printed and come to. */
interface CommandEnd {
  /** For standard output. */
  readonly out: string;
  /** For standard error. */
  readonly err: string;
  /** Undefined while an emulator runs. */
  readonly exitCode: number | undefined;
  readonly emulator?: RunningEmulator;
}

class Refusal extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

function fail(message: string, exitCode: number): never {
  throw new Refusal(message, exitCode);
}

/** `--chunked` alone is an older flag; with a value it is an option like any other. */
const withValues = (given: readonly string[]): string[] =>
  given.map((flag, at) =>
    flag === "--chunked" && !/^[^-]/.test(given[at + 1] ?? "") ? "--chunked=accept" : flag,
  );

const FLAGS = {
  ...optionFlags,
  "control-host": { type: "string", multiple: true },
  options: { type: "string" },
  json: { type: "boolean", default: false },
  "keep-files": { type: "boolean" },
  version: { type: "boolean" },
  help: { type: "boolean" },
} as const;

function readFlags(given: readonly string[]) {
  const args = withValues(given);
  try {
    return parseArgs({ args, allowNegative: true, options: FLAGS }).values;
  } catch (error) {
    const { message } = error as Error;
    const meant = meantFlag(message, Object.keys(FLAGS));
    const hint = meant === undefined ? "" : ` Did you mean --${meant}?`;
    return fail(`${message}.${hint} --help lists all flags.`, 2);
  }
}

type Flags = ReturnType<typeof readFlags>;

function readOptions(file: string): StartOptions {
  const options = readJson(file);
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  if (!isObject) {
    return fail(`${file} contains ${valueText(options)}; it must contain a JSON object.`, 2);
  }
  if (isPlainJson(options)) return options;
  return fail(`${file} must be JSON of at most ${MAX_LEVELS} levels, without "__proto__".`, 2);
}

function readJson(file: string): unknown {
  try {
    const text = readFileSync(file, "utf8").replace(/^\ufeff/, ""); // editors of Windows
    return JSON.parse(text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return fail(`--options: there is no file ${file}.`, 2);
    if (error instanceof SyntaxError) return fail(`${file} is not JSON: ${message}`, 2);
    return fail(`${file} cannot be read: ${message}`, 2);
  }
}

function flagOptions(flags: Flags): StartOptions {
  try {
    return optionsOfFlags(flags);
  } catch (error) {
    return fail((error as Error).message, 2);
  }
}

/** "digests" by default: a long-running process would fill its memory with files. */
function startOptions(flags: Flags): StartOptions {
  const own = flagOptions(flags);
  const { "control-host": hosts, "keep-files": keep } = flags;
  if (keep && own.storage === "digests") {
    fail("--keep-files and --storage digests contradict each other; give one of them.", 2);
  }
  if (hosts && own.controlHosts) {
    fail("--control-host and --control-hosts are the same option; give one of them.", 2);
  }
  return {
    storage: "digests",
    ...(flags.options !== undefined && readOptions(flags.options)),
    ...own,
    ...(hosts && { controlHosts: hosts }),
    ...(keep && { storage: "memory" }),
  };
}

function version(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
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
    const named = namedByFlag(message, flags);
    if (named !== undefined || flags.options === undefined) return fail(named ?? message, 2);
    return fail(`${flags.options}: ${message}`, 2);
  }
}

/** Does what the command does with these arguments, all but to print and to end the process. */
export async function runCommand(args: readonly string[]): Promise<CommandEnd> {
  try {
    const flags = readFlags(args);
    if (flags.help) return { out: USAGE, err: "", exitCode: 0 };
    if (flags.version) return { out: `${version()}\n`, err: "", exitCode: 0 };
    const emulator = await start(flags);
    const { baseUrl, inspector, control } = emulator;
    const ready = { baseUrl, inspector, ...control.credentials };
    const out = flags.json ? `${JSON.stringify(ready)}\n` : greeting(emulator);
    return { out, err: "", exitCode: undefined, emulator };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, exitCode } = error;
    return { out: "", err: `wechat-emulator: ${visible(message)}\n`, exitCode };
  }
}

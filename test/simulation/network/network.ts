import { credentials, type Emulator } from "@wechat-edge/emulator";
import { TIMEOUT_MS } from "../bounds.ts";
import { type OnceOnly, onceOnlyOf } from "../jobs/once-only.ts";
import type { Trouble } from "../plan.ts";
import type { Asked, Process, Run } from "../run.ts";
import type { World } from "../world/world.ts";
import { FORGED, forgedList, forgedReply } from "./attacker.ts";
import type { NetworkFault } from "./faults.ts";
import { isGenuine } from "./genuine.ts";
import { gatewayPages, oddReplies } from "./odd-replies.ts";
import { createWhatWasDone } from "./what-was-done.ts";

type Init = RequestInit & { headers?: Record<string, string> };

/** What lies between the processes and WeChat. */
export interface Network {
  /** The `fetch` of a process. */
  fetchOf(process: () => Process): (address: string, init: Init) => Promise<Response>;
  /** All access_tokens and the like that were sent. */
  readonly tokens: Set<string>;
  /** Requests that a redirect led to another host. */
  readonly strayed: { readonly by: "a URL source" | "a call"; readonly headers: string }[];
  /** How long token or certificate endpoints answer nothing, in virtual time. */
  readonly outages: { kind: Asked["kind"]; until: number; ms: number }[];
}

const TOKEN_PATHS = /^\/cgi-bin\/(stable_token|token|component\/api_\w+_token)$/;
const CERTIFICATES = "/v3/certificates";

const never = (): Promise<never> => new Promise(() => undefined);
/** The process whose `fetch` ignores the signal. */
const DEAF_SLOT = 1;

/** Some runtimes write the address into their errors, with the token in it. */
const lost = (address: string): TypeError => new TypeError(`fetch failed: ${address}`);

export function createNetwork(
  { fetch: server, control }: Emulator,
  world: World,
  /** Ends the process of a run. */
  crash: (run: Run) => void,
): Network {
  const tokens = new Set<string>();
  const outages: Network["outages"] = [];
  const strayed: Network["strayed"] = [];
  const whatWasDone = createWhatWasDone({ fetch: server, control });
  const now = (): number => world.timers.now();
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  async function exchange(run: Run, address: string, init: Init): Promise<Response> {
    const response = await exchanged(run, address, init);
    const { pathname } = new URL(address);
    if (pathname.startsWith("/v3/") && pathname !== CERTIFICATES && response.ok) {
      run.genuine = await isGenuine(response.clone(), now() + run.process.skew);
    }
    return response;
  }

  async function exchanged(run: Run, address: string, init: Init): Promise<Response> {
    const url = new URL(address);
    const kind = kindOf(url.pathname);
    run.requests += 1;
    run.asked.push({ at: now(), kind, path: url.pathname });
    for (const [name, value] of url.searchParams) if (name.endsWith("token")) tokens.add(value);
    const block = Number(url.searchParams.get("part_num") ?? 0);
    if (run.acked.has(block)) run.resent += 1;
    const onceOnly = onceOnlyOf(address);
    const { fault, end } = troubleOf(run, onceOnly !== undefined);
    if (end?.done === false) return died(run);
    if (run.worker?.endsWith === kind) {
      run.worker.end();
      return never();
    }
    const outage = outages.find((each) => each.kind === kind && now() < each.until);
    if (outage !== undefined) await pause(outage.ms);
    const record: OnceOnly | undefined =
      onceOnly === undefined
        ? undefined
        : { what: onceOnly, done: false, id: undefined, answeredNothing: false };
    if (record !== undefined) {
      run.once.push(record);
      run.job?.once.push(record);
    }
    /** Lets WeChat do it, whatever becomes of the reply. */
    const deliver = async (signal = init.signal): Promise<Response> => {
      const call = () => server(address, { ...init, signal: signal ?? null });
      return record === undefined ? call() : whatWasDone.watch(record, call);
    };
    if (run.attack !== undefined || fault?.kind === "attack") {
      run.attack ??= fault?.kind === "attack" ? fault.variant : 0;
      if (url.pathname.startsWith("/v3/")) return attack(run.attack, url.pathname);
    }
    if (fault === undefined) {
      const response = await deliver();
      return end === undefined ? response : died(run);
    }
    const response = await spoilt(address, fault, deliver, init);
    return end === undefined ? response : died(run);
  }

  function died(run: Run): Promise<never> {
    crash(run);
    return never();
  }

  async function spoilt(
    address: string,
    fault: NetworkFault,
    deliver: (signal?: AbortSignal | null) => Promise<Response>,
    init: Init,
  ): Promise<Response> {
    switch (fault.kind) {
      case "refused":
        throw lost(address);
      case "swallowed":
        return never();
      case "lost":
        await deliver();
        throw lost(address);
      case "unanswered":
        await deliver();
        return never();
      case "late":
        void pause(TIMEOUT_MS * 1.5).then(() => deliver(null).catch(() => undefined));
        return never();
      case "slow":
        await pause(fault.ms);
        return deliver();
      case "cut":
        return halfOf(await deliver());
      case "gateway": {
        if (fault.done) await (await deliver()).arrayBuffer();
        const page = gatewayPages[fault.page] ?? { body: "", type: "" };
        const isBare = [204, 205, 304].includes(fault.status);
        return reply(isBare ? null : page.body, fault.status, page.type);
      }
      case "odd": {
        const response = await deliver();
        const text = await response.text();
        const odd = oddReplies[fault.name]?.(fieldsOf(text), text) ?? { body: text, type: "" };
        return new Response(odd.body, {
          status: response.status,
          headers: { ...Object.fromEntries(response.headers), "content-type": odd.type },
        });
      }
      case "redirect": {
        const location = "https://elsewhere.example/";
        if (init.redirect === "error") throw new TypeError("fetch failed: unexpected redirect");
        if (init.redirect !== "manual") {
          strayed.push({ by: "a call", headers: JSON.stringify(init.headers) });
        }
        return new Response(null, { status: fault.status, headers: { location } });
      }
      case "badly-signed":
        return badlySigned(await deliver(), fault.how);
      case "echo": {
        const errmsg = `api unauthorized: ${address} ${JSON.stringify(address)}`;
        return reply(JSON.stringify({ errcode: 48001, errmsg }), 200, "application/json");
      }
      case "emulator":
        control.faults.add({ ...fault.fault, times: 1 });
        try {
          return await deliver();
        } finally {
          control.faults.clear();
        }
      default:
        return deliver();
    }
  }

  function attack(variant: number, path: string): Response {
    const { apiV3Key } = credentials.pay;
    const [first] = control.platform.certificates();
    const genuine = first?.platformKeyId ?? "";
    const ids = { media_id: FORGED, media_url: FORGED, applyment_id: FORGED, forged: FORGED };
    const body =
      path === CERTIFICATES
        ? forgedList(variant, { apiV3Key, now: now(), genuine })
        : JSON.stringify(ids);
    return forgedReply(body, variant, now(), genuine);
  }

  return {
    tokens,
    outages,
    strayed,
    fetchOf: (process) => async (address, init) => {
      const run = world.owner() as Run | undefined;
      // Such as a notification that the emulator sends again: nobody's step, and no trouble.
      if (run === undefined) return server(address, init);
      if (process().dead) return never();
      init.signal?.throwIfAborted();
      const work = exchange(run, address, init);
      work.catch(() => undefined);
      // A fetch of somebody's own may ignore the signal.
      const isDeaf = process().slot === DEAF_SLOT;
      const response = await (isDeaf ? work : Promise.race([work, aborted(init.signal)]));
      return process().dead || run.process.dead ? never() : response;
    },
  };
}

/** The faults that strike this request, the first of each kind. */
function troubleOf(
  run: Run,
  isOnceOnly: boolean,
): { fault: NetworkFault | undefined; end: { readonly done: boolean } | undefined } {
  const strikes = (trouble: Trouble): boolean => {
    if (run.struck.has(trouble)) return false;
    if (trouble.kind === "once-only") return isOnceOnly;
    if (trouble.kind === "network") return run.requests > trouble.skip;
    if (trouble.kind !== "crash") return false;
    if (trouble.at === "once-only") return isOnceOnly;
    return trouble.at === "request" && run.requests > trouble.skip;
  };
  const struck = run.troubles.filter(strikes);
  let fault: NetworkFault | undefined;
  let end: { readonly done: boolean } | undefined;
  for (const trouble of struck) {
    if (trouble.kind === "crash") end ??= trouble;
    else if (fault === undefined && "fault" in trouble) fault = trouble.fault as NetworkFault;
    else continue;
    run.struck.add(trouble);
  }
  return { fault, end };
}

function kindOf(path: string): Asked["kind"] {
  if (TOKEN_PATHS.test(path)) return "token";
  return path === CERTIFICATES ? "certificates" : "call";
}

/** Rejects when the signal aborts, and leaves no listener that keeps anything. */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

async function halfOf(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  let isSent = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (isSent) controller.error(new TypeError("terminated"));
        else controller.enqueue(whole.subarray(0, whole.length >> 1));
        isSent = true;
      },
    },
    { highWaterMark: 0 },
  );
  const { status, headers } = response;
  return new Response(body, { status, headers });
}

function badlySigned(
  response: Response,
  how: (NetworkFault & { kind: "badly-signed" })["how"],
): Response {
  const headers = new Headers(response.headers);
  const signature = headers.get("wechatpay-signature");
  if (signature === null) return response;
  if (how === "missing") headers.delete("wechatpay-signature");
  else if (how === "old") headers.set("wechatpay-timestamp", "1554208460");
  else
    headers.set("wechatpay-signature", `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`);
  return new Response(response.body, { status: response.status, headers });
}

function reply(body: string | null, status: number, type: string): Response {
  return new Response(body, { status, headers: type === "" ? {} : { "content-type": type } });
}

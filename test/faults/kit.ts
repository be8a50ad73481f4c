import {
  createMpClient,
  createPayClient,
  type MpClient,
  type PayClient,
  type PayClientOptions,
} from "@wechat-edge/core";
import {
  createMpPlatform,
  keepTicket,
  type MpPlatform,
  queryAuth,
} from "@wechat-edge/core/mp-platform";
import {
  createEmulator,
  credentials,
  type Emulator,
  type EmulatorOptions,
} from "@wechat-edge/emulator";

type Fetch = Emulator["fetch"];

/** An emulator, in this process or behind a port, and clients of it. */
export interface Kit {
  readonly control: Emulator["control"];
  readonly fetch: Fetch;
  readonly pay: PayClient;
  /** A client whose platform keys are not given: it downloads the certificates. */
  payByCertificates(): PayClient;
  readonly mp: MpClient;
  readonly platform: MpPlatform;
  /** What replaces the reply to a request on its way, while a fault is under test. */
  onReply: (path: string, action: string | null, reply: Response) => Response | Promise<Response>;
}

/** Where a kit's requests go. */
export interface Place {
  readonly fetch: Fetch;
  readonly control: Emulator["control"];
  readonly baseUrl?: string;
}

/** The clock of every emulator: nothing on the page depends on the day. */
const START = Date.UTC(2026, 10, 22, 4);
const NO_REVIEW = { transcoding: 0, video: 0, news: 0, publication: 0 };

/** The options of every emulator; its delay ends what the client waits for, instead of waiting itself. */
export function optionsOf(onDelay: () => void): EmulatorOptions {
  return {
    now: () => START,
    review: NO_REVIEW,
    sleep: async () => onDelay(),
  };
}

export function inThisProcess(onDelay: () => void): Place {
  return createEmulator(optionsOf(onDelay));
}

export function kitOf({ fetch, control, baseUrl }: Place): Kit {
  const through: Fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
    return kit.onReply(pathname, searchParams.get("action"), await fetch(input, init));
  };
  const shared = {
    fetch: through,
    now: control.clock.now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      control.clock.advance(ms);
    },
    ...(baseUrl !== undefined && { baseUrl }),
  };
  const { platformKeys, ...identity } = credentials.pay;
  const payOf = (keys: Pick<PayClientOptions, "platformKeys">): PayClient =>
    createPayClient({ ...identity, ...keys, ...shared });
  let pay: PayClient | undefined;
  let mp: MpClient | undefined;
  let platform: MpPlatform | undefined;
  // Made when they are needed: most cells need one of them.
  const kit: Kit = {
    control,
    fetch,
    get pay() {
      pay ??= payOf({ platformKeys });
      return pay;
    },
    payByCertificates: () => payOf({}),
    get mp() {
      mp ??= createMpClient({ ...credentials.mp, ...shared });
      return mp;
    },
    get platform() {
      platform ??= createMpPlatform({ ...credentials.platform, ...shared });
      return platform;
    },
    onReply: (_, __, reply) => reply,
  };
  return kit;
}

/** A platform that has its ticket, and which the demo account has authorized. */
export async function authorized({ platform, control }: Kit): Promise<MpPlatform> {
  const { mpPlatforms } = control;
  await keepTicket(platform, mpPlatforms.ticket().ComponentVerifyTicket);
  const { AuthorizationCode } = mpPlatforms.authorize(credentials.mp.appid);
  await queryAuth(platform, AuthorizationCode);
  return platform;
}

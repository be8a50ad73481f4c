import { ClientVersionError } from "./errors.ts";
import { given } from "./given.ts";

/** What makes clients, and so tells them apart. */
export type ClientMaker = "createPayClient" | "createMpClient";

/** What a client carries for the functions of this library alone. */
interface HiddenParts {
  readonly maker: ClientMaker;
  /** Of the form of `parts`. It changes with every change that an older or newer copy would not understand. */
  readonly version: number;
  readonly parts: object;
}

/** Registered, so that a program may hold two copies of this package and give the client of one to the other. */
const KEY: symbol = Symbol.for("@wechat-edge/core/client");
const VERSION = 1;

/** Hides parts in a client, where neither a log nor a copy (`{ ...client }`) takes them along. */
export function hideParts<Client extends object>(
  client: Client,
  maker: ClientMaker,
  parts: object,
): Client {
  const hidden: HiddenParts = { maker, version: VERSION, parts };
  return Object.defineProperty(client, KEY, { value: hidden });
}

/** The hidden parts of a client. Throws TypeError for anything else, and ClientVersionError for the client of a copy that hides others. */
export function partsOf(client: unknown, maker: ClientMaker): object {
  const hidden = hiddenIn(client);
  if (hidden === undefined) {
    throw new TypeError(
      `The first argument must be a client from ${maker}, not ${given(client)}. A copy of a client, such as { ...client }, does not work: make another client.`,
    );
  }
  if (hidden.maker !== maker) {
    throw new TypeError(
      `The first argument must be a client from ${maker}; it is one from ${hidden.maker}.`,
    );
  }
  if (hidden.version !== VERSION) throw new ClientVersionError(maker, hidden.version, VERSION);
  return hidden.parts;
}

function hiddenIn(client: unknown): HiddenParts | undefined {
  if (typeof client !== "object" || client === null) return undefined;
  return (client as Record<symbol, HiddenParts | undefined>)[KEY];
}

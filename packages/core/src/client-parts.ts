import { ClientVersionError } from "./errors.ts";
import { feature } from "./feature.ts";
import { given } from "./given.ts";

/** The functions that make clients; the name tells the kinds apart. */
export type ClientMaker = "createPayClient" | "createMpClient" | "createMpPlatform";

/** What a client holds for the functions of this library. */
interface HiddenParts {
  readonly maker: ClientMaker;
  /** Version of the shape of `parts`; raised by every change that another copy of this package would not understand. */
  readonly version: number;
  readonly parts: object;
}

/** A registered symbol, so that a client works with another copy of this package in the same program. */
const KEY: symbol = Symbol.for("@wechat-edge/core/client");
const VERSION = 1;

/** Hides parts in a client, where logs do not show them and copies (`{ ...client }`) do not have them. */
export function hideParts<Client extends object>(
  client: Client,
  maker: ClientMaker,
  parts: object,
): Client {
  // Frozen, so that Vue and others that wrap all that an object holds leave it as it is.
  const hidden: HiddenParts = Object.freeze({ maker, version: VERSION, parts });
  return Object.defineProperty(client, KEY, { value: hidden });
}

/**
 * Returns the hidden parts of a client. Throws TypeError for anything else, ClientVersionError for a client of an
 * incompatible copy.
 */
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
  return feature(() => (client as Record<symbol, HiddenParts | undefined>)[KEY]);
}

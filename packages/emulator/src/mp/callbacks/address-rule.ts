import {
  fields,
  oneOf,
  optional,
  type Rule,
  textLike,
  that,
  together,
} from "../../validation/rules.ts";
import { type CallbackAddress, modeOf } from "./address.ts";

/** What a configured address must be; the platform takes letters and digits only (documented). */
export const callbackAddressRule: Rule<CallbackAddress> = together(
  fields<CallbackAddress>({
    to: optional(that((value) => typeof value === "function", "a function that answers a Request")),
    url: optional(textLike(/^https?:\/\//, "an http or https address")),
    token: textLike(/^[A-Za-z0-9]{3,32}$/, "3 to 32 letters and digits"),
    encodingAESKey: optional(textLike(/^[A-Za-z0-9]{43}$/, "43 letters and digits")),
    mode: optional(oneOf(["clear", "compatible", "encrypted"])),
  }),
  (address) =>
    (address.to ?? address.url) !== undefined &&
    (modeOf(address) === "clear" || address.encodingAESKey !== undefined),
  'an object with "to" or "url", and with "encodingAESKey" unless mode is "clear"',
);

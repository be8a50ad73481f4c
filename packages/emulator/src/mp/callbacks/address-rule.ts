import { handler, httpAddress } from "../../http/recipient-rules.ts";
import { fields, oneOf, optional, type Rule, textLike, together } from "../../validation/rules.ts";
import { type CallbackAddress, modeOf } from "./address.ts";

/** What a configured address must be; the platform takes letters and digits only (documented). */
export const callbackAddressRule: Rule<CallbackAddress> = together(
  fields<CallbackAddress>({
    to: optional(handler),
    url: optional(httpAddress),
    token: textLike(/^[A-Za-z0-9]{3,32}$/, "3 to 32 letters and digits"),
    encodingAESKey: optional(textLike(/^[A-Za-z0-9]{43}$/, "43 letters and digits")),
    mode: optional(oneOf(["clear", "compatible", "encrypted"])),
  }),
  (address) =>
    (address.to ?? address.url) !== undefined &&
    (modeOf(address) === "clear" || address.encodingAESKey !== undefined),
  'an object with "to" or "url", and with "encodingAESKey" unless mode is "clear"',
);

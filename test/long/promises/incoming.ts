// What is promised of notifications and messages.

import { conformance, core, type SecurityPromise, unit } from "./promise.ts";

export const incoming: readonly SecurityPromise[] = [
  {
    promise: "a request of more than 1 MiB is not read to its end",
    test: conformance("pay/notifications"),
    name: "a body over 1 MiB",
    broken: {
      file: core("http/incoming-body"),
      from: "if (bytes > MAX_BODY_BYTES) throw tooLarge();",
      to: "if (bytes < 0) throw tooLarge();",
    },
  },
  {
    promise: "a forged or changed notification is refused",
    test: unit("pay/notifications"),
    name: "a notification without a valid signature",
    broken: {
      file: core("pay-notifications/signature-check"),
      from: "await verifyReply(parts.keys, { status: 200, ...incoming }, now);",
      to: "await verifyReply(parts.keys, { status: 200, ...incoming }, now).catch(() => undefined);",
    },
  },
  {
    promise: "a notification about another merchant is refused",
    test: unit("pay/notifications"),
    name: "a notification about another merchant",
    broken: {
      file: core("pay-notifications/read-notification"),
      from: "if (!isAnyones) checkMerchant(",
      to: "if (isAnyones) checkMerchant(",
    },
  },
  {
    promise: "a forged or changed message of an Official Account is refused",
    test: unit("mp-messages/envelope"),
    name: "an envelope",
    broken: {
      file: core("mp-messages/envelope"),
      from: "if (!isSameText(wanted, signature)) {",
      to: 'if (signature === "") {',
    },
  },
  {
    promise: "a message for another account is refused",
    test: unit("mp-messages/envelope"),
    name: "is refused if it is for another account",
    broken: {
      file: core("mp-messages/envelope"),
      from: "content?.appid === appid",
      to: "content !== undefined",
    },
  },
  {
    promise: "an old message is refused",
    test: unit("mp-messages/hostile"),
    name: "is refused 301 seconds early and late, and read at 300",
    broken: {
      file: core("mp-messages/freshness"),
      from: "Math.abs(skew) * 1000 <= maxAge",
      to: "maxAge > 0",
    },
  },
  {
    promise: "XML neither nests without end nor loads anything",
    test: unit("mp-messages/xml"),
    name: "",
    broken: {
      file: core("mp-messages/xml"),
      from: "return stack.length > MAX_DEPTH ? undefined : TAG.lastIndex;",
      to: "return stack.length > 1e6 * MAX_DEPTH ? undefined : TAG.lastIndex;",
    },
  },
];

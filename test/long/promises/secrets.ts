// What is promised of what others see: errors, logs, clients, pages.

import { conformance, core, type SecurityPromise, unit } from "./promise.ts";

export const secrets: readonly SecurityPromise[] = [
  {
    promise: "no error shows a token or an AppSecret",
    test: unit("mp/tokens/secrecy"),
    name: "",
    broken: {
      file: core("mp/redact"),
      from: "  let clean = text;\n",
      to: "  let clean = text;\n  if (hidden.length > 0) return clean;\n",
    },
  },
  {
    promise: "no error shows a private key",
    test: conformance("pay/keys"),
    name: "is never shown in an error",
    broken: {
      file: core("pay/keys/key-text"),
      from: "wanted}.`);",
      to: "wanted}.` + String(key));",
    },
  },
  {
    promise: "printing or serialising a client shows no secret",
    test: conformance("clients"),
    name: "shows what is its caller's, and neither keys nor tokens",
    broken: {
      file: core("client-parts"),
      from: "return Object.defineProperty(client, KEY, { value: hidden });",
      to: "return Object.defineProperty(client, KEY, { value: hidden, enumerable: true });",
    },
  },
  {
    promise: "no message has a control character, a line end or a mark of direction",
    test: unit("visible"),
    name: "a message that quotes",
    broken: {
      file: core("errors"),
      from: "super(message && visible(message), ",
      to: "super(message, ",
    },
  },
  {
    promise: "the emulator's pages escape all that comes with a request",
    test: "packages/emulator/test/inspector/inspector.test.ts",
    name: "escapes all that comes with a request",
    broken: {
      file: "packages/emulator/src/html/html.ts",
      from: "return isForeign ? JSON.stringify(value) : value;",
      to: "return isForeign ? JSON.stringify(value) : Object.assign(new String(value), { isEscaped: true });",
    },
  },
];

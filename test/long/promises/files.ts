// What is promised of files, their names and their addresses.

import { conformance, core, type SecurityPromise, unit } from "./promise.ts";

export const files: readonly SecurityPromise[] = [
  {
    promise: "createUrlSource follows no redirect unless it is told to",
    test: unit("source/url-redirects"),
    name: "a redirect is an error by default",
    broken: {
      file: core("source/url-source"),
      from: 'redirect = "error", signal',
      to: 'redirect = "follow", signal',
    },
  },
  {
    promise: "the headers of createUrlSource reach no other origin",
    test: unit("source/url-redirects"),
    name: "lose the caller's headers at another origin, and do not get them back",
    broken: {
      file: core("source/redirects"),
      from: "if (next.origin !== first.origin) own = {};",
      to: 'if (next.origin === "") own = {};',
    },
  },
  {
    promise: "no redirect leads from https to http",
    test: unit("source/url-redirects"),
    name: "never from https to http",
    broken: {
      file: core("source/redirects"),
      from: '!next.origin.startsWith("https:")',
      to: '!next.origin.startsWith("http")',
    },
  },
  {
    promise:
      "a file that differs from the digest that WeChat Pay signed never ends as if it were whole",
    test: conformance("pay/downloads"),
    name: "that differs from its digest never ends as if it were complete",
    broken: {
      file: "packages/pay-media/src/downloads/digest-check.ts",
      from: "if (digest === value) return undefined;",
      to: "if (digest !== undefined) return undefined;",
    },
  },
  {
    promise: "a signed download is asked of WeChat Pay's hosts and baseUrl alone",
    test: conformance("pay/downloads"),
    name: "the signed request",
    broken: {
      file: "packages/pay-media/src/downloads/target.ts",
      from: "if (!isWechat(url)) {",
      to: 'if (url.origin === "") {',
    },
  },
  {
    promise: "a stream's last bytes are sent only after its digest has proved it",
    test: conformance("pay/stream-input"),
    name: "of another digest",
    broken: {
      file: core("upload/stream-input"),
      from: "if (actual !== sha256?.toLowerCase()) throw",
      to: 'if (actual === "") throw',
    },
  },
  {
    promise: "a file name from outside is safe to create",
    test: unit("http/file-name"),
    name: "",
    broken: { file: core("http/file-name"), from: "name.split(/[/\\\\]/).at(-1)", to: "name" },
  },
  {
    promise: "a file name cannot end its header in a form",
    test: unit("upload/multipart"),
    name: "lets no file name end its header",
    broken: {
      file: core("upload/multipart"),
      from: '.replaceAll("\\r", "%0D").replaceAll("\\n", "%0A")',
      to: "",
    },
  },
  {
    promise:
      "a file is read within its bounds and in reads of at most 1 MiB, and throws only our errors",
    test: "test/fuzz/fuzz.test.ts",
    name: "inspect: pictures, sounds and videos",
    broken: {
      file: core("inspect/file-window"),
      from: "const end = Math.min(Math.max(to, from + WINDOW_BYTES), source.size);",
      to: "const end = Math.max(to, from + WINDOW_BYTES);",
    },
  },
  {
    promise: "memory grows with the bytes that came, not with the length that was announced",
    test: unit("bytes/arriving"),
    name: "what was announced and does not come reserves next to nothing",
    broken: {
      file: core("bytes/arriving"),
      from: "new Uint8Array(Math.min(most, FIRST_BYTES))",
      to: "new Uint8Array(Math.max(most, FIRST_BYTES))",
    },
  },
  {
    promise: "a file name from outside has at most 255 bytes",
    test: unit("http/file-name-limits"),
    name: "",
    broken: {
      file: core("http/file-name"),
      from: "const MAX_NAME_BYTES = 250;",
      to: "const MAX_NAME_BYTES = 2500;",
    },
  },
];

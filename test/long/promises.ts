// What SECURITY.md promises: the test that holds each, and a change of the sources that breaks it.

/** A promise, by its row in SECURITY.md. */
export interface SecurityPromise {
  readonly promise: string;
  /** The file of the test. */
  readonly test: string;
  /** A part of the test's name, as vitest takes it with -t; it matches one test or one group. */
  readonly name: string;
  /** What breaks the promise: a text of a source that stands there once, and another in its place. */
  readonly broken: {
    readonly file: string;
    readonly from: string;
    readonly to: string;
  };
}

const conformance = (name: string): string => `test/conformance/${name}.test.ts`;
const core = (name: string): string => `packages/core/src/${name}.ts`;

export const promises: readonly SecurityPromise[] = [
  {
    promise: "a reply whose signature does not hold is never a result",
    test: conformance("pay/replies"),
    name: "a reply that was tampered with",
    broken: { file: core("pay/verify"), from: "if (!valid) {", to: "if (valid === undefined) {" },
  },
  {
    promise: "a reply that was signed more than 5 minutes ago, or later than now, is refused",
    test: conformance("pay/replies"),
    name: "a stale reply",
    broken: {
      file: core("pay/verify"),
      from: "if (Math.abs(skew) > MAX_SKEW_SECONDS) {",
      to: "if (Number.isNaN(skew)) {",
    },
  },
  {
    promise: "a reply without a signature is never a result",
    test: conformance("pay/network"),
    name: "an unsigned reply is refused",
    broken: {
      file: core("pay/verify"),
      from: "  let cause: unknown;\n",
      to: "  if (signature === null) return;\n  let cause: unknown;\n",
    },
  },
  {
    promise: "a redirect is not followed",
    test: conformance("pay/network"),
    name: "a redirect is not followed",
    broken: {
      file: core("http/send"),
      from: "redirect: redirectMode(),",
      to: 'redirect: "follow" as never,',
    },
  },
  {
    promise: "a reply of more than 1 MiB is not read to its end",
    test: conformance("pay/network"),
    name: "a reply larger than 1 MiB is refused",
    broken: { file: core("http/reply"), from: "if (length > maxBytes) {", to: "if (length < 0) {" },
  },
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
    test: conformance("pay/notifications"),
    name: "a notification without a valid signature",
    broken: {
      file: core("pay-notifications/signature-check"),
      from: "await verifyReply(parts.keys, { status: 200, ...incoming }, now);",
      to: "await verifyReply(parts.keys, { status: 200, ...incoming }, now).catch(() => undefined);",
    },
  },
  {
    promise: "a notification about another merchant is refused",
    test: conformance("pay/notifications"),
    name: "a notification about another merchant",
    broken: {
      file: core("pay-notifications/read-notification"),
      from: "if (!isAnyones) checkMerchant(",
      to: "if (isAnyones) checkMerchant(",
    },
  },
  {
    promise: "a forged or changed message of an Official Account is refused",
    test: "packages/core/test/mp-messages/envelope.test.ts",
    name: "an envelope",
    broken: {
      file: core("mp-messages/envelope"),
      from: "if (!isSameText(wanted, signature)) {",
      to: 'if (signature === "") {',
    },
  },
  {
    promise: "a message for another account is refused",
    test: "packages/core/test/mp-messages/envelope.test.ts",
    name: "is refused if it is for another account",
    broken: {
      file: core("mp-messages/envelope"),
      from: "content?.appid === appid",
      to: "content !== undefined",
    },
  },
  {
    promise: "an old message is refused",
    test: conformance("mp-messages/hostile"),
    name: "is refused 301 seconds early and late, and read at 300",
    broken: {
      file: core("mp-messages/freshness"),
      from: "Math.abs(skew) * 1000 <= maxAge",
      to: "maxAge > 0",
    },
  },
  {
    promise: "XML neither nests without end nor loads anything",
    test: "packages/core/test/mp-messages/xml.test.ts",
    name: "",
    broken: {
      file: core("mp-messages/xml"),
      from: "return stack.length > MAX_DEPTH ? undefined : TAG.lastIndex;",
      to: "return stack.length > 1e6 * MAX_DEPTH ? undefined : TAG.lastIndex;",
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
    promise: "no error shows a token or an AppSecret",
    test: conformance("tokens/secrecy"),
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
    promise: "a file name from outside is safe to create",
    test: "packages/core/test/http/file-name.test.ts",
    name: "",
    broken: { file: core("http/file-name"), from: "name.split(/[/\\\\]/).at(-1)", to: "name" },
  },
  {
    promise: "a file name cannot end its header in a form",
    test: "packages/core/test/upload/multipart.test.ts",
    name: "lets no file name end its header",
    broken: {
      file: core("upload/multipart"),
      from: '.replaceAll("\\r", "%0D").replaceAll("\\n", "%0A")',
      to: "",
    },
  },
  {
    promise: "a token that WeChat refused is not taken from the store again",
    test: "packages/core/test/store.test.ts",
    name: "that are refused and stay in the store are not used again",
    broken: {
      file: core("mp/tokens/tokens"),
      from: "token !== undefined && !refused.has(token.value) && isFresh(token, now())",
      to: "token !== undefined && isFresh(token, now())",
    },
  },
  {
    promise: "what a store returns under another key is not taken",
    test: "packages/core/test/mp-platform/attacks.test.ts",
    name: "a store that mixes up its keys",
    broken: {
      file: core("store"),
      from: "return own === key ? copy : undefined;",
      to: 'return own === "" ? undefined : copy;',
    },
  },
  {
    promise: "a platform certificate that has expired verifies nothing",
    test: conformance("pay/certificates"),
    name: "are no longer trusted once they have expired",
    broken: { file: core("pay/keys/certificate-list"), from: "expires > now()", to: "expires > 0" },
  },
  {
    promise: "what is sealed with the APIv3 key and is no certificate verifies nothing",
    test: conformance("pay/hostile"),
    name: "is not taken from what a notification says, which is sealed with the same key",
    broken: {
      file: core("pay/keys/certificates"),
      from: "|| pem[0] === BRACE",
      to: "|| pem[0] === -BRACE",
    },
  },
  {
    promise: "unknown serial numbers cause at most one download in 60 seconds",
    test: conformance("pay/certificates"),
    name: "are not downloaded twice within 60 seconds for unknown serials",
    broken: {
      file: core("pay/keys/certificate-list"),
      from: "Math.abs(now() - askedAt) >= MIN_INTERVAL_MS",
      to: "Math.abs(now() - askedAt) >= 0",
    },
  },
  {
    promise: "an RSA key under 2048 bits is refused",
    test: conformance("pay/keys"),
    name: "is refused on first use: RSA of 1024 bits",
    broken: {
      file: core("pay/keys/key"),
      from: "if (bits < MIN_MODULUS_BITS) {",
      to: "if (bits < 0) {",
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
    promise: "a checkpoint or state of another account is refused",
    test: conformance("video/checkpoint"),
    name: "of another account",
    broken: {
      file: "packages/mp-publish/src/saved.ts",
      from: "if (saved.appid === appid) return saved;",
      to: 'if (saved.appid !== "") return saved;',
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

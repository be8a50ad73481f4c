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
const unit = (name: string): string => `packages/core/test/${name}.test.ts`;
const certificate = core("pay/keys/platform-certificate");
const certificateTests = unit("pay/keys/platform-certificates");

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
      from: "  const refuse = (reason: SignatureErrorReason",
      to: "  if (signature === null) return;\n  const refuse = (reason: SignatureErrorReason",
    },
  },
  {
    promise: "no request to WeChat follows a redirect",
    test: unit("http/redirects"),
    name: "no call of",
    broken: {
      file: core("http/send"),
      from: "redirect: redirectMode(),",
      to: 'redirect: "follow" as never,',
    },
  },
  {
    promise: "a reply that the caller's own fetch got by following a redirect is refused",
    test: unit("http/redirects"),
    name: "takes no reply that the caller's own fetch got by following one",
    broken: {
      file: core("http/send"),
      from: "const isFollowed = response.redirected === true;",
      to: "const isFollowed = false;",
    },
  },
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
    test: unit("mp-messages/xml"),
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
    promise: "a token that WeChat refused is not taken from the store again",
    test: unit("store"),
    name: "that are refused and stay in the store are not used again",
    broken: {
      file: core("mp/tokens/tokens"),
      from: "token !== undefined && !refused.has(token.value) && isFresh(token, now())",
      to: "token !== undefined && isFresh(token, now())",
    },
  },
  {
    promise: "what a store returns under another key is not taken",
    test: unit("mp-platform/attacks"),
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
    broken: { file: certificate, from: " && now <= certificate.until", to: "" },
  },
  {
    promise: "what is sealed with the APIv3 key and is not one certificate alone verifies nothing",
    test: certificateTests,
    name: "what opens under the APIv3 key and is no certificate of the list",
    broken: {
      file: core("pay/keys/certificates"),
      from: String.raw`/^\s*-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----\s*$/`,
      to: String.raw`/-----BEGIN CERTIFICATE-----([\sA-Za-z\d+/=]+)-----END CERTIFICATE-----/`,
    },
  },
  {
    promise: "what is sealed with the APIv3 key for another use verifies nothing",
    test: certificateTests,
    name: "a certificate with the associated_data",
    broken: {
      file: core("pay/keys/certificates"),
      from: `if (associated_data !== ASSOCIATED_DATA) return noCertificateList();
  const sealed = {
    nonce: textOf(nonce),
    associatedData: ASSOCIATED_DATA,`,
      to: `const sealed = {
    nonce: textOf(nonce),
    associatedData: String(associated_data),`,
    },
  },
  {
    promise: "a platform certificate verifies under its own serial number alone",
    test: certificateTests,
    name: "a certificate under another serial number than its own is refused",
    broken: {
      file: core("pay/keys/certificates"),
      from: "if (serial !== withoutZeros(platformKeyId) || !certificate)",
      to: "if (serial === undefined || !certificate)",
    },
  },
  {
    promise: "a platform certificate of another issuer verifies nothing",
    test: certificateTests,
    name: "a certificate of another CA",
    broken: { file: certificate, from: "if (issuer === wanted)", to: 'if (issuer !== "")' },
  },
  {
    promise: "a certificate that is signed with its own key verifies nothing",
    test: certificateTests,
    name: "a certificate signed with its own key, whatever it names",
    broken: {
      file: core("pay/keys/key"),
      from: "await isSelfSigned(key, certificate)",
      to: "!isSelfSigned(key, certificate)",
    },
  },
  {
    promise: "a second certificate does not replace one of the same serial number in a list",
    test: certificateTests,
    name: "does not win in a list, written",
    broken: {
      file: core("pay/keys/certificate-list"),
      from: "others.reverse().map(",
      to: "others.map(",
    },
  },
  {
    promise: "nor does one in a later list, while the first is valid",
    test: certificateTests,
    name: "does not win in a later list",
    broken: {
      file: core("pay/keys/certificate-list"),
      from: "[...list.certificates, ...same]",
      to: "[...same, ...list.certificates]",
    },
  },
  {
    promise: "a reply to a request of this client counts once, by its nonce",
    test: unit("pay/replayed"),
    name: "a reply that came before",
    broken: {
      file: core("pay/nonces"),
      from: "if (taken.has(nonce)) return false;",
      to: "if (taken.has(nonce)) return true;",
    },
  },
  {
    promise: "a forged reply uses up nobody's nonce",
    test: unit("pay/replayed"),
    name: "is no news where it was not valid",
    broken: {
      file: core("pay/verify"),
      from: "  if (!valid) {\n",
      to: "  takeNonce?.(nonce);\n  if (!valid) {\n",
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
      file: core("pay/keys/rsa-numbers"),
      from: "if (bits < MIN_MODULUS_BITS) {",
      to: "if (bits < 0) {",
    },
  },
  {
    promise: "an RSA key whose exponent or modulus proves nothing is refused, in every form",
    test: unit("pay/keys/rsa-numbers"),
    name: "",
    broken: {
      file: core("pay/keys/rsa-numbers"),
      from: "if (isOdd && exponent > 1n && exponent < modulus) return;",
      to: "if (isOdd && exponent < modulus) return;",
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
    promise: "a lost call that may change something is not made again, and its outcome is unknown",
    test: unit("pay/outcomes"),
    name: "has an unknown outcome after",
    broken: {
      file: core("pay/request"),
      from: 'options.retryUnknown ?? method === "GET"',
      to: 'options.retryUnknown ?? method !== ""',
    },
  },
  {
    promise: "what is not WeChat's own JSON never says that nothing was done, whatever its status",
    test: unit("pay/outcomes"),
    name: "has an unknown outcome after 403",
    broken: {
      file: core("http/unknown-outcome"),
      from: "error instanceof ReplyError ||",
      to: "(error instanceof ReplyError && error.status < 400) ||",
    },
  },
  {
    promise: "an answer to an unknown outcome serves one attempt",
    test: "packages/mp-publish/test/job/attempt.test.ts",
    name: "is asked for again where what came of it could not be kept",
    broken: {
      file: "packages/mp-publish/src/job/resolution.ts",
      from: "if (named === attempt || (",
      to: "if (named !== undefined || (",
    },
  },
  {
    promise: "each attempt of what must not be done twice has an id of its own",
    test: "packages/mp-publish/test/job/attempt.test.ts",
    name: "names an attempt that is kept before the request, and is another each time",
    broken: {
      file: "packages/mp-publish/src/job/run-step.ts",
      from: "{ attempt: newAttempt() }",
      to: '{ attempt: newAttempt() && "0000000000000000" }',
    },
  },
  {
    promise: "calls that wait for one request share its failure",
    test: unit("pay/certificate-flood"),
    name: "a hundred calls at once share what comes of it",
    broken: {
      file: core("async/shared-work"),
      from: "if (latest !== undefined && latest !== before) {",
      to: "if (latest !== undefined && latest === before) {",
    },
  },
  {
    promise: "a reply that drips ends with the timeout",
    test: unit("http/drip"),
    name: "what must be whole comes within the timeout, however it drips",
    broken: {
      file: core("http/streamed-reply"),
      from: "return await deadline.within(async () => {",
      to: "return await (async (part) => part())(async () => {",
    },
  },
  {
    promise: "a download ends if no byte comes for the timeout",
    test: unit("http/drip"),
    name: "ends when no byte comes for that long",
    broken: {
      file: core("http/streamed-reply"),
      from: `deadline
        .within(() => reader.read(), "No further byte came")`,
      to: "reader.read()",
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
    promise: "what is nested deeper than 32 levels is not in an error",
    test: unit("http/shallow"),
    name: "",
    broken: {
      file: core("http/shallow"),
      from: 'if (levels === 0) return "…";',
      to: 'if (levels === -1e6) return "…";',
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
    promise: "a file name from outside has at most 255 bytes",
    test: unit("http/file-name-limits"),
    name: "",
    broken: {
      file: core("http/file-name"),
      from: "const MAX_NAME_BYTES = 250;",
      to: "const MAX_NAME_BYTES = 2500;",
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

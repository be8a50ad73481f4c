// What is promised of replies: whose they are, how large, how late, and what a lost one means.

import { conformance, core, type SecurityPromise, unit } from "./promise.ts";

export const replies: readonly SecurityPromise[] = [
  {
    promise: "a reply whose signature does not hold is never a result",
    test: unit("pay/replies"),
    name: "a reply that was tampered with",
    broken: { file: core("pay/verify"), from: "if (!valid) {", to: "if (valid === undefined) {" },
  },
  {
    promise: "a reply that was signed more than 5 minutes ago, or later than now, is refused",
    test: unit("pay/replies"),
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
    promise: "a reply of more than 1 MiB is not read to its end",
    test: conformance("pay/network"),
    name: "a reply larger than 1 MiB is refused",
    broken: { file: core("http/reply"), from: "if (length > maxBytes) {", to: "if (length < 0) {" },
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
    promise: "an id that WeChat sends as a number is taken as its text",
    test: "packages/mp-publish/test/calls/outcomes.test.ts",
    name: "as its text",
    broken: {
      file: core("http/reply"),
      from: "Number.isSafeInteger(value) && (value as number) > 0",
      to: 'value === ""',
    },
  },
  {
    promise: "a success without a usable id never says that nothing was done",
    test: "packages/mp-publish/test/calls/outcomes.test.ts",
    name: "has an unknown outcome where the id is",
    broken: {
      file: core("mp/once"),
      from: "ids?.some((field) => idOf(reply[field]) !== undefined) === false",
      to: "ids?.length === 0",
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
    promise: "what is nested deeper than 32 levels is not in an error",
    test: unit("http/shallow"),
    name: "",
    broken: {
      file: core("http/shallow"),
      from: 'if (levels === 0) return "…";',
      to: 'if (levels === -1e6) return "…";',
    },
  },
];

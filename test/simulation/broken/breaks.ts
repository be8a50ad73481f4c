/** What is made wrong again, and what the simulation must say then. */
export interface Break {
  readonly name: string;
  /** The row of the list of what did not hold. It is broken again once it is mended, and no longer expected. */
  readonly row?: string;
  /** One place of the sources, or all that guard against the same. */
  readonly changes: readonly Change[];
  /** What a violation is like that shows it: `rule: what`. */
  readonly shows: RegExp;
}

/** One place of the sources that is made wrong. */
export interface Change {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  readonly broken: string;
}

/**
 * Every rule of the simulation is broken here in one way at least, and every row that was mended is broken again. A
 * change that no longer fits its file fails the test, and is written anew.
 */
export const breaks: readonly Break[] = [
  {
    name: "an answer serves any attempt",
    row: "R1",
    changes: [
      {
        file: "packages/mp-publish/src/job/resolution.ts",
        text: 'if (named === attempt || (event !== undefined && pending === "submit")) return;',
        broken: 'if (named !== undefined || (event !== undefined && pending === "submit")) return;',
      },
    ],
    shows: /^one article and one submission a job: add(?:Draft|News) was done/,
  },
  {
    name: "a success that does not show itself counts as not done",
    row: "R2",
    changes: [
      {
        file: "packages/core/src/http/unknown-outcome.ts",
        text: "error instanceof ReplyError ||",
        broken: "(error instanceof ReplyError && error.status !== 200) ||",
      },
      {
        file: "packages/core/src/mp/exchange.ts",
        text: "error instanceof MpApiError || !isAnswered;",
        broken: "error instanceof MpApiError || error.status === 200 || !isAnswered;",
      },
    ],
    shows: /^what was done is not said to be undone: .*(?:odd|reply-json|no-media-id)/,
  },
  {
    name: "whoever issued a platform certificate",
    row: "R3",
    changes: [
      {
        file: "packages/core/src/pay/keys/certificates.ts",
        text: ", certificate, issuer);",
        broken: ", { ...certificate, isSelfIssued: false }, certificate.issuer);",
      },
    ],
    shows: /^no result without a valid signature: .* what an attacker sent$/,
  },
  {
    name: "what was sealed for another purpose is a certificate",
    row: "R3",
    changes: [
      {
        file: "packages/core/src/pay/keys/certificates.ts",
        text: "if (associated_data !== ASSOCIATED_DATA) return noCertificateList();",
        broken: "",
      },
      {
        file: "packages/core/src/pay/keys/certificates.ts",
        text: "associatedData: ASSOCIATED_DATA,",
        broken: "associatedData: textOf(associated_data),",
      },
    ],
    shows: /^no result without a valid signature: .* what an attacker sent$/,
  },
  {
    name: "a text with a certificate in it is one",
    row: "R3",
    changes: [
      {
        file: "packages/core/src/pay/keys/certificates.ts",
        text: "/^\\s*-----BEGIN CERTIFICATE-----",
        broken: "/-----BEGIN CERTIFICATE-----",
      },
      {
        file: "packages/core/src/pay/keys/certificates.ts",
        text: "-----END CERTIFICATE-----\\s*$/;",
        broken: "-----END CERTIFICATE-----/;",
      },
    ],
    shows: /^no result without a valid signature: .* what an attacker sent$/,
  },
  {
    name: "the serial number beside the seal is believed",
    row: "R3",
    changes: [
      {
        file: "packages/core/src/pay/keys/certificates.ts",
        text: "serial !== withoutZeros(platformKeyId) || !certificate",
        broken: "!certificate",
      },
    ],
    shows: /^no result without a valid signature: .* what an attacker sent$/,
  },
  {
    name: "a certificate that has expired serves",
    row: "R3",
    changes: [
      {
        file: "packages/core/src/pay/keys/platform-certificate.ts",
        text: "certificate === undefined || (certificate.from",
        broken: "true || (certificate.from",
      },
    ],
    shows: /^no result without a valid signature: .* what an attacker sent$/,
  },
  {
    name: "a certificate may be signed with its own key",
    row: "R3",
    changes: [
      {
        file: "packages/core/src/pay/keys/key.ts",
        text: "(await isSelfSigned(key, certificate))",
        broken: "!certificate",
      },
    ],
    shows: /^no result without a valid signature: .* what an attacker sent$/,
  },
  {
    name: "redirects of URL sources are followed",
    row: "R4",
    changes: [
      {
        file: "packages/core/src/source/url-source.ts",
        text: 'redirect = "error", signal }',
        broken: 'redirect = "follow", signal }',
      },
    ],
    shows: /^no request is led to another host: a redirect of a URL source was followed/,
  },
  {
    name: "a gateway's refusal counts as not done",
    row: "R5",
    changes: [
      {
        file: "packages/core/src/http/unknown-outcome.ts",
        text: "error instanceof ReplyError ||",
        broken:
          "(error instanceof ReplyError && ![401, 403, 404, 405, 407, 411, 412, 413, 414, 429, 431].includes(error.status)) ||",
      },
      {
        file: "packages/core/src/mp/exchange.ts",
        text: "error instanceof MpApiError || !isAnswered;",
        broken: "error instanceof MpApiError || error.status > 400 || !isAnswered;",
      },
    ],
    shows: /^what was done is not said to be undone: .* gateway \d+$/,
  },
  {
    name: "each who waits soon begins anew",
    row: "R6",
    changes: [
      {
        file: "packages/core/src/async/shared-work.ts",
        text: "patience = Math.min(4 * patience, MAX_PATIENCE_MS)",
        broken: "patience = PATIENCE_MS",
      },
    ],
    shows: /^requests are bounded: \S+ was asked more than \d+ times in a minute/,
  },
  {
    name: "a lost reply counts as not done",
    changes: [
      {
        file: "packages/core/src/http/unknown-outcome.ts",
        text: "    error instanceof NetworkError ||\n    error instanceof TimeoutError ||\n",
        broken: "",
      },
    ],
    shows: /^one article and one submission a job: .* after .*(?:lost|cut|unanswered)/,
  },
  {
    name: "a request without a limit of time",
    changes: [
      {
        file: "packages/core/src/http/deadline.ts",
        text: "return await abortable(part(), stop.signal);",
        broken: "return await part();",
      },
    ],
    shows: /^every promise settles in time: \w+ never settled/,
  },
  {
    name: "any signature is valid",
    changes: [
      {
        file: "packages/core/src/pay/signature.ts",
        text: 'return bytes && crypto.subtle.verify("RSASSA-PKCS1-v1_5", key as CryptoKey, bytes, message);',
        broken: "return bytes && true;",
      },
    ],
    shows:
      /^no result without a valid signature: \w+ resolved with a reply that WeChat Pay did not/,
  },
  {
    name: "a download for every unknown serial number",
    changes: [
      {
        file: "packages/core/src/pay/keys/certificate-list.ts",
        text: "const MIN_INTERVAL_MS = 60 * 1000;",
        broken: "const MIN_INTERVAL_MS = 0;",
      },
    ],
    shows: /^requests are bounded: \/v3\/certificates was asked more than/,
  },
  {
    name: "acknowledged blocks are sent again",
    changes: [
      {
        file: "packages/mp-publish/src/video/upload.ts",
        text: "missingBlocks(current().acked, countBlocks(source.size))",
        broken: "missingBlocks([], countBlocks(source.size))",
      },
    ],
    shows: /^acknowledged blocks are sent once, digests are right: an acknowledged block/,
  },
  {
    name: "tokens stay in errors",
    changes: [
      {
        file: "packages/core/src/mp/redact.ts",
        text: "let clean = text;",
        broken: "let clean = text;\n  if (clean.length > 0) return clean;",
      },
    ],
    shows: /^no secret in errors, attempts, states and logs: a token is in an error/,
  },
  {
    name: "listeners stay at the caller's signal",
    changes: [
      {
        file: "packages/core/src/http/deadline.ts",
        text: 'close: () => signal?.removeEventListener("abort", onAbort),',
        broken: "close: () => undefined,",
      },
    ],
    shows: /^no listener and no timer is left: \w+ left listeners at its signal/,
  },
  {
    name: "a timer goes on for ever",
    changes: [
      {
        file: "packages/core/src/async/shared-work.ts",
        text: "clearInterval(heart);",
        broken: "",
      },
    ],
    shows: /^no listener and no timer is left: a timer of/,
  },
  {
    name: "redirects of calls are followed",
    changes: [
      {
        file: "packages/core/src/http/send.ts",
        text: "redirect: redirectMode(),",
        broken: 'redirect: "follow" as never,',
      },
    ],
    shows: /^no request is led to another host: a redirect of a call was followed/,
  },
];

import { NetworkError, TimeoutError } from "../../errors.ts";
import { PayApiError } from "../errors.ts";
import { appSecretHint } from "../keys/api-v3-key.ts";
import { isCurrent, whyNotCurrent } from "../keys/platform-certificate.ts";
import { platformKeyOf } from "../keys/platform-keys.ts";
import type { PayRegion } from "../region.ts";
import type { SignErrorCause } from "../sign-error-cause.ts";
import { isPublicKeyId } from "../verify.ts";
import type { Answer, PayEvidence } from "./examine.ts";
import { finding, type PayCheck, type PayFinding } from "./findings.ts";

/** Makes one line of each check, from what is known. */
export function diagnose(evidence: PayEvidence): readonly PayCheck[] {
  const answer = mainAnswer(evidence);
  return [
    network(evidence, answer),
    clock(answer),
    certificate(evidence, answer),
    privateKey(evidence, answer),
    platformKeys(evidence, answer),
    apiV3Key(evidence, answer),
    publicKeySwitch(evidence, answer),
    region(evidence),
  ];
}

/** The answer that shows most: the repetition of a probe, or that of the region that knows the merchant. */
function mainAnswer({ answers: [first, second] }: PayEvidence): Answer | undefined {
  if (second === undefined) return first;
  return second.place.region === first?.place.region || knowsMerchant(second) ? second : first;
}

/** The causes of a 401 that only a merchant with that serial number can have. */
const OF_KNOWN_MERCHANT: readonly (SignErrorCause | undefined)[] = [
  "certificate-expired",
  "certificate-revoked",
  "certificate-replaced",
  "api-v3-key-unset",
];

function knowsMerchant(answer: Answer): boolean {
  const { admitted, refusal } = answer;
  return admitted || saysSignature(answer) || OF_KNOWN_MERCHANT.includes(refusal?.causes[0]);
}

/** Whether WeChat Pay says that the signature is wrong. Other texts of a 401 may mean anything. */
function saysSignature({ refusal, error }: Answer): boolean {
  if (refusal?.causes[0] !== "private-key") return false;
  const { apiMessage } = error instanceof PayApiError ? error : { apiMessage: "" };
  return refusal.server !== undefined || apiMessage.includes("签");
}

const NOTHING_SENT = "Nothing was sent.";
const NOT_SHOWN = "The reply does not show it.";
/** What a server sends back may be of any length. */
const MAX_QUOTED_CHARACTERS = 200;

function network({ parts }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "network");
  if (answer === undefined) {
    return parts.certificatePath === undefined
      ? line(
          "network-unknown",
          "Nothing was sent: no document says where the certificates of a brand are listed.",
          "Pass certificatePath if you know it, or check with an upload.",
        )
      : line("network-unknown", NOTHING_SENT);
  }
  const { place, reply, error, refusal, signer, age, fast } = answer;
  if (error instanceof NetworkError || error instanceof TimeoutError) {
    const todo = `Check that this machine reaches ${place.baseUrl}: DNS, firewall, proxy, baseUrl.`;
    return line("network-silent", error.message, todo);
  }
  const status = reply?.status ?? 0;
  const answered = `${place.baseUrl} answered with status ${status}`;
  if (reply !== undefined && error instanceof PayApiError) {
    const [cause] = refusal?.causes ?? [];
    if (refusal !== undefined && /-(?:changed|missing)$/.test(cause ?? "")) {
      return line("network-changed", refusal.text, "Try it from another network to compare.");
    }
    const why = `${error.apiCode.slice(0, 64)}: ${error.apiMessage.slice(0, MAX_QUOTED_CHARACTERS)}`;
    if (status === 429 || status >= 500) {
      const todo =
        "Run the check again later. If it stays so, compare mchid: some wrong ones are answered with 500 (reported).";
      return line("network-busy", `${answered} ${why}`, todo);
    }
    return line("network-answered", `${answered} ${why}`);
  }
  const todo = "Look for a proxy, a gateway or a login page in between, and check baseUrl.";
  if (error !== undefined) return line("network-proxy", error.message, todo);
  if (signer.kind === "nobody") {
    const found = `${answered}, but the reply has no signature: it is not from WeChat Pay, or a proxy removed headers.`;
    return line("network-proxy", found, todo);
  }
  if (isOld(age, fast)) {
    const found = `The reply was signed ${age} seconds ago: something in between keeps old replies.`;
    return line("network-old-reply", found, "Look for a cache or a proxy in between.");
  }
  return line("network-answered", `${answered}.`);
}

/** WeChat Pay allows a difference of 5 minutes. */
const MAX_SKEW_SECONDS = 300;

/** A reply that is old by the clock of the server that sent it. */
function isOld(age = 0, fast = 0): boolean {
  return Math.abs(age - fast) > MAX_SKEW_SECONDS;
}

function clock(answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "clock");
  const { fast, refusal, admitted } = answer ?? {};
  const isRefused = refusal?.causes[0] === "clock";
  // WeChat Pay looks at the time before all else (reported).
  const isRead =
    answer !== undefined && (refusal?.causes[0] !== "private-key" || saysSignature(answer));
  const isAccepted = !isRefused && (admitted === true || (refusal !== undefined && isRead));
  const todo = "Synchronise the clock of this machine (NTP).";
  if (fast === undefined) {
    if (isRefused) return line("clock-refused", "WeChat Pay refused the timestamp.", todo);
    if (isAccepted) return line("clock-right", "WeChat Pay accepted the timestamp.");
    return line("clock-unknown", "No reply of WeChat Pay with a time came.");
  }
  const off =
    Math.abs(fast) <= 1
      ? "This machine and WeChat Pay have the same time."
      : `This machine is ${Math.abs(fast)} seconds ${fast < 0 ? "slow" : "fast"}; ${MAX_SKEW_SECONDS} are allowed.`;
  if (!isAccepted && Math.abs(fast) > MAX_SKEW_SECONDS) {
    return line(fast < 0 ? "clock-slow" : "clock-fast", off, todo);
  }
  if (!isRefused) return line("clock-right", off);
  const found = `WeChat Pay refused the timestamp, and yet: ${off}`;
  return line("clock-refused", found, "Look for a proxy that sends requests late or again.");
}

const CERTIFICATE_STATES: Partial<Record<SignErrorCause, readonly [PayFinding, string, string]>> = {
  "certificate-expired": [
    "certificate-expired",
    "has expired",
    "Renew it in the merchant platform, then use its privateKey and serialNo.",
  ],
  "certificate-revoked": [
    "certificate-revoked",
    "was revoked",
    "Use the privateKey and serialNo of the certificate that is valid now.",
  ],
  "certificate-replaced": [
    "certificate-replaced",
    "was replaced",
    "Use the privateKey and serialNo of the new certificate.",
  ],
};

function certificate({ pay }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "certificate");
  const { mchid, brandId, serialNo } = pay;
  const who = brandId === undefined ? `mchid ${mchid}` : `brandId ${brandId}`;
  const both = `${who} and serialNo ${serialNo}`;
  if (answer === undefined) return line("certificate-unknown", NOTHING_SENT);
  const [cause] = answer.refusal?.causes ?? [];
  if (cause === "serial") {
    return line(
      "certificate-serial",
      `WeChat Pay does not find ${both} together: one of the two is another merchant's, or the certificate is not the current one.`,
      "Compare both with the merchant platform (账户中心 → API安全 → 商户API证书); the CN in apiclient_cert.pem is its mchid. The serial number of a platform certificate does not belong there.",
    );
  }
  if (cause === "merchant") {
    return line(
      "certificate-none",
      `WeChat Pay knows no API certificate of ${who}.`,
      "Check mchid; if it is right, apply for the certificate in the merchant platform (API安全).",
    );
  }
  const [code, state, todo] = CERTIFICATE_STATES[cause ?? "clock"] ?? [];
  if (code !== undefined) {
    return line(code, `The API certificate ${serialNo} of ${who} ${state}.`, todo);
  }
  if (knowsMerchant(answer)) return line("certificate-known", `${both} belong together.`);
  return line("certificate-unknown", NOT_SHOWN);
}

function privateKey({ unusable }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "private-key");
  if (unusable !== undefined && !isOfPlatformKeys(unusable)) {
    const todo = "Pass the text of apiclient_key.pem, of the certificate with this serialNo.";
    return line("private-key-unusable", unusable.message, todo);
  }
  if (answer === undefined) return line("private-key-unknown", NOTHING_SENT);
  if (answer.admitted) return line("private-key-fits", "WeChat Pay accepted its signature.");
  if (!saysSignature(answer)) return line("private-key-unknown", NOT_SHOWN);
  const proxy =
    answer.refusal?.server === undefined
      ? " If it is that one, look for a proxy that changes requests."
      : "";
  return line(
    "private-key-other",
    "WeChat Pay knows serialNo, but the signature is not by the key of that certificate.",
    `Use the apiclient_key.pem that was made with the certificate of this serialNo: openssl x509 -in apiclient_cert.pem -noout -serial.${proxy}`,
  );
}

/** KeyErrors begin with the name of the option. */
function isOfPlatformKeys({ message }: Error): boolean {
  return message.includes("platformKey");
}

function platformKeys(evidence: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "platform-keys");
  const { unusable, parts } = evidence;
  const ids = [...parts.keys.given.keys()];
  const have = ids.join(", ") || "none";
  if (unusable !== undefined && isOfPlatformKeys(unusable)) {
    const isMixedUp = /the merchant's own/.test(unusable.message);
    return line(
      isMixedUp ? "platform-keys-merchant" : "platform-keys-unusable",
      unusable.message,
      "Download pub_key.pem, or pass apiV3Key in place of a certificate.",
    );
  }
  const expired = expiredKey(evidence, answer);
  if (expired !== undefined) {
    const todo = "Download pub_key.pem, or pass apiV3Key. If the clock is wrong, set it first.";
    return line("platform-keys-expired", expired, todo);
  }
  if (answer === undefined) return line("platform-keys-unknown", NOTHING_SENT);
  const { signer, listed, opens } = answer;
  if (signer.kind === "nobody") {
    return line("platform-keys-unknown", "No signed reply came, so none was verified.");
  }
  const { id } = signer;
  const signed = `WeChat Pay signed with ${id}`;
  switch (signer.kind) {
    case "probe":
      return line("platform-keys-unknown", `${signed}, wrongly on purpose (a probe), twice.`);
    case "known": {
      if (signer.from === "list" && ids.length > 0) {
        return line("platform-keys-unknown", `${signed}, from the list; unused: ${have}.`);
      }
      const others = ids.filter((other) => other !== id).map((other) => withListed(other, listed));
      const rest = others.length === 0 ? "" : `; unused: ${others.join(", ")}`;
      return line("platform-keys-verified", `${signed}, and the signature verified${rest}.`);
    }
    case "renamed":
      return line(
        "platform-keys-id",
        `${signed}; the client has that key under the id ${signer.givenId}.`,
        `Correct platformKeyId to ${id}.`,
      );
    case "mismatch":
      return line(
        "platform-keys-mismatch",
        `${signed}, but the signature does not verify with the key under that id.`,
        `Download that key again${opens === true ? "" : "; if it is the same, look for a proxy that changes replies"}.`,
      );
    case "unknown":
      return strangerSigned(ids, signer.id, answer);
  }
}

/** Says which certificate is not valid now, if it signed or the client has nothing else, and downloads none. */
function expiredKey({ parts }: PayEvidence, answer: Answer | undefined): string | undefined {
  const { given, downloads } = parts.keys;
  const isAlone = parts.keys.current().length === 0;
  const now = parts.signer.transport.now();
  const signed = answer?.signer.kind === "known" && platformKeyOf(given, answer.signer.id);
  const [id, key] = [...given].find(([, one]) => one === signed || isAlone) ?? [];
  if (downloads || !key?.certificate || isCurrent(key, now)) return undefined;
  return `platformKeys ${id} is a certificate that ${whyNotCurrent(key.certificate, now)}.`;
}

function withListed(id: string, listed: readonly string[] | undefined): string {
  if (isPublicKeyId(id) || listed === undefined || listed.includes(id)) return id;
  return `${id} (no longer in WeChat Pay's list)`;
}

/** A key signed that the client does not have. */
function strangerSigned(ids: readonly string[], id: string, answer: Answer): PayCheck {
  const line = finding.bind(undefined, "platform-keys");
  const found = `WeChat Pay signed with ${id}; the client has ${ids.map((one) => withListed(one, answer.listed)).join(", ") || "no key"}.`;
  const hasPublicKey = ids.some(isPublicKeyId);
  if (isPublicKeyId(id)) {
    if (!hasPublicKey) return line("platform-keys-unknown", found, "See switch.");
    const todo = `Copy the id and the public key of this merchant from the merchant platform (API安全 → 微信支付公钥): the id is ${id}.`;
    return line("platform-keys-id", found, todo);
  }
  if (hasPublicKey) return line("platform-keys-unknown", found, "See switch.");
  if (ids.length === 0) return line("platform-keys-unknown", found, "See api-v3-key.");
  const todo = "Pass apiV3Key, which downloads and renews the certificates, or add that one.";
  return line("platform-keys-missing", found, todo);
}

function apiV3Key({ parts }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "api-v3-key");
  const where = "set it in the merchant platform under API安全";
  if (answer?.refusal?.causes[0] === "api-v3-key-unset") {
    return line("api-v3-key-unset", "The merchant has not set an APIv3 key.", `First ${where}.`);
  }
  const key = parts.apiV3Key();
  if (key === undefined) {
    return line("api-v3-key-absent", "The client has no apiV3Key, so nothing was decrypted.");
  }
  if (answer === undefined) return line("api-v3-key-unknown", NOTHING_SENT);
  if (answer.opens === true) {
    return line("api-v3-key-fits", "It decrypts the list of platform certificates.");
  }
  if (answer.opens === undefined) {
    return line("api-v3-key-unknown", "WeChat Pay sent nothing to decrypt.");
  }
  if (answer.signer.kind === "mismatch") {
    const found = "It does not decrypt the list, whose signature does not verify either.";
    return line("api-v3-key-unknown", found, "See platform-keys.");
  }
  const found = "It does not decrypt the list of platform certificates";
  return appSecretHint(key) !== ""
    ? line(
        "api-v3-key-app-secret",
        `${found}, and has the form of an AppSecret (32 hexadecimal digits).`,
        "Pass the APIv3密钥 of the merchant, not the AppSecret of the app and not the v2 key.",
      )
    : line(
        "api-v3-key-wrong",
        `${found}.`,
        `Pass the one of this merchant; if it is lost, ${where}.`,
      );
}

function publicKeySwitch({ parts }: PayEvidence, answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "switch");
  const asked = parts.keys.platformKeyId;
  const addKey =
    "Add the public key to platformKeys: its id and pub_key.pem are in the merchant platform (API安全 → 微信支付公钥).";
  if (answer === undefined) return line("switch-unknown", NOTHING_SENT);
  const { signer } = answer;
  const isVerified = signer.kind === "known" || signer.kind === "renamed";
  if (answer.listed?.length === 0 && (asked === undefined || isVerified)) {
    const found = "WeChat Pay has no platform certificates for this merchant, only its public key";
    return asked === undefined
      ? line("switch-public-key-missing", `${found}, which the client lacks.`, addKey)
      : line("switch-done", `${found}, which the client asks for.`);
  }
  if (signer.kind === "nobody" || signer.kind === "probe") {
    return line("switch-unknown", "No signed reply came.");
  }
  if (isPublicKeyId(signer.id)) {
    return asked === undefined
      ? line(
          "switch-public-key-missing",
          `WeChat Pay signs with its public key ${signer.id}; the client has only certificates.`,
          addKey,
        )
      : line("switch-done", "WeChat Pay signs with its public key.");
  }
  if (asked === undefined) {
    return line(
      "switch-certificates",
      "WeChat Pay signs with certificates, as the client expects.",
    );
  }
  if (signer.kind === "renamed") return line("switch-unknown", "See platform-keys.");
  if (signer.kind === "known" && answer.opens === true) {
    return line(
      "switch-pending",
      `WeChat Pay signs with the certificate ${signer.id}, which apiV3Key downloads: the switch to the public key is not done, or ${asked} is not its id.`,
      "Keep apiV3Key until the switch is done (更换 in the merchant platform).",
    );
  }
  return line(
    "switch-not-done",
    `The client asks for the public key ${asked}, and WeChat Pay signs with the certificate ${signer.id}: the switch to the public key is not done, and encrypted fields are refused until then; or that is not its id.`,
    `Press 更换 in the merchant platform (API安全 → 平台证书), and pass apiV3Key until it is done, which downloads the certificate. If it is done, compare ${asked} with the merchant platform.`,
  );
}

const NAMES: Readonly<Record<PayRegion, string>> = {
  mainland: "WeChat Pay of mainland China",
  global: "WeChat Pay Global",
};

function region({ answers: [first, second] }: PayEvidence): PayCheck {
  const line = finding.bind(undefined, "region");
  if (first === undefined) return line("region-unknown", NOTHING_SENT);
  const own = first.place.region;
  const other = second?.place.region ?? own;
  if (second !== undefined && other !== own) {
    if (knowsMerchant(second)) {
      return line(
        "region-wrong",
        `${NAMES[own]} does not know this merchant, ${NAMES[other]} does.`,
        `Pass region: "${other}", without certificatePath.`,
      );
    }
    return line("region-unknown", `${NAMES[other]} does not accept this merchant either.`);
  }
  if (second?.admitted === true || first.admitted) {
    // Reported by WeChat's staff (wechatpay-go#170): both hosts list the certificates of a merchant.
    return line(
      "region-accepted",
      `${NAMES[own]} accepts this merchant, which does not prove that it belongs there.`,
    );
  }
  return line("region-unknown", "The merchant was not accepted; another line says why.");
}

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { credentials } from "@wechat-edge/emulator";
import { exampleFiles } from "../interop-files.ts";

/** What a step came to. */
export interface StepResult {
  readonly value: string;
  /** The client found the signature of the reply in order; missing where it cannot check one. */
  readonly verified?: boolean;
}

/** The key of a downloaded platform certificate. */
export interface PlatformCertificate {
  readonly serial: string;
  /** PEM of the certificate or of its key. */
  readonly key: string;
}

/**
 * Somebody's client under its own defaults, in what it can do for a merchant. Each step rejects where
 * the client reports a failure.
 */
export interface StockClient {
  /** Uploads the picture; its value is the media_id. */
  readonly upload?: () => Promise<StepResult>;
  /** Downloads the platform certificates and decrypts them. */
  readonly certificates?: () => Promise<
    StepResult & { readonly certificates: readonly PlatformCertificate[] }
  >;
  /** Sends a name that is encrypted with that certificate; its value is the applyment_id. */
  readonly submit?: (license: string, certificate: PlatformCertificate) => Promise<StepResult>;
  /** Asks for the state of an application; its value is the name in it, still encrypted. */
  readonly query?: (path: string) => Promise<StepResult>;
  /** Decrypts such a name. */
  readonly open?: (ciphertext: string) => string | Promise<string>;
}

export type Step = Exclude<keyof StockClient, "open">;

/** What a process reports of each step that its client has. */
export type StepReport = Partial<
  Record<Step | "tampered", StepResult | { readonly error: string }>
>;

export const BUSINESS_CODE = "1900026201_10000017";
export const APPLYMENT_PATH = "/v3/applyment4sub/applyment/";
export const queryPath = (businessCode: string): string =>
  `${APPLYMENT_PATH}business_code/${businessCode}`;
export const CERTIFICATES_PATH = "/v3/certificates";
export const UPLOAD_PATH = "/v3/merchant/media/upload";
export const CONTACT = "张三";

export const picture = exampleFiles.image;
export const pictureName = basename(picture);
export const readPicture = (): Promise<Buffer> => readFile(picture);

/** The key of the certificate in which the emulator signs. */
export const platformCertificate = (() => {
  const found = credentials.pay.platformKeys.find(({ key }) => key.includes("CERTIFICATE"));
  if (found === undefined) throw new Error("The demo merchant has no platform certificate.");
  return { serial: found.platformKeyId, key: found.key };
})();

/** The application, with the name as it was encrypted. */
export function applyment(license: string, encryptedName: string): Record<string, unknown> {
  return {
    business_code: BUSINESS_CODE,
    contact_info: { contact_name: encryptedName },
    subject_info: { business_license_info: { license_copy: license } },
  };
}

interface Listed {
  readonly serial_no: string;
  readonly encrypt_certificate: Sealed;
}

/** Names as in WeChat's answer. */
export interface Sealed {
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data: string;
}

/** Opens the answer of /v3/certificates with the client's own decryption. */
export function openList(
  reply: unknown,
  open: (sealed: Sealed) => string,
): { value: string; certificates: PlatformCertificate[] } {
  const { data } = reply as { data: readonly Listed[] };
  return opened(
    data.map(({ serial_no, encrypt_certificate }) => ({
      serial: serial_no,
      key: open(encrypt_certificate),
    })),
  );
}

export function opened(certificates: readonly PlatformCertificate[]): {
  value: string;
  certificates: PlatformCertificate[];
} {
  if (certificates.some(({ key }) => !/^-----BEGIN (CERTIFICATE|PUBLIC KEY)-----/.test(key))) {
    throw new Error("What was decrypted is no PEM.");
  }
  return {
    value: certificates.map(({ serial }) => serial).join(),
    certificates: [...certificates],
  };
}

/** A field of a reply as text. Throws where there is none. */
export function textOf(reply: unknown, field: string): string {
  const value = (reply as Record<string, unknown> | undefined)?.[field];
  if (typeof value === "string") return value;
  if (typeof value === "number") return `${value}`;
  throw new Error(`No ${field} in ${JSON.stringify(reply)}.`);
}

/** The encrypted name in the answer to a query. */
export function nameIn(reply: unknown): string {
  const info = (reply as { contact_info?: unknown } | undefined)?.contact_info;
  return textOf(info ?? reply, "contact_name");
}

import type { FaultKind } from "../faults/fault.ts";

/** A parameter of a fault, as a field of the form. */
export interface FaultField {
  name: string;
  type: "number" | "text" | "flag" | "choice" | "json";
  /** The initial value. */
  value?: string | number;
  choices?: readonly (string | number)[];
  required?: boolean;
}

interface FaultForm {
  /** What the fault does. */
  what: string;
  fields: readonly FaultField[];
}

const number = (name: string, value?: number, required = false): FaultField => ({
  name,
  type: "number",
  required,
  ...(value !== undefined && { value }),
});
const text = (name: string, value?: string, required = false): FaultField => ({
  name,
  type: "text",
  required,
  ...(value !== undefined && { value }),
});
const choice = (name: string, ...choices: readonly (string | number)[]): FaultField => ({
  name,
  type: "choice",
  choices,
});
const flag = (name: string): FaultField => ({ name, type: "flag" });

const retryAfter = number("retryAfter", 1);

/** The faults by the calls they apply to. */
export const faultForms: readonly [
  group: string,
  forms: { readonly [Kind in FaultKind]?: FaultForm },
][] = [
  [
    "Any call",
    {
      status: {
        what: "An error with this status, in the form the service uses.",
        fields: [number("status", 503, true), text("code"), text("message"), number("retryAfter")],
      },
      html: { what: "An HTML page, as from a gateway.", fields: [number("status", 502)] },
      redirect: {
        what: "A redirect to this address.",
        fields: [text("location", "https://example.com/", true), choice("status", 302, 307)],
      },
      delay: {
        what: "Waits this many milliseconds, then goes on with the call.",
        fields: [number("ms", 2000, true)],
      },
      cut: {
        what: "Closes the connection: before the answer, after its headers or in its body; with request, before the call is carried out.",
        fields: [choice("at", "before", "headers", "body", "request")],
      },
      truncated: { what: "A success whose body stops half-way.", fields: [] },
      oversize: { what: "A success of more than 1 MiB.", fields: [] },
      empty: { what: "A success without a body.", fields: [] },
      "no-media-id": { what: "A success with the body {}.", fields: [] },
    },
  ],
  [
    "WeChat Pay",
    {
      "too-fast": { what: "429: too many requests per second.", fields: [retryAfter] },
      quota: { what: "429: the daily upload limit is reached.", fields: [] },
      "system-error": {
        what: "500 SYSTEMERROR.",
        fields: [choice("text", "system", "file-system")],
      },
      "no-auth": { what: "403 NO_AUTH.", fields: [] },
      "wrong-signature": { what: "A success signed with a key that nobody knows.", fields: [] },
      "missing-signature": { what: "A success without a signature.", fields: [] },
      "unknown-serial": { what: "A success with an unknown Wechatpay-Serial.", fields: [] },
      stale: { what: "A success signed this many seconds ago.", fields: [number("seconds", 601)] },
      probe: { what: "A success with a WECHATPAY/SIGNTEST/ signature.", fields: [] },
      tampered: { what: "A success whose body was changed after signing.", fields: [] },
    },
  ],
  [
    "WeChat Pay: list of certificates",
    {
      "certificates-wrong-tag": {
        what: "One bit of the newest certificate's tag is wrong.",
        fields: [],
      },
      "certificates-reversed": { what: "The newest certificate comes first.", fields: [] },
      "certificates-self-signed": {
        what: "The reply is signed with a certificate that only this list contains.",
        fields: [],
      },
      "certificates-wrong-key": {
        what: "All certificates are encrypted with another APIv3 key.",
        fields: [],
      },
      "certificates-garbage": {
        what: "The newest entry decrypts to text that is not a certificate, or lacks fields.",
        fields: [choice("form", "not-a-certificate", "missing-fields")],
      },
    },
  ],
  [
    "Official Account",
    {
      "mp-error": {
        what: "This errcode, with WeChat's text unless errmsg is set.",
        fields: [number("errcode", 45009, true), text("errmsg"), text("hint")],
      },
      "token-killed": {
        what: "Invalidates the account's tokens when the request headers arrive: 40001.",
        fields: [flag("replace")],
      },
      "content-type": {
        what: "The answer has this Content-Type.",
        fields: [text("type", "text/html", true)],
      },
      "reply-json": {
        what: "This JSON instead of the answer, or merged into it.",
        fields: [
          {
            name: "body",
            type: "json",
            value: '{"errcode":-1,"errmsg":"system error"}',
            required: true,
          },
          flag("merge"),
        ],
      },
    },
  ],
];

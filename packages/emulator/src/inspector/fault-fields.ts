import type { FaultKind } from "../faults/fault.ts";

/** One parameter of a fault, as a form asks for it. */
export interface FaultField {
  name: string;
  type: "number" | "text" | "flag" | "choice" | "json";
  /** What stands in it to begin with. */
  value?: string | number;
  choices?: readonly (string | number)[];
  required?: boolean;
}

interface FaultForm {
  /** What happens. */
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

/** The faults by what they befall. */
export const faultForms: readonly [
  group: string,
  forms: { readonly [Kind in FaultKind]?: FaultForm },
][] = [
  [
    "Any call",
    {
      status: {
        what: "An error of this status in the service's own form.",
        fields: [number("status", 503, true), text("code"), text("message"), number("retryAfter")],
      },
      html: { what: "A gateway's HTML page.", fields: [number("status", 502)] },
      redirect: {
        what: "A redirect to another address.",
        fields: [text("location", "https://example.com/", true), choice("status", 302, 307)],
      },
      delay: {
        what: "A pause of so many milliseconds; then the call goes on.",
        fields: [number("ms", 2000, true)],
      },
      cut: {
        what: "The connection ends: before the answer, behind its headers, in its body, or with the request before anything is done.",
        fields: [choice("at", "before", "headers", "body", "request")],
      },
      truncated: { what: "A success whose body ends half-way.", fields: [] },
      oversize: { what: "A success of more than 1 MiB.", fields: [] },
      empty: { what: "A success without a body.", fields: [] },
      "no-media-id": { what: "A success that is an empty object.", fields: [] },
    },
  ],
  [
    "WeChat Pay",
    {
      "too-fast": { what: "429: too many requests in a second.", fields: [retryAfter] },
      quota: { what: "429: the day's uploads are used up.", fields: [] },
      "system-error": {
        what: "500 SYSTEMERROR.",
        fields: [choice("text", "system", "file-system")],
      },
      "no-auth": { what: "403 NO_AUTH.", fields: [] },
      "wrong-signature": { what: "A success signed with another key.", fields: [] },
      "missing-signature": { what: "A success that is not signed.", fields: [] },
      "unknown-serial": { what: "A success signed with a key that nobody knows.", fields: [] },
      stale: { what: "A success signed so many seconds ago.", fields: [number("seconds", 601)] },
      probe: { what: "A success with a WECHATPAY/SIGNTEST/ signature.", fields: [] },
      tampered: { what: "A success that was changed after it was signed.", fields: [] },
    },
  ],
  [
    "WeChat Pay: list of certificates",
    {
      "certificates-wrong-tag": { what: "One bit of the newest one's tag is wrong.", fields: [] },
      "certificates-reversed": { what: "The newest comes first.", fields: [] },
      "certificates-self-signed": {
        what: "The reply is signed with a certificate that is in this list and in no other.",
        fields: [],
      },
      "certificates-wrong-key": { what: "All are sealed with another APIv3 key.", fields: [] },
      "certificates-garbage": {
        what: "The newest is sealed well and is none, or lacks fields.",
        fields: [choice("form", "not-a-certificate", "missing-fields")],
      },
    },
  ],
  [
    "Official Account",
    {
      "mp-error": {
        what: "This errcode, with WeChat's own text unless another is given.",
        fields: [number("errcode", 45009, true), text("errmsg"), text("hint")],
      },
      "token-killed": {
        what: "The account's tokens are killed when the headers have come: 40001.",
        fields: [flag("replace")],
      },
      "content-type": {
        what: "Whatever is answered has this Content-Type.",
        fields: [text("type", "text/html", true)],
      },
      "reply-json": {
        what: "This JSON in place of the answer, or merged into it.",
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

import { checkAskedKey } from "./admit.ts";
import { askedKeyId } from "./asked-key.ts";
import { type PayError, parameterError } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { oaepDecrypt } from "./rsa-oaep.ts";
import type { PayUploadForm } from "./upload-endpoints.ts";
import type { UploadForm } from "./upload-form.ts";

const missing = (field: string): PayError =>
  parameterError("参数错误", field, `${field} is missing`);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** Assumed: the texts of missing keys, and that they are checked before the file. */
export function checkKeys(form: UploadForm, rules: PayUploadForm): PayError | undefined {
  const { meta = {}, fields } = form;
  const key = rules.required.find((name) => !isGiven(meta[name]));
  if (key !== undefined) return missing(key);
  const nowhere = rules.requiredSomewhere.find(
    (name) => !isGiven(meta[name]) && !isGiven(fields.get(name)),
  );
  return nowhere === undefined ? undefined : missing(nowhere);
}

function valueAt(meta: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split("/")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], meta);
}

/** Checks that encrypted fields can be decrypted with the key that Wechatpay-Serial names. */
export async function checkEncrypted(
  exchange: PayExchange,
  { meta }: UploadForm,
  { encrypted }: PayUploadForm,
): Promise<PayError | undefined> {
  const asked = askedKeyId(exchange);
  for (const pointer of encrypted) {
    const ciphertext = valueAt(meta, pointer);
    if (ciphertext === undefined) continue;
    if (asked === null) {
      return parameterError("HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)");
    }
    const refused = checkAskedKey(exchange);
    if (refused) return refused;
    const key = exchange.pay.platform.keyOf(asked);
    const text = typeof ciphertext === "string" ? ciphertext : "";
    if (key && (await oaepDecrypt(key.privateKey, text))) continue;
    const issue = "cannot be decrypted with the key that Wechatpay-Serial names";
    return parameterError("参数错误", pointer, issue);
  }
  return undefined;
}

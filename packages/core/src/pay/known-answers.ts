// What to do about answers of WeChat Pay whose cause is documented or reported, and not told by its message alone.
// The first column is looked for in `code message`; dw/ is developers.weixin.qq.com/community/.

const ANSWERS: readonly (readonly [answer: RegExp, advice: string])[] = [
  [
    // dw/pay/doc/0000cca48640b89b46da9497158400, 000022b4080b00f34770ee7ce6b800; quotes: dw/develop/doc/0002200894cb88b0325f44e4855400
    /“\/(?:body\/)?(?:file|meta)”/,
    "The form came without this part: a proxy or fetch rewrote it, or put its boundary in quotes.",
  ],
  [
    // pay.weixin.qq.com/doc/v3/partner/4016913182 and merchant/4013053257; in a query: dw/pay/doc/000ca4343ece08b90d9dd49df51c00
    /解密失败|的密文|Wechatpay-Serial\)/,
    "Use encryptSensitive, pass its platformKeyId too, and encode a ciphertext in a path or query.",
  ],
  [
    // pay.weixin.qq.com/doc/v3/merchant/4013053279; not switched: dw/pay/doc/00048ca5b780c02a3a13f34cb6b400 (staff)
    /Wechatpay-Serial/,
    "platformKeyId must be of this mchid; until 更换 is pressed, pass apiV3Key too, and encrypt again.",
  ],
  [
    // Seen without credentials on 2026-09-11: the answer to a request without User-Agent
    /Accept或User-Agent/,
    "A proxy or fetch removed these headers.",
  ],
  [
    // A damaged form: dw/personal/oCJUsw8vodq7wcNLVLscS14zuJig/answer
    /sha256值/,
    "The file was changed on the way, or sha256 is another's.",
  ],
  [
    // 403 NO_AUTH 请确认是否已经开通相关权限; a sub-merchant: dw/pay/doc/000ac6313f8108f77e2e1f95f5b400; of an upload: dw/personal/oCJUsw3WQ0eNIi8EPNgA4UJu1Wx8/question
    /^NO_?AUTH |没有权限/,
    "Check mchid and 产品中心 in the merchant platform; a sub-merchant cannot call.",
  ],
];

/** Advice on what to do about an answer, or undefined. */
export function adviceOn(apiCode: string, apiMessage: string): string | undefined {
  return ANSWERS.find(([answer]) => answer.test(`${apiCode} ${apiMessage}`))?.[1];
}

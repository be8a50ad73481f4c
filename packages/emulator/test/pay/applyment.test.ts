import { describe, expect, it } from "vitest";
import { createEmulator, credentials } from "../../src/index.ts";
import { type CallOptions, call, decryptAs, encryptFor, openAll, signedBy } from "./signed-call.ts";
import { upload } from "./upload-request.ts";

const PATH = "/v3/applyment4sub/applyment/";
const [publicKey, first] = credentials.pay.platformKeys as [
  { platformKeyId: string; key: string },
  { platformKeyId: string; key: string },
];
const NAME = "张三·Zhang";

async function started() {
  const { fetch, control } = createEmulator({ merchants: [{ mchid: "1900000109" }] });
  const { media_id } = (await upload(fetch)).json;
  const application = (changes: object = {}) => ({
    business_code: "1900013511_10000",
    contact_info: { contact_name: encryptFor(publicKey.key, NAME), contact_type: "LEGAL" },
    subject_info: { business_license_info: { license_copy: media_id } },
    ...changes,
  });
  const apply = (body: unknown = application(), options: CallOptions = {}) =>
    call(fetch, PATH, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...options,
      headers: { "wechatpay-serial": publicKey.platformKeyId, ...options.headers },
    });
  return { fetch, control, media_id, application, apply };
}

describe("an application", () => {
  it("is taken with its name decrypted", async () => {
    const { control, media_id, apply } = await started();
    const outcome = await apply();
    expect(outcome.status).toBe(200);
    expect(outcome.json).toEqual({ applyment_id: 2000002124775691 });
    expect(outcome.serial).toBe(publicKey.platformKeyId);
    expect(signedBy(outcome, publicKey.key)).toBe(true);
    expect(control.applyments).toEqual([
      {
        applyment_id: 2000002124775691,
        mchid: credentials.pay.mchid,
        business_code: "1900013511_10000",
        contact_name: NAME,
        license_copy: media_id,
      },
    ]);
    expect(control.journal.entries()[1]).toMatchObject({ method: "POST", path: PATH, status: 200 });
    control.reset();
    expect(control.applyments).toEqual([]);
  });

  it("may be encrypted for any listed certificate", async () => {
    const { fetch, control, application, apply } = await started();
    const second = control.platform.announce();
    const certificates = openAll(await call(fetch, "/v3/certificates"));
    for (const serial of [first.platformKeyId, second]) {
      const contact_name = encryptFor(certificates.get(serial) ?? "", NAME);
      const body = application({ business_code: serial, contact_info: { contact_name } });
      const outcome = await apply(body, { headers: { "wechatpay-serial": serial } });
      expect([outcome.status, outcome.serial]).toEqual([200, serial]);
    }
    expect(control.applyments.map((taken) => taken.contact_name)).toEqual([NAME, NAME]);
  });

  it.each(["business_code/1900013511_10000", "applyment_id/2000002124775691"])(
    "is answered about at %s, with the name encrypted for the merchant",
    async (name) => {
      const { fetch, apply } = await started();
      const { json } = await apply();
      const asked = await call(fetch, `${PATH}${name}`);
      expect(asked.status).toBe(200);
      expect(signedBy(asked, first.key)).toBe(true);
      expect(asked.json).toMatchObject({
        business_code: "1900013511_10000",
        applyment_id: json.applyment_id,
        applyment_state: "APPLYMENT_STATE_AUDITING",
        applyment_state_msg: "审核中",
      });
      const { contact_name } = asked.json.contact_info;
      expect(decryptAs(credentials.pay.privateKey, contact_name)).toBe(NAME);
    },
  );

  it("is not answered about to another merchant", async () => {
    const { fetch, apply } = await started();
    await apply();
    const path = `${PATH}business_code/1900013511_10000`;
    const other = await call(fetch, path, { mchid: "1900000109" });
    expect([other.status, other.json.code]).toEqual([404, "RESOURCE_NOT_EXISTS"]);
    for (const name of ["business_code/none", "applyment_id/1", "applyment_id/1900013511_10000"]) {
      const none = await call(fetch, PATH + name);
      expect([none.status, signedBy(none, first.key)]).toEqual([404, true]);
    }
    // A query encrypts nothing.
    const asked = { headers: { "wechatpay-serial": "0".repeat(40) } };
    expect((await call(fetch, path, asked)).status).toBe(200);
    expect((await call(fetch, path, { signedBody: "x" })).status).toBe(401);
  });

  it("is signed over the whole body", async () => {
    const { apply } = await started();
    const { status, json } = await apply('{"a":"商户"}', { signedBody: '{ "a":"商户"}' });
    expect([status, json.code]).toEqual([401, "SIGN_ERROR"]);
    expect(json.detail).toMatchObject({
      sign_information: {
        method: "POST",
        url: PATH,
        truncated_sign_message: expect.stringMatching(/\n\{"a":"\n$/),
      },
    });
  });

  it("is lost on its way back, but taken", async () => {
    const { control, apply } = await started();
    control.faults.add({ kind: "cut", match: { path: `${PATH}*` } });
    await expect(apply()).rejects.toThrow(TypeError);
    expect(control.applyments).toHaveLength(1);
    expect((await apply()).json.detail).toMatchObject({ field: "/business_code" });
  });

  it("has good JSON that does not verify when tampered with", async () => {
    const { control, apply } = await started();
    control.faults.add({ kind: "tampered" });
    const outcome = await apply();
    expect(outcome.json.applyment_id).toBe(2000002124775690);
    expect(signedBy(outcome, publicKey.key)).toBe(false);
  });

  it("has its place with the slash alone", async () => {
    const { fetch } = await started();
    const posted = { method: "POST", body: "{}" };
    const bare = await call(fetch, PATH.slice(0, -1), posted);
    expect([bare.status, bare.text]).toEqual([404, ""]);
    expect((await call(fetch, PATH)).status).toBe(405);
    expect((await call(fetch, "/v3/pay/transactions/jsapi", posted)).status).toBe(404);
  });
});

describe("an application that is refused", () => {
  const LICENSE = "/subject_info/business_license_info/license_copy";
  const licensed = (license_copy: unknown) => ({
    subject_info: { business_license_info: { license_copy } },
  });

  it.each([
    ["no business_code", { business_code: undefined }, "/business_code"],
    ["a number as business_code", { business_code: 1 }, "/business_code"],
    ["no contact", { contact_info: undefined }, "/contact_info/contact_name"],
    ["an empty name", { contact_info: { contact_name: "" } }, "/contact_info/contact_name"],
    ["no licence", { subject_info: {} }, LICENSE],
    ["a licence that is no text", licensed({}), LICENSE],
    ["an unknown media_id", licensed("x".repeat(107)), LICENSE],
  ])("for %s", async (_, changes, field) => {
    const { control, application, apply } = await started();
    const { status, json } = await apply(application(changes));
    expect([status, json.code, json.message]).toEqual([400, "PARAM_ERROR", "参数错误"]);
    expect(json.detail).toMatchObject({ field, location: "body" });
    expect(control.applyments).toEqual([]);
  });

  it("for the media_id of another merchant, or of a picture answered with a URL", async () => {
    const { fetch, control, application, apply } = await started();
    const other = await apply(application(), { mchid: "1900000109" });
    expect([other.status, other.json.detail]).toMatchObject([400, { field: LICENSE }]);
    await upload(fetch, { path: "/v3/marketing/favor/media/image-upload" });
    const hidden = control.payMedia.at(-1)?.media_id;
    expect((await apply(application(licensed(hidden)))).json.detail).toMatchObject({
      field: LICENSE,
    });
  });

  it.each([
    ["the clear text", NAME],
    ["no base64", "***"],
    ["encrypted for another key", encryptFor(first.key, NAME)],
  ])("for a name that is %s", async (_, contact_name) => {
    const { application, apply } = await started();
    const { status, json } = await apply(application({ contact_info: { contact_name } }));
    expect([status, json.code, json.message]).toEqual([400, "PARAM_ERROR", "平台私钥解密失败"]);
    expect(json.detail).toMatchObject({ field: "/contact_info/contact_name", location: "body" });
  });

  it.each([
    [undefined, "HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)"],
    ["", "HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)"],
    ["0".repeat(40), "平台证书序列号Wechatpay-Serial错误"],
    [credentials.pay.serialNo, "平台证书序列号Wechatpay-Serial错误"],
  ])("for the Wechatpay-Serial %s", async (serial, message) => {
    const { fetch, application } = await started();
    const { status, json } = await call(fetch, PATH, {
      method: "POST",
      body: JSON.stringify(application()),
      headers: serial === undefined ? {} : { "wechatpay-serial": serial },
    });
    expect([status, json]).toEqual([400, { code: "PARAM_ERROR", message }]);
  });

  it.each(["text/plain", "multipart/form-data"])("for the Content-Type %s", async (type) => {
    const { application, apply } = await started();
    const { status, json } = await apply(application(), { headers: { "content-type": type } });
    expect([status, json.code]).toEqual([400, "INVALID_REQUEST"]);
    expect(json.detail).toMatchObject({ field: "Content-Type", location: "header" });
  });

  it.each(["{", "[]", "null", '"a"'])("for the body %s", async (body) => {
    const { apply } = await started();
    const { status, json } = await apply(body);
    expect([status, json.detail]).toMatchObject([400, { field: "body" }]);
  });

  it("for a business_code used before by the same merchant", async () => {
    const { fetch, control, application, apply } = await started();
    expect((await apply()).status).toBe(200);
    const again = await apply();
    expect([again.status, again.json.code]).toEqual([400, "PARAM_ERROR"]);
    expect(again.json.detail).toMatchObject({ field: "/business_code" });
    const theirs = (await upload(fetch, { mchid: "1900000109" })).json.media_id;
    const other = await apply(application(licensed(theirs)), { mchid: "1900000109" });
    expect(other.json).toEqual({ applyment_id: 2000002124775692 });
    expect(control.applyments).toHaveLength(2);
  });

  it("and taken once when sent twice at once", async () => {
    const { control, apply } = await started();
    const outcomes = await Promise.all([apply(), apply()]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200, 400]));
    expect(control.applyments).toHaveLength(1);
  });
});
